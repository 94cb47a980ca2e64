internal import GeminiAPI
internal import Redacting
internal import TabularExtraction
internal import TranscriptModel

/// A reply read to its end, or to where it broke off.
struct ReceivedReply: Sendable {
  var decoded: DecodedReply
  /// Why the model stopped; `nil` when the reply broke off.
  var finishReason: FinishReason?
  /// Why the prompt was refused, when it was.
  var blockReason: BlockReason?
  var usage: UsageMetadata?
  /// The counts of each request that it took, which are billed by themselves.
  var usages: [Int: UsageMetadata] = [:]
  var modelVersion: String?
  /// How far the model is from its end.
  var modelStatus: GenerateContentResponse.ModelStatus?
  /// What the service says about the end, or about the refusal, in its own words.
  var words: String?
  /// Characters that arrived broken.
  var lostCharacters = 0
  /// What ended the reply before the model was done.
  var interruption: GeminiError?
  /// Whether reading was stopped because the model only repeated itself.
  var isLooping = false
  /// Whether it was read again from the store, so that nothing was sent.
  var isStored = false
  /// How long it took from the first attempt on, in seconds; `nil` when it was not sent now.
  var seconds: Double?
  /// Whether it was counted and learnt from before.
  var isCounted = false
  /// Whether a batch has brought it, and is billed for it.
  var isBatched = false

  /// What a speech model heard.
  var heard: [AudioTranscription] = []

  /// Whether the document came in whole, although the service did not say that the model was done.
  var isWithoutEnd = false

  /// Whether nothing is known to be missing.
  var isWhole: Bool {
    decoded.isComplete && !ReplyFindings.findings(self).contains { $0.severity == .error }
  }

  /// Whether the model was stopped at words that it may write out in another stretch.
  var isRefusedInPlace: Bool {
    [.recitation, .other, .malformedResponse].contains(finishReason) && blockReason == nil
  }
}

/// Decodes a reply while it arrives.
struct ReplyAccumulator {
  private(set) var rows = RowWatch()
  private var reply = ReceivedReply(decoded: DecodedReply(tables: []))
  private var decoder: ReplyDecoder
  /// A reply may repeat a key that it was told, in pieces of text that each hold a part of it.
  private var filter: SecretFilter
  /// Whether it has words instead of tables.
  private let isForWords: Bool

  init(order: RequestOrder, hiding secrets: KnownSecrets) {
    decoder = ReplyDecoder(schema: order.schema, encoding: order.encoding)
    filter = SecretFilter(secrets)
    isForWords = order.kind == .words
  }

  /// Whether anything came for which money is due.
  var isBilled: Bool { reply.usage != nil || rows.count > 0 }

  /// Reads a chunk; `false` when the rest would be paid for and thrown away.
  mutating func add(_ chunk: GenerateContentResponse) -> Bool {
    reply.finishReason = chunk.finishReason ?? reply.finishReason
    reply.blockReason = chunk.blockReason ?? reply.blockReason
    reply.usage = chunk.usageMetadata ?? reply.usage
    if let usage = chunk.hopUsage { reply.usages[chunk.hop] = usage }
    reply.modelVersion = chunk.modelVersion ?? reply.modelVersion
    reply.modelStatus = chunk.modelStatus ?? reply.modelStatus
    reply.words =
      chunk.promptFeedback?.blockReasonMessage ?? chunk.candidates.first?.finishMessage
      ?? reply.words
    reply.lostCharacters += chunk.lostCharacters
    reply.heard += chunk.transcriptions
    decoder.feed(filter.feed(isForWords ? "" : chunk.text))
    reply.isLooping = rows.look(at: decoder.tables)
    return !reply.isLooping
  }

  /// Ends the reply.
  mutating func finish(interruption: GeminiError? = nil) -> ReceivedReply {
    reply.interruption = interruption
    let rest: String = filter.finish()
    decoder.feed(rest)
    reply.decoded = decoder.finish(modelStopped: reply.finishReason == .stop)
    reply.isWithoutEnd =
      reply.finishReason == nil && reply.blockReason == nil && reply.decoded.isComplete
      && !reply.isLooping && rows.count > 0
    return reply
  }
}

extension ReceivedReply {
  /// A reply that was kept, decoded anew; `nil` when it holds nothing to go on with.
  ///
  /// A reply that the program did not see the end of, since it was stopped itself, is not trusted:
  /// it is asked for again.
  init?(
    stored bytes: [UInt8],
    isKnownBroken: Bool,
    order: RequestOrder,
    hiding secrets: KnownSecrets
  ) {
    guard let answer = StoredAnswer(bytes, limit: RequestSender.replyLimit), !answer.chunks.isEmpty
    else { return nil }
    var accumulator = ReplyAccumulator(order: order, hiding: secrets)
    for chunk in answer.chunks where !accumulator.add(chunk) { break }
    let isEnded = answer.finishReason != nil || answer.chunks.contains { $0.blockReason != nil }
    self = accumulator.finish(interruption: isEnded ? nil : answer.error ?? Self.cut)
    guard isEnded || isWithoutEnd || isKnownBroken && accumulator.isBilled else { return nil }
    isStored = true
    isCounted = true
  }

  private static let cut = GeminiError(
    .streamEndedEarly,
    "the answer broke off: the stream ended before the model was done"
  )
}
