internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import TabularExtraction
internal import Transcribing
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

/// One table of what a recipe made of all transcripts, as a file of comma-separated values.
///
/// Its first column has the transcript's name. A transcript about which there is no row has one with
/// nothing but that.
struct DerivedSheet {
  /// What its first record begins with, by which a file counts as one of these.
  private static let first = "transcript"

  private let spelling: String
  private let path: String
  private let labels: [(label: String, transcript: String)]
  private let columns: [Column]
  private let context: CommandContext

  /// - Throws: `CommandError`, exit code 2, for several recipes or tables, and for a file that is no
  ///   such table; nothing was sent.
  init(_ spelling: String, of prepared: PreparedWork, _ context: CommandContext) throws {
    (self.spelling, self.context) = (spelling, context)
    path = context.absolutePath(spelling)
    let schemas = prepared.work.map(\.prepared.prompt)
    let tables = schemas.first?.schema.tables ?? []
    guard Set(schemas.map(\.name)).count <= 1, tables.count <= 1 else {
      throw CommandError.usage(
        "--to-csv takes one recipe with one table.",
        remedy: "Derive them one by one, or export -f csv the tables of each. Nothing was sent."
      )
    }
    columns = tables.first?.columns.map(\.column) ?? []
    labels =
      prepared.work.map { ($0.label, $0.prepared.source.uri) }
      + prepared.refused.map { ($0.source, $0.source) }
    try checkFree()
  }

  /// Refuses to replace anything but an earlier table of the kind.
  private func checkFree() throws {
    guard HostFiles.kind(of: path) != nil else { return }
    let head = Array((Self.first + ",").utf8)
    let bytes = try? HostFiles.read(path, limit: 1 << 30)
    guard bytes?.starts(with: head) == true || bytes?.isEmpty == true else {
      throw CommandError.usage(
        "\(SafeText.quoted(spelling)) exists and is no table that --to-csv wrote.",
        remedy: "Give another name. Nothing was sent."
      )
    }
  }

  /// Writes the rows in the order of the transcripts, and names those without one.
  func write(_ outcomes: [WorkOutcome]) throws {
    let tables = Dictionary(
      try outcomes.compactMap { outcome in
        try outcome.document?.tables.first.map { (outcome.source, $0) }
      }
    ) { first, _ in first }
    let columns = tables.values.first?.columns ?? columns
    var rows: [[String]] = []
    var missing: [String] = []
    for (label, transcript) in labels {
      guard let table = tables[label], table.rowCount > 0 else {
        missing.append(transcript)
        rows.append([transcript] + columns.map { _ in "" })
        continue
      }
      for row in 0..<table.rowCount {
        rows.append([transcript] + table.columns.indices.map { table[row, $0].rendered })
      }
    }
    let bytes = CSVFormat.bytes(columns: [Self.first] + columns.map(\.name), rows: rows)
    try HostFiles.write(bytes, to: path, replacing: true)
    let count = NumberText.counted(labels.count, "transcript")
    context.status.message("\(SafeText.line(spelling)): \(count)")
    guard !missing.isEmpty else { return }
    let names = missing.prefix(20).map(SafeText.line).joined(separator: ", ")
    let more = missing.count > 20 ? " and \(missing.count - 20) more" : ""
    context.status.warning("No row about \(names)\(more).")
  }
}
