package org.assay.jobs.cli;

import picocli.CommandLine.Command;

/** {@code assay quarantine}: the steward's work. */
@Command(
    name = "quarantine",
    description = "Tells what is held and why.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {QuarantineListCommand.class, QuarantineShowCommand.class})
final class QuarantineCommand {}
