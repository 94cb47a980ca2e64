internal import OrderedJSON

/// What the bytes of an answer say, in their order.
package enum AnswerEvent: Sendable {
  /// A chunk of the answer.
  case chunk(GenerateContentResponse)
  /// The service's own error, or bytes that are no answer of it; nothing after it counts.
  case failure(GeminiError)
}

/// Reads an answer from its bytes; the one reader of what arrives and of what was kept.
///
/// Takes events, lines, an array and whole answers, of either interface and from batches, and finds
/// out by itself what it has before it. What can be read is handed out in order, however the bytes
/// are cut; after a failure or the end of the answer nothing more is.
package struct AnswerDecoder {
  /// Bytes between the chunks of one answer, such as comments that keep a connection open: at
  /// fifteen of them a second, an hour's worth.
  private static let idleLimit = 1 << 20
  private static let headSize = 4096
  /// The safety ratings of candidates, most of a small chunk and of no use to a reader.
  private static let ratings = JSONValue.Member("safetyRatings", depth: 3)

  private let limit: Int
  private var lines: ServerSentEventDecoder
  private var documents = DocumentSplitter()
  private var interaction = InteractionChunks()
  private var characters = SplitCharacters()
  /// How the reply begins, to say what it was when it is none.
  private var head: [UInt8] = []
  private var size = 0
  private var sizeOfDocuments = 0
  /// Whether anything came that only the service writes.
  package private(set) var isRecognized = false
  /// Answers that were wrapped as the results of a batch are.
  private(set) var batchAnswers = 0
  /// Whether nothing that comes can change the answer.
  package private(set) var isOver = false
  /// Whether the model has said that it is done.
  package private(set) var isEnded = false

  package init(limit: Int = 64 << 20) {
    self.limit = limit
    // What came before a line without end is handed out first; the size is checked here.
    lines = ServerSentEventDecoder(limit: .max)
  }

  /// Takes the next bytes.
  package mutating func feed(_ piece: [UInt8]) -> [AnswerEvent] {
    guard !isOver else { return [] }
    var events: [AnswerEvent] = []
    size += piece.count
    if head.count < Self.headSize { head += piece.prefix(Self.headSize - head.count) }
    do {
      for output in try lines.feed(piece) { read(output, isWhole: true, &events) }
      read(.stray(lines.takeStray()), isWhole: true, &events)
      try checkSize()
    } catch {
      fail(error, &events)
    }
    return events
  }

  /// Ends the answer: what came last may lack its end.
  package mutating func finish() -> [AnswerEvent] {
    guard !isOver else { return [] }
    var events: [AnswerEvent] = []
    for output in lines.finish() { read(output, isWhole: false, &events) }
    guard !isOver else { return events }
    guard documents.rest.isEmpty else {
      fail(GeminiError(foreignReply: isRecognized ? documents.rest : head), &events)
      return events
    }
    noteLostCharacter(&events)
    isOver = true
    return events
  }

  private func checkSize() throws {
    guard size <= limit, documents.size <= limit else {
      throw GeminiError(.malformedResponse, "the answer is longer than \(limit) bytes")
    }
    guard size - sizeOfDocuments - documents.size - lines.pending <= Self.idleLimit else {
      throw GeminiError(
        .malformedResponse,
        "the service sent more than \(Self.idleLimit) bytes beside the answer"
      )
    }
  }

  private mutating func read(
    _ output: ServerSentEventDecoder.Output,
    isWhole: Bool,
    _ events: inout [AnswerEvent]
  ) {
    switch output {
    case .event(let event): read(event: event.data, isWhole: isWhole, &events)
    case .stray(let text):
      for document in documents.feed(text) {
        read(document.bytes, isBehindRest: document.isBehindRest, &events)
      }
    }
  }

  /// An event has one document; several when a gateway has dropped the empty lines between events.
  private mutating func read(event data: [UInt8], isWhole: Bool, _ events: inout [AnswerEvent]) {
    if data.elementsEqual("[DONE]".utf8) || data.allSatisfy({ $0 <= 0x20 }) { return }
    if isJSON(data, &events) { return }
    var splitter = DocumentSplitter()
    let found = splitter.feed(data)
    for document in found {
      read(document.bytes, isBehindRest: !documents.rest.isEmpty, &events)
    }
    let isClean = splitter.rest.isEmpty || splitter.rest.elementsEqual("DONE".utf8)
    if isWhole, splitter.isWithinObject || !isClean, !isOver {
      fail(Self.malformed, &events)
    }
  }

  private mutating func read(
    _ document: [UInt8],
    isBehindRest: Bool,
    _ events: inout [AnswerEvent]
  ) {
    // The styles of a page are no answer either, but its words tell more.
    if !isJSON(document, &events), !isBehindRest { fail(Self.malformed, &events) }
  }

  /// Reads a document; `false` when it is none.
  private mutating func isJSON(_ document: [UInt8], _ events: inout [AnswerEvent]) -> Bool {
    guard !isOver else { return true }
    var characters = characters
    let mended = characters.mended(document)
    guard let value = try? JSONValue(parsing: mended, leavingOut: Self.ratings) else {
      return false
    }
    self.characters = characters
    sizeOfDocuments += document.count + 8
    read(value, &events)
    return true
  }

  private mutating func read(_ value: JSONValue, _ events: inout [AnswerEvent]) {
    guard !isOver else { return }
    if let list = value.array {
      for value in list { read(value, &events) }
      return
    }
    do {
      guard let chunk = try chunk(of: value) else { return }
      accept(chunk, &events)
    } catch {
      fail(error, &events)
    }
  }

  /// The chunk that a document is; `nil` when it tells nothing about an answer.
  private mutating func chunk(of value: JSONValue) throws -> GenerateContentResponse? {
    if value["event_type"] != nil {
      isRecognized = true
      return interaction.chunk(of: try InteractionEvent(json: value))
    }
    if let error = GeminiError(inBody: value) {
      isRecognized = isRecognized || value["error"]?.object != nil
      throw error
    }
    // The line of a batch's results wraps the answer.
    var inner = value
    if let response = value["response"], response.object != nil {
      inner = response
      batchAnswers += 1
    }
    if inner["steps"]?.array != nil, inner["status"]?.string != nil {
      isRecognized = true
      return interaction.chunk(of: .completed(Interaction(json: inner)))
    }
    guard Self.isAnswer(inner) else { return nil }
    isRecognized = true
    return GenerateContentResponse(json: inner)
  }

  private static func isAnswer(_ value: JSONValue) -> Bool {
    guard let wire = WireObject(value) else { return false }
    return wire["candidates"]?.array != nil || wire.object("promptFeedback") != nil
      || wire.object("usageMetadata") != nil || wire.string("responseId") != nil
  }

  private mutating func accept(_ chunk: GenerateContentResponse, _ events: inout [AnswerEvent]) {
    var chunk = chunk
    chunk.lostCharacters = characters.lost
    if let reason = chunk.finishReason, reason != .continuation { isEnded = true }
    isEnded = isEnded || chunk.blockReason != nil
    events.append(.chunk(chunk))
  }

  private mutating func fail(_ error: any Error, _ events: inout [AnswerEvent]) {
    isOver = true
    noteLostCharacter(&events)
    // The model was done: what came then is no part of its answer.
    guard !isEnded else { return }
    let failure = error as? GeminiError ?? GeminiError(.malformedResponse, "\(error)")
    events.append(.failure(failure))
  }

  /// Half a character at the end of all that came is one that was lost.
  private mutating func noteLostCharacter(_ events: inout [AnswerEvent]) {
    if characters.finish() { events.append(.chunk(Self.lostCharacter)) }
  }

  private static let malformed = GeminiError(
    .malformedResponse,
    "a chunk of the answer is not JSON"
  )

  private static let lostCharacter: GenerateContentResponse = {
    var chunk = GenerateContentResponse(candidates: [])
    chunk.lostCharacters = 1
    return chunk
  }()
}
