internal import CommandLineInterface
internal import TranscriptionRuns

extension WithheldOutput {
  static let option = RepeatedOption(
    "withhold",
    .text("WHAT", completion: .files),
    help: "mark out redactions, speakers, FILE"
  )

  /// What the command line asks for, beside what is withheld for good.
  ///
  /// - Throws: `Refusal` for a file that cannot be read, or says nothing.
  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    let place = context.workplace
    self.init(try arguments[Self.option].flatMap { try WithheldPart.named($0, place) })
  }
}
