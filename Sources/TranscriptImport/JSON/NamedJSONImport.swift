internal import OrderedJSON

extension ImportFormat {
  /// Any JSON with a list of objects that have a text and a start or speaker, such as a model's reply.
  static let namedJSON = ImportFormat(
    name: "JSON",
    summary: "any JSON with a list of objects that name a text, and a start or a speaker",
    content: .json(
      fits: { NamedRows($0) != nil },
      read: { json throws(ImportError) in NamedRows(json)?.transcript ?? ImportedTranscript() }
    )
  )

  /// One object to a line, `.jsonl`.
  static let jsonLines = ImportFormat(
    name: "JSON Lines",
    summary: "one JSON object to a line, with members named as in JSON",
    content: .text(
      fits: { isJSONLines($0.bytes) },
      read: { source throws(ImportError) in
        var list: [JSONValue] = []
        for (line, text) in source.texts {
          do throws(JSONSyntaxError) {
            list.append(try JSONValue(parsing: text))
          } catch {
            throw ImportError(line: line, "is no JSON: \(error.problem)")
          }
        }
        guard let rows = NamedRows(.array(list)) else {
          throw ImportError("its objects name no text with a start or a speaker")
        }
        return rows.transcript
      }
    )
  )

  /// Whether the first line is an object by itself, and another one follows.
  static func isJSONLines(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(maxSplits: 2) { $0 == 0x0A || $0 == 0x0D }
    guard lines.count > 1 else { return false }
    return lines.prefix(2).allSatisfy { line in
      line.first { $0 > 0x20 } == UInt8(ascii: "{") && (try? JSONValue(parsing: Array(line))) != nil
    }
  }
}

/// A list of objects whose members have names that are known, somewhere in a value.
private struct NamedRows {
  private let rows: [JSONValue]
  private let names: [String]
  private let columns: ColumnNames
  /// What voices are called in another list.
  private let owners: [String: String]

  /// How deep lists are looked for: a list in an answer in a list.
  private static let depth = 4

  init?(_ json: JSONValue) {
    let lists = Self.lists(in: json, depth: Self.depth)
    var found: (rows: [JSONValue], names: [String], columns: ColumnNames)?
    for list in lists where found == nil {
      let names = list.prefix(20).reduce(into: [String]()) { names, element in
        for key in element.object?.keys ?? [] where !names.contains(key) { names.append(key) }
      }
      if let columns = ColumnNames(names) { found = (list, names, columns) }
    }
    guard let found else { return nil }
    (rows, names, columns) = found
    owners = Self.owners(lists)
  }

  private static func lists(in json: JSONValue, depth: Int) -> [[JSONValue]] {
    guard depth > 0 else { return [] }
    if let array = json.array {
      guard array.first?.object == nil else { return [array] }
      return array.prefix(20).flatMap { lists(in: $0, depth: depth - 1) }
    }
    return (json.object?.members ?? []).flatMap { lists(in: $0.value, depth: depth - 1) }
  }

  /// Names by number, of a list whose objects have a voice and a name, and no text.
  private static func owners(_ lists: [[JSONValue]]) -> [String: String] {
    var owners: [String: String] = [:]
    for list in lists {
      for element in list {
        guard let voice = element["voice"] ?? element["asid"] ?? element["id"],
          let name = element["name"]?.string, name != "?", !name.isEmpty
        else { continue }
        owners[Self.text(voice)] = name
      }
    }
    return owners
  }

  var transcript: ImportedTranscript {
    var transcript = ImportedTranscript()
    for element in rows {
      let cells = names.map { element[$0].map(Self.text) ?? "" }
      guard var row = columns.row(cells) else { continue }
      if let name = owners[row.speaker] {
        row.speaker = name
      } else if !row.speaker.isEmpty, row.speaker.allSatisfy(\.isNumber) {
        row.speaker = "Speaker \(row.speaker)"
      }
      transcript.rows.append(row)
    }
    return transcript
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: ""
    }
  }
}
