internal import GeminiAPI
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptStitching

/// The replies about one clip.
struct ClipResult: Sendable {
  /// A reply with what it answers.
  struct Reply: Sendable {
    let order: RequestOrder
    let reply: ReceivedReply
  }

  /// What was asked about; open-ended for all of a source of unknown length.
  let range: TimeRange
  /// The replies in the order in which they were asked for, without that about speakers.
  private(set) var replies: [Reply] = []
  /// What the replies say, their times in source time; as many as there are replies.
  private(set) var pieces: [ReplyPiece] = []
  /// Whose voices are heard, when that was asked apart.
  var speakers: Reply?
  /// What kept the rest from being asked for.
  var failure: GeminiError?

  init(clip: TimeRange?) { range = clip ?? .toTheEnd(from: .zero) }

  /// Adds a reply about the clip or a part of it.
  mutating func add(
    _ reply: ReceivedReply,
    to order: RequestOrder,
    _ prepared: PreparedTranscription
  ) {
    replies.append(Reply(order: order, reply: reply))
    pieces.append(
      ReplyPiece(
        range: order.range ?? range,
        reply: reply.decoded,
        ending: reply.ending,
        assembler: prepared.assembler
      )
    )
  }

  /// What to ask for next, and why or why not; gaps that were asked for again do not count.
  func continuation(overlap: Int) -> ContinuationPlanner.Step {
    ContinuationPlanner(clip: range, overlap: overlap).next(after: rounds)
  }

  /// Whether everything asked about was answered.
  var isCovered: Bool {
    guard failure == nil, let last = replies.last, last.reply.blockReason == nil else {
      return false
    }
    return rounds.contains { $0.coveredUntil >= range.end }
  }

  /// The first reply and its continuations.
  private var rounds: [ReplyPiece] {
    zip(replies, pieces).filter { $0.0.order.kind != .gap }.map(\.1)
  }

  /// Every reply, that about speakers included.
  var allReplies: [Reply] { replies + [speakers].compactMap(\.self) }
}

extension ReceivedReply {
  /// How it ended, as stitching sees it.
  var ending: ReplyPiece.Ending {
    if isLooping { return .looped }
    if blockReason != nil { return .blocked }
    switch finishReason {
    case .stop: return .whole
    case .maxTokens: return .outputLimit
    case nil: return .broken
    default: return .blocked
    }
  }
}

extension PreparedTranscription {
  /// Makes a transcript of tables about the source.
  var assembler: TranscriptAssembler {
    TranscriptAssembler(clip: clip, duration: duration, timebase: settings.timebase)
  }
}
