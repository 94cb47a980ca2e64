internal import GeminiAPI
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptStitching

/// The replies about one clip.
struct ClipResult: Sendable {
  /// A reply with what it answers.
  struct Reply: Sendable {
    let order: RequestOrder
    let reply: ReceivedReply
  }

  /// A reply with the piece of the clip that it is.
  struct Round: Sendable {
    let reply: ReceivedReply
    let piece: ReplyPiece
  }

  /// What was asked about; open-ended for all of a source of unknown length.
  let range: TimeRange
  /// The replies in the order in which they were asked for, without that about speakers.
  private(set) var replies: [Reply] = []
  /// What the replies say, their times in source time; as many as there are replies.
  private(set) var pieces: [ReplyPiece] = []
  /// Whose voices are heard, when that was asked apart.
  private(set) var speakers: Reply?
  /// Whose voices are heard in stretches that were seen in more detail.
  private(set) var names: [Reply] = []
  /// The words that the speech model heard.
  private(set) var words: [Reply] = []
  /// What replies of a recipe answer, by the parts of the transcript that they were shown.
  private(set) var answers: [RecipeReply] = []
  /// What was found out while those replies were read.
  private(set) var answerFindings: [Finding] = []
  /// What kept the rest from being asked for.
  var failure: GeminiError?
  /// Stretches that the service would not write out, asked for in small clips as well.
  private(set) var refused: [TimeRange] = []

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

  /// Adds a reply of a recipe, whose tables are of no stretch of time.
  ///
  /// - Parameter piece: What it answers; `nil` for one that others take the place of.
  mutating func add(_ reply: ReceivedReply, to order: RequestOrder, about piece: RowPiece?) {
    replies.append(Reply(order: order, reply: reply))
    pieces.append(ReplyPiece(range: range, tables: [], ending: reply.ending))
    guard let piece else { return }
    answers.append(RecipeReply(piece: piece, tables: reply.decoded.tables))
    answerFindings += reply.decoded.findings
  }

  /// Adds a reply about the speakers, which calls voices what they were called when stitched.
  ///
  /// Each piece gets what is said of its own voices, so that stitching anew can match them by name.
  mutating func add(
    speakers reply: ReceivedReply,
    to order: RequestOrder,
    beside stitched: StitchedReply
  ) {
    speakers = Reply(order: order, reply: reply)
    guard let described = TranscriptTables(reply.decoded.tables).speakers else { return }
    pieces = pieces.map { piece in
      let voices = pieces.count == 1 ? nil : stitched.merges.voices(of: piece)
      let own = TranscriptTables(piece.tables).speakers
      let rows = voices.map { SpeakerRows.renumbered(described, $0) } ?? described
      return ReplyPiece(
        range: piece.range,
        tables: SpeakerRows.merged(rows, into: piece.tables, speakers: own),
        findings: piece.findings,
        ending: piece.ending
      )
    }
  }

  /// Adds a reply about the names that are missing, which calls voices what they were called when
  /// stitched.
  ///
  /// Nothing but a missing name is taken from it.
  mutating func add(
    names reply: ReceivedReply,
    to order: RequestOrder,
    beside stitched: StitchedReply
  ) {
    names.append(Reply(order: order, reply: reply))
    guard let described = TranscriptTables(reply.decoded.tables).speakers else { return }
    let nameless = stitched.transcript.speakers.filter { !$0.isIdentified }.map(\.voice)
    let found = SpeakerRows.names(in: described).filter { nameless.contains($0.key) }
    guard !found.isEmpty else { return }
    pieces = pieces.map { piece in
      let voices = pieces.count == 1 ? nil : stitched.merges.voices(of: piece)
      let own = voices.map { voices in voices.compactMapValues { found[$0] } } ?? found
      return ReplyPiece(
        range: piece.range,
        tables: SpeakerRows.filled(piece.tables, with: own),
        findings: piece.findings,
        ending: piece.ending
      )
    }
  }

  /// Adds a reply of the speech model.
  mutating func add(words reply: ReceivedReply, to order: RequestOrder) {
    words.append(Reply(order: order, reply: reply))
  }

  /// What to ask for next, and why or why not; gaps that were asked for again do not count.
  func continuation(overlap: Int) -> ContinuationPlanner.Step {
    ContinuationPlanner(clip: range, overlap: overlap).next(after: rounds.map(\.piece))
  }

  /// Whether everything asked about was answered.
  var isCovered: Bool {
    guard failure == nil, refused.isEmpty, let last = replies.last,
      last.reply.blockReason == nil
    else { return false }
    return rounds.contains { $0.piece.coveredUntil >= range.end }
  }

  /// Whether any table about the clip, but that of speakers, has a row.
  var hasRows: Bool {
    pieces.contains { piece in
      let roles = TranscriptTables(piece.tables)
      return (roles.rows.map { [$0] } ?? piece.tables).contains { $0.rowCount > 0 }
    }
  }

  /// The pieces without what replies that ended too soon lack: it came with the next ones.
  var recoveredPieces: [ReplyPiece] {
    guard isCovered, tableReplies.contains(where: { !$0.reply.isWhole }) else { return pieces }
    return pieces.map { piece in
      ReplyPiece(
        range: piece.range,
        tables: piece.tables,
        findings: piece.findings.filter { !Self.losses.contains($0.code) },
        ending: piece.ending
      )
    }
  }

  /// What is said of a reply that has not all that was asked for.
  private static let losses: Set<Finding.Code> = [.truncated, .missingTable]

  /// A stretch is given up.
  mutating func refuse(_ stretch: TimeRange) {
    if !refused.contains(stretch) { refused.append(stretch) }
  }

  /// The first reply and its continuations, with the pieces they are.
  var rounds: [Round] {
    zip(replies, pieces).filter { $0.0.order.kind != .gap }
      .map { Round(reply: $0.0.reply, piece: $0.1) }
  }

  /// Whether taking the run up would ask for anything: not for what was refused for good.
  var canGoOn: Bool {
    if failure != nil { return true }
    guard !isCovered, let last = replies.last?.reply else { return false }
    return last.blockReason == nil && last.ending != .blocked
  }

  /// The stretches without a row, worth asking about once more: not those in which nobody speaks.
  func gaps(of prepared: PreparedTranscription, silences: [TimeRange]?) -> [TimeRange] {
    var assembler = prepared.assembler
    assembler.clip = range
    let stitched = TranscriptStitcher(assembler: assembler).stitch(pieces)
    return ContinuationPlanner(clip: range).gaps(in: stitched, silences: silences)
  }

  /// Every reply with tables, those about speakers and names included.
  var tableReplies: [Reply] { replies + [speakers].compactMap(\.self) + names }

  /// Every reply.
  var allReplies: [Reply] { tableReplies + words }
}

extension ReceivedReply {
  /// How it ended, as stitching sees it.
  var ending: ReplyPiece.Ending {
    if isLooping { return .looped }
    if blockReason != nil { return .blocked }
    if isWithoutEnd { return .whole }
    switch finishReason {
    case .stop: return .whole
    // Where nobody goes on with a decode, as in a batch, it has ended at its limit.
    case .maxTokens, .continuation: return .outputLimit
    case nil: return .broken
    case .malformedResponse: return .broken
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

extension VoiceMergeTable {
  /// What each voice of a piece is called in the whole, by its own number.
  fileprivate func voices(of piece: ReplyPiece) -> [Int: Int] {
    var voices: [Int: Int] = [:]
    for voice in self.voices {
      for member in voice.from where member.clip == piece.range {
        voices[member.voice] = voice.voice
      }
    }
    return voices
  }
}
