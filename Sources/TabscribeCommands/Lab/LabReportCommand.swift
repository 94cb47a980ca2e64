internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import PromptLab
internal import RunStore
internal import TranscriptFormats
internal import TranscriptionRuns

/// `lab report`: what a round of a lab says.
enum LabReportCommand {
  private static let html = ValueOption(
    "html",
    .file(),
    help: "write a page: ranking, plot, rows, moments to play"
  )
  private static let csv = Flag("csv", help: "print each result as a line for spreadsheets")

  static let command = Command(
    "report",
    abstract: "Show what a lab found: a ranking with intervals, and what differs",
    examples: [
      .init("tabscribe lab report lab.yaml", "the newest round, in the terminal"),
      .init("tabscribe lab report lab.yaml --html lab.html", "as a page, with moments to play"),
      .init("tabscribe lab report lab.yaml --csv", "for a spreadsheet or a data frame"),
    ],
    discussion: """
      Intervals are of 95 %, by resampling clips and the repeats of each (percentile bootstrap, 2,000 \
      draws). Variants are compared over the clips that both have, by a test that flips the signs of \
      the clips' differences, corrected for how many variants there are; a variant is called better or \
      worse only where both agree.
      """,
    operands: [LabOperand.operand],
    options: [OptionGroup("Results", [html, csv, LabOperand.round, OutputOptions.force])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    if arguments[csv], context.isJSON {
      throw CommandError.usage("--csv and --json exclude each other.", remedy: "Give one of them.")
    }
    let lab = try LabOperand(arguments[LabOperand.operand], context)
    let report = LabReport(try lab.round(arguments[LabOperand.round]))
    if let path = arguments[html] { try write(report, of: lab, to: path, arguments, context) }
    if arguments[csv] {
      context.print(contents: String(decoding: report.csv, as: UTF8.self))
    } else {
      report.show(context)
    }
    return report.missing == 0 ? .done : .incomplete
  }

  private static func write(
    _ report: LabReport,
    of lab: LabOperand,
    to path: String,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws {
    try PageOption.write(to: path, arguments, context) { folder in
      try LabPageMaker(
        report: report,
        file: lab.file,
        store: lab.store,
        place: context.workplace,
        folder: folder.path
      ).page().rendered()
    }
  }
}

extension LabReport {
  /// Each result with its scores, CSV with a heading.
  var csv: [UInt8] {
    let all = LabMetric.allCases.filter(metrics.contains)
    let rows = round.cells.map { cell in
      [
        round.lab, "\(round.id)", round.variants[cell.variant].name, cell.video, cell.clip,
        "\(cell.repetition)", cell.item == nil ? "missing" : "done",
      ]
        + all.map { metric in
          guard let amount = cell.scores[metric.rawValue]?[0]?.double,
            let weight = cell.scores[metric.rawValue]?[1]?.double, weight > 0
          else { return "" }
          return "\(amount / weight)"
        }
    }
    return CSVFormat.bytes(
      columns: ["lab", "round", "variant", "video", "clip", "repetition", "state"]
        + all.map(\.rawValue),
      rows: rows
    )
  }
}
