import TabularExtraction
import TranscriptModel

// The entry point of libFuzzer: whatever the bytes are, reading ends, the pieces make no
// difference, and findings point at rows that exist. `run-fuzzers` builds and runs it.

private let schemas: [TableSchema] = [
  """
  {"type": "object", "properties": {
    "task1_rows": {"type": "array", "items": {"type": "object", "properties": {
      "start": {"type": "string", "x-role": "start"}, "text": {"type": "string", "x-role": "text"},
      "voice": {"type": "integer", "x-role": "voice"}}}},
    "task2_voices": {"type": "array", "items": {"type": "object", "properties": {
      "voice": {"type": "integer"}, "kind": {"type": "string", "enum": ["host", "guest"]}}}}}}
  """,
  """
  {"type": "object", "properties": {"notes": {"type": "array", "items": {"type": "object",
    "properties": {"sure": {"type": "number"}, "live": {"type": "boolean"},
      "text": {"type": "string", "x-role": "text"}}}}}}
  """,
].compactMap { try? TableSchema(name: "fuzz", parsing: $0) }

/// The first byte chooses schema, encoding, ending and the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecoders(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 0, schemas.count == 2 else { return 0 }
  let choice = data[0]
  let reply = UnsafeBufferPointer(start: data + 1, count: size - 1)
  let schema = schemas[Int(choice & 1)]
  let encoding: ReplyEncoding = choice & 2 == 0 ? .json : .tsv
  let whole = decode(reply, schema, encoding, piece: max(reply.count, 1), choice & 4 != 0)
  let pieces = decode(reply, schema, encoding, piece: Int(choice >> 3) + 1, choice & 4 != 0)
  precondition(whole.tables == pieces.tables, "pieces change the rows")
  precondition(whole.findings == pieces.findings, "pieces change the findings")
  precondition(whole.isComplete == pieces.isComplete, "pieces change the completeness")
  for row in whole.findings.flatMap(\.rows) {
    let count = whole.tables.first { $0.name == row.table }?.rowCount ?? 0
    precondition(row.index < count, "a finding points at a row that is not there")
  }
  return 0
}

private func decode(
  _ reply: UnsafeBufferPointer<UInt8>,
  _ schema: TableSchema,
  _ encoding: ReplyEncoding,
  piece: Int,
  _ modelStopped: Bool
) -> DecodedReply {
  var decoder = ReplyDecoder(schema: schema, encoding: encoding)
  for start in stride(from: 0, to: reply.count, by: piece) {
    let end = min(start + piece, reply.count)
    decoder.feed(UnsafeBufferPointer(rebasing: reply[start..<end]))
  }
  return decoder.finish(modelStopped: modelStopped)
}
