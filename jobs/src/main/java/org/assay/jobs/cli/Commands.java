package org.assay.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, handing each the screen. */
final class Commands implements IFactory {
  private final Screen screen;

  Commands(Screen screen) {
    this.screen = screen;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == RunCommand.class) {
      return type.cast(new RunCommand(screen));
    }
    if (type == CheckCommand.class) {
      return type.cast(new CheckCommand(screen));
    }
    if (type == QueryCommand.class) {
      return type.cast(new QueryCommand(screen));
    }
    if (type == StatusCommand.class) {
      return type.cast(new StatusCommand(screen));
    }
    if (type == ExplainCommand.class) {
      return type.cast(new ExplainCommand(screen));
    }
    if (type == ExportCommand.class) {
      return type.cast(new ExportCommand(screen));
    }
    if (type == SuggestCommand.class) {
      return type.cast(new SuggestCommand(screen));
    }
    if (type == QuarantineListCommand.class) {
      return type.cast(new QuarantineListCommand(screen));
    }
    if (type == QuarantineShowCommand.class) {
      return type.cast(new QuarantineShowCommand(screen));
    }
    if (type == DemoCommand.class) {
      return type.cast(new DemoCommand(screen));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
