package org.assay.jobs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command answered.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it printed as errors
 */
record CommandLineAnswer(int exit, String out, String err) {

  /** Runs a command in this process. */
  static CommandLineAnswer to(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        AssayCommand.execute(
            arguments.toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CommandLineAnswer(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Starts a command in a process of its own, without ASSAY_DATA and with one stream of output. */
  static Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@jvm.options");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.assay.jobs.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("ASSAY_DATA");
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which Java tells
    return builder.start();
  }
}
