internal import CommandLineInterface

/// `batch`: many transcriptions at half the price, answered within a day.
enum BatchCommand {
  static let command = Command(
    "batch",
    abstract: "Transcribe many videos at half the price, within a day",
    examples: [
      .init("tabscribe batch submit *.mp4 -p transcribe", "hands them to the service"),
      .init("tabscribe derive chapters *.json --batch", "the same with recipes"),
      .init("tabscribe batch status", "says how far all batches are"),
      .init("tabscribe batch fetch ID", "writes the results once they are there"),
    ],
    subcommands: [
      BatchSubmitCommand.command,
      BatchStatusCommand.command,
      BatchFetchCommand.command,
      BatchCancelCommand.command,
    ]
  )

  /// Our own name for a batch.
  static let id = RequiredOperand(.text("ID"), help: "the batch, as batch submit printed it")
}
