internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// `compare`: two transcripts of one video, row by row.
enum CompareCommand {
  private static let first = RequiredOperand(
    ValueReader<String>.text("A", completion: .files),
    help: TranscriptOperands.help
  )
  private static let second = RequiredOperand(
    ValueReader<String>.text("B", completion: .files),
    help: "the one it is compared with"
  )
  private static let tolerance = ValueOption(
    "tolerance",
    .decimal("SECONDS", in: 0...3600),
    help: "starts no further apart count as the same (default 1)"
  )
  private static let exitCode = Flag("exit-code", help: "end with 1 when anything is different")
  static let command = Command(
    "compare",
    abstract: "Show what differs between two transcripts",
    examples: [
      .init("tabscribe compare last.1 last.2", "two prompts over one video, in one run"),
      .init("tabscribe compare old.json new.json --html changes.html", "as a page"),
      .init("tabscribe compare a.json b.json --exit-code", "for scripts: 0 same, 1 different"),
    ],
    discussion: """
      Rows are aligned by text and time, voices by the rows they share. Different are: text, with its \
      words marked; speaker, another voice; name, the same voice called otherwise; moved, another \
      start; added and missing rows. Corrections are not in: machines are compared.
      """,
    operands: [first, second],
    options: [
      OptionGroup("Comparing", [tolerance, exitCode]),
      PageOption.group,
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let one = try single(arguments[first], context)
    let other = try single(arguments[second], context)
    let report = try ComparisonReport(
      one,
      other,
      tolerance: Int((arguments[tolerance] ?? 1) * 1000)
    )
    try PageOption.write(arguments, showing: [one, other], context) { media in
      report.page(media: media).rendered()
    }
    if context.isJSON {
      context.print(json: report.json)
    } else {
      ComparisonListing(report: report, context: context).show()
    }
    return arguments[exitCode] && !report.isSame ? .failed : .done
  }

  /// The one transcript that an operand names.
  private static func single(_ text: String, _ context: CommandContext) throws -> TranscriptOperand
  {
    let found = try TranscriptOperands([text], context.workplace).found
    guard found.count == 1 else {
      throw CommandError.usage(
        "\(SafeText.quoted(text)) has \(found.count) transcripts.",
        remedy: "Name one of them: \(text).1 to \(text).\(found.count)."
      )
    }
    return found[0]
  }
}
