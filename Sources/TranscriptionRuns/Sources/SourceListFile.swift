internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptImport

/// A list of sources: CSV with a header, one JSON object a line, or one source a line.
///
/// The column or member `source` is an address or a path from the list's folder, `title` and `language`
/// are facts about it; every other is a long option name with its value for that source alone. In CSV an empty field gives nothing; in
/// JSON a list gives a repeatable option several values. In a text, lines that begin with `#` are
/// comments.
package struct SourceListFile {
  /// What stands for standard input on a command line.
  package static let standardInput = "-"

  /// How a list is written.
  package enum Form: String, CaseIterable {
    case csv
    case jsonl
    case txt

    /// What it is.
    package var title: String {
      switch self {
      case .csv: "comma-separated values with a header"
      case .jsonl: "one JSON object a line"
      case .txt: "one source a line"
      }
    }

    /// What may stand in it.
    package var summary: String {
      switch self {
      case .csv:
        "The column source is an address or a path from the list's folder, title is what the recording is "
          + "called, language the tag of the language spoken. Every other column is an option by its "
          + "long name, for that source alone; an empty field gives nothing."
      case .jsonl:
        "The members are named as the columns are; a list gives an option that can be repeated "
          + "several values."
      case .txt: "Lines that begin with # are comments."
      }
    }
  }

  /// The path as the user wrote it; `-` for standard input.
  package let spelling: String
  /// Long names of the options that may stand in a list.
  package let options: [String]

  /// Whether a path names a list, by its ending.
  package static func isList(_ path: String) -> Bool { form(named: path) != nil }

  private static func form(named path: String) -> Form? {
    let name = path.lowercased()
    return Form.allCases.first { name.hasSuffix(".\($0.rawValue)") }
  }

  /// How a list is written that has no name to tell it.
  private static func form(of text: String) -> Form {
    guard let first = text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) else {
      return .txt
    }
    if first == "{" { return .jsonl }
    let header = LineEndings.lines(text).first { !$0.isEmpty } ?? ""
    return header.split(separator: ",").contains("source") ? .csv : .txt
  }

  /// Reads the list.
  ///
  /// - Throws: `Refusal` of the kind `usage`, with the line at fault.
  package func sources(in place: Workplace) throws(Refusal) -> [ListedSource] {
    let isInput = spelling == Self.standardInput
    let bytes: [UInt8]
    do throws(SystemFailure) {
      bytes = try HostFiles.read(isInput ? "/dev/stdin" : place.absolutePath(spelling))
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
      switch Self.form(named: spelling) ?? Self.form(of: text) {
      case .csv: try commaSeparated(text)
      case .jsonl: try objects(text)
      case .txt: try lines(text)
      }
    guard !entries.isEmpty else { throw problem(1, "it names no source") }
    return entries
  }

  private func lines(_ text: String) throws(Refusal) -> [ListedSource] {
    var entries: [ListedSource] = []
    for (index, line) in LineEndings.lines(text).enumerated() {
      let source = line.drop(while: \.isWhitespace)
      guard !source.isEmpty, !source.hasPrefix("#") else { continue }
      entries.append(try entry([("source", [String(source)])], index + 1))
    }
    return entries
  }

  private func commaSeparated(_ text: String) throws(Refusal) -> [ListedSource] {
    let records: [DelimitedText.Record]
    do throws(DelimitedText.Problem) {
      records = try DelimitedText.records(Array(LineEndings.unified(text).utf8))
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

  private func objects(_ text: String) throws(Refusal) -> [ListedSource] {
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
  ) throws(Refusal) -> ListedSource {
    guard let source = pairs.first(where: { $0.name == "source" })?.texts.first, !source.isEmpty
    else { throw problem(line, "it names no source") }
    let others = pairs.filter { $0.name != "source" }.map { ($0.name, $0.texts) }
    let entry = ListedSource(
      list: spelling,
      line: line,
      source: source,
      values: Dictionary(others) { $0 + $1 }
    )
    if let language = entry.fact(.language), !Self.isTag(language) {
      throw problem(line, "language \(SafeText.quoted(language)) is no tag such as ja or pt-BR")
    }
    return entry
  }

  /// Whether a text has the form of a language tag (RFC 5646, section 2.1).
  private static func isTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.first.map { (2...8).contains($0.count) && $0.allSatisfy(\.isLetter) } ?? false
      && parts.allSatisfy { part in
        (1...8).contains(part.count)
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }

  private func check(_ name: String, _ line: Int) throws(Refusal) {
    let known = options + ListedSource.Fact.allCases.map(\.rawValue)
    guard !known.contains(name) else { return }
    let near =
      Suggestion.nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    throw problem(line, "\(SafeText.quoted(name)) is no option that a list can give\(near)")
  }

  private func problem(_ line: Int, _ message: String) -> Refusal {
    .usage(
      "The list \(SafeText.quoted(spelling)), line \(line): \(message).",
      remedy: "Give each line a source, and options by their long names."
    )
  }
}
