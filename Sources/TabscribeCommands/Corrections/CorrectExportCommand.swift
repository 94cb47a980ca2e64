internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `correct export`: the corrections of a transcript as a file of their own.
enum CorrectExportCommand {
  private static let output = ValueOption(
    "output",
    short: "o",
    .text("FILE", completion: .files),
    help: "a new file (default: standard output)"
  )

  static let command = Command(
    "export",
    abstract: "Write the corrections of a transcript as a file for correct apply",
    examples: [
      .init("tabscribe correct export last -o talk.corrections.json", "to pass on or to keep")
    ],
    operands: [CorrectCommand.transcript],
    options: [OptionGroup("Results", [output])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let document = try TranscriptOperands.one(
      arguments[CorrectCommand.transcript],
      context.workplace
    )
    .document
    let file = CorrectionsFile(for: document, corrections: document.corrections)
    guard let name = arguments[output] else {
      if context.isJSON {
        context.print(json: file.json)
      } else {
        context.print(contents: file.json.rendered(.pretty) + "\n")
      }
      return .done
    }
    let bytes = file.json.renderedBytes(.pretty) + [0x0A]
    try HostFiles.write(bytes, to: context.absolutePath(name), replacing: false)
    let count = document.corrections.count
    if context.isJSON {
      context.print(json: ["file": .string(name), "corrections": .init(count)])
    } else {
      let words = NumberText.counted(count, "correction")
      context.print("\(context.style.green("✓")) \(SafeText.line(name)): \(words)")
    }
    return .done
  }
}
