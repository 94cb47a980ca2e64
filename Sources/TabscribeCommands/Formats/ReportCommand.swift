internal import CommandLineInterface
internal import OrderedJSON
internal import TranscriptModel

/// `report`: the page of a finished transcript, made anew.
enum ReportCommand {
  private static let transcripts = RepeatedOperand(
    TranscriptOperand.reader,
    help: "a transcript, as transcribe writes it with --format json"
  )
  private static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for reports (default: beside each transcript)"
  )
  private static let opens = Flag("open", help: "open the reports in the browser")

  static let command = Command(
    "report",
    abstract: "Write the report of finished transcripts anew",
    examples: [
      .init("tabscribe report talk.json --force", "replaces talk.html beside it"),
      .init("tabscribe report talk.json -o site --open", "writes site/talk.html and opens it"),
    ],
    discussion: "Corrections are in. The media are found from the working folder or from the "
      + "transcript's, and the report names them by the way from its own folder.",
    operands: [transcripts],
    options: [OptionGroup("Results", [folder, OutputOptions.force, opens])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let inputs = try arguments[transcripts].map { try TranscriptOperand.resolved($0, context) }
    var results: [JSONValue] = []
    for input in inputs {
      let writer = ResultWriter(
        folder: try OutputFolder(
          arguments[folder] ?? FilePath.parent(of: input.spelling),
          force: arguments[OutputOptions.force],
          in: context
        ),
        formats: [.html]
      )
      try writer.folder.checkFree(writer.names(stem: input.stem))
      let media = input.media(context)
      for name in try writer.write(input.document, stem: input.stem, media: media) {
        let file = writer.folder.display(name)
        results.append(["transcript": .string(input.spelling), "report": .string(file)])
        if !context.isJSON { context.print("\(context.style.green("✓")) \(file)") }
        if arguments[opens] {
          try BrowserLauncher.desktop.open(FilePath.joined(writer.folder.path, name))
        }
      }
    }
    if context.isJSON { context.print(json: ["reports": .array(results)]) }
    return .done
  }
}
