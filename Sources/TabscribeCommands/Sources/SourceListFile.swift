internal import CommandLineInterface
internal import OrderedJSON

/// A file that lists sources: CSV with a header, or one JSON object a line.
///
/// The column or member `source` is an address or a path from the list's folder; every other is a
/// long option name with its value for that source alone. In CSV an empty field gives nothing; in
/// JSON a list gives a repeatable option several values.
struct SourceListFile {
  /// The path as the user wrote it.
  let spelling: String
  /// Long names of the options that may stand in a list.
  let options: [String]

  /// Whether a path names a list, by its ending.
  static func isList(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".csv") || name.hasSuffix(".jsonl")
  }

  /// Reads the list.
  ///
  /// - Throws: `CommandError`, exit code 2, with the line at fault.
  func sources(in context: CommandContext) throws(CommandError) -> [ListedSource] {
    let bytes: [UInt8]
    do throws(SystemFailure) {
      bytes = try HostFiles.read(context.absolutePath(spelling))
    } catch {
      throw .usage(
        "The list \(SafeText.quoted(spelling)) cannot be read: \(error.reason).",
        remedy: "Check its path and permissions."
      )
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw problem(1, "it is not UTF-8 text")
    }
    let entries =
      spelling.lowercased().hasSuffix(".csv") ? try commaSeparated(text) : try objects(text)
    guard !entries.isEmpty else { throw problem(1, "it names no source") }
    return entries
  }

  private func commaSeparated(_ text: String) throws(CommandError) -> [ListedSource] {
    let records: [CSVText.Record]
    do throws(CSVText.Problem) {
      records = try CSVText.records(text)
    } catch {
      throw problem(error.line, error.message)
    }
    guard let header = records.first else { return [] }
    let names = header.fields
    if !names.contains("source") { throw problem(header.line, "no column is called \"source\"") }
    for name in names where name != "source" { try check(name, header.line) }
    var entries: [ListedSource] = []
    for record in records.dropFirst() {
      guard record.fields.count == names.count else {
        throw problem(record.line, "\(record.fields.count) fields, but \(names.count) columns")
      }
      let pairs = zip(names, record.fields).filter { !$1.isEmpty }
      entries.append(try entry(pairs.map { ($0, [$1]) }, record.line))
    }
    return entries
  }

  private func objects(_ text: String) throws(CommandError) -> [ListedSource] {
    var entries: [ListedSource] = []
    for (index, line) in LineEndings.lines(text).enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      guard let object = (try? JSONValue(parsing: line))?.object else {
        throw problem(index + 1, "it is no JSON object")
      }
      var pairs: [(String, [String])] = []
      for (name, value) in object.members where value != .null {
        if name != "source" { try check(name, index + 1) }
        let texts = (value.array ?? [value]).map { $0.string ?? $0.rendered() }
        pairs.append((name, texts))
      }
      entries.append(try entry(pairs, index + 1))
    }
    return entries
  }

  private func entry(
    _ pairs: [(name: String, texts: [String])],
    _ line: Int
  ) throws(CommandError) -> ListedSource {
    guard let source = pairs.first(where: { $0.name == "source" })?.texts.first, !source.isEmpty
    else { throw problem(line, "it names no source") }
    let others = pairs.filter { $0.name != "source" }.map { ($0.name, $0.texts) }
    return ListedSource(
      list: spelling,
      line: line,
      source: source,
      values: Dictionary(others) { $0 + $1 }
    )
  }

  private func check(_ name: String, _ line: Int) throws(CommandError) {
    guard !options.contains(name) else { return }
    let near =
      Suggestion.nearest(to: name, among: options).map { "; did you mean \"\($0)\"?" } ?? ""
    throw problem(line, "\(SafeText.quoted(name)) is no option that a list can give\(near)")
  }

  private func problem(_ line: Int, _ message: String) -> CommandError {
    .usage(
      "The list \(SafeText.quoted(spelling)), line \(line): \(message).",
      remedy: "Give each line a source, and options by their long names."
    )
  }
}
