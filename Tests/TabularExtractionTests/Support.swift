import OrderedJSON
import TabularExtraction
import TranscriptModel

/// Schemas and shorthands of these tests.
enum Sample {
  static let schema = try? TableSchema(name: "sample", parsing: schemaText)

  static let schemaText = """
    {"type": "object", "properties": {
      "task1_transcripts": {"type": "array", "x-table": "transcripts", "items": {
        "type": "object", "properties": {
          "start": {"type": "string", "x-role": "start"},
          "text": {"type": "string", "x-role": "text"},
          "voice": {"type": "integer", "x-role": "voice", "x-references": "task2_speakers.voice"}}}},
      "task2_speakers": {"type": "array", "x-table": "speakers", "items": {
        "type": "object", "properties": {
          "voice": {"type": "integer", "x-role": "voice"},
          "name": {"type": "string", "x-role": "name"},
          "kind": {"type": "string", "x-role": "type", "enum": ["host", "guest"]}}}}}}
    """

  /// One table with the text last, as some prompts have it.
  static let notesText = """
    {"type": "object", "properties": {"notes": {"type": "array", "items": {
      "type": "object", "properties": {
        "start": {"type": "string", "x-role": "start"},
        "sure": {"type": "number"},
        "live": {"type": "boolean"},
        "text": {"type": "string", "x-role": "text"}}}}}}
    """

  static let notes = try? TableSchema(name: "notes", parsing: notesText)
}

extension DecodedReply {
  /// The rows of every table, cells joined by a bar.
  var lines: [[String]] {
    tables.map { table in
      (0..<table.rowCount).map { row in
        table.columns.indices.map { table[row, $0].rendered }.joined(separator: "|")
      }
    }
  }

  /// The codes of the findings, with the severity where it is not a warning.
  var codes: [String] {
    findings.map { finding in
      switch finding.severity {
      case .error: finding.code.rawValue + "!"
      case .warning: finding.code.rawValue
      case .note: finding.code.rawValue + "*"
      }
    }
  }

  func finding(_ code: Finding.Code) -> Finding? { findings.first { $0.code == code } }
}

/// Reads a reply at once.
func decode(
  _ text: String,
  _ encoding: ReplyEncoding = .json,
  schema: TableSchema? = Sample.schema,
  modelStopped: Bool = false
) -> DecodedReply {
  decode(Array(text.utf8), encoding, schema: schema, modelStopped: modelStopped)
}

/// Reads a reply in pieces.
func decode(
  _ bytes: [UInt8],
  _ encoding: ReplyEncoding,
  schema: TableSchema? = Sample.schema,
  pieces: (Int) -> Int = { $0 },
  modelStopped: Bool = false
) -> DecodedReply {
  guard let schema else { return DecodedReply(tables: []) }
  var decoder = ReplyDecoder(schema: schema, encoding: encoding)
  var start = 0
  while start < bytes.count {
    let end = min(bytes.count, start + max(1, pieces(bytes.count - start)))
    decoder.feed(Array(bytes[start..<end]))
    start = end
  }
  return decoder.finish(modelStopped: modelStopped)
}
