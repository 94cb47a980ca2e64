import GeminiAPI

// The entry point of libFuzzer for the reader of what comes over the wire: whatever the bytes are and
// however they are cut, the same words, counts and failure come out, and nothing ends the program.

/// What was read of an answer.
private struct Reading: Equatable {
  var text = ""
  var usage: UsageMetadata?
  var failure: GeminiError?
  var lost = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, piece: Int) {
    var decoder = AnswerDecoder()
    for start in stride(from: 0, to: bytes.count, by: piece) {
      note(decoder.feed(Array(bytes[start..<min(start + piece, bytes.count)])))
    }
    note(decoder.finish())
  }

  private mutating func note(_ events: [AnswerEvent]) {
    for event in events {
      precondition(failure == nil, "something follows a failure")
      switch event {
      case .failure(let error): failure = error
      case .chunk(let chunk):
        text += chunk.text
        lost += chunk.lostCharacters
        guard let counts = chunk.usageMetadata else { continue }
        usage = usage.map { $0 + counts } ?? counts
      }
    }
  }
}

/// The first byte is the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAnswers(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let bytes = UnsafeBufferPointer(start: data + 1, count: size - 1)
  let whole = Reading(bytes, piece: max(bytes.count, 1))
  precondition(whole == Reading(bytes, piece: Int(data[0]) + 1), "pieces change the answer")
  if let stored = StoredAnswer(Array(bytes)) {
    precondition(stored.chunks.map(\.text).joined() == whole.text, "what was kept reads otherwise")
  }
  return 0
}
