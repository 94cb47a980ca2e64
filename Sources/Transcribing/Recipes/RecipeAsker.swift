internal import GeminiAPI
internal import TabularExtraction
internal import TranscriptRecipes
internal import TranscriptStitching

/// Asks a recipe about one part of a transcript, about its halves where a reply came to its end too soon,
/// and about rows that were passed over.
struct RecipeAsker: Sendable {
  /// How often a request is sent again when its reply breaks off.
  private static let retryLimit = 2

  let sender: RequestSender
  let recipe: RecipeWork
  let continues: Bool

  /// The replies about a part; those in which something is missing only count as paid for where their
  /// halves were asked about.
  ///
  /// - Throws: As ``RequestSender/reply(to:)`` when there is no reply at all.
  func ask(part index: Int) async throws -> ClipResult {
    var result = ClipResult(clip: nil)
    var waiting = [recipe.pieces[index]]
    var retries = Self.retryLimit
    while let piece = waiting.first {
      let order = try sender.job.prepared.order(about: piece)
      do {
        let reply = try await sender.reply(to: order)
        let next = next(after: reply, about: piece, &retries)
        result.add(reply, to: order, about: next == nil ? piece : nil)
        waiting.replaceSubrange(0..<1, with: next ?? [])
        if next == nil { waiting += missing(in: reply, about: piece, index) }
        if next == nil, !reply.isWhole {
          result.failure = reply.interruption ?? Self.unfinished
        }
        if next != nil { try await sender.rest(after: [reply]) }
      } catch let error as GeminiError {
        guard !result.replies.isEmpty else { throw error }
        result.failure = error
        return result
      }
    }
    return result
  }

  /// What to ask instead; `nil` where the reply has to do.
  private func next(
    after reply: ReceivedReply,
    about piece: RowPiece,
    _ retries: inout Int
  ) -> [RowPiece]? {
    guard continues, !reply.isWhole else { return nil }
    switch reply.ending {
    case .outputLimit, .looped: return piece.halves(of: recipe.rows)
    case .broken, .whole:
      guard retries > 0 else { return nil }
      retries -= 1
      return [piece]
    case .blocked: return nil
    }
  }

  /// What to ask once more: rows that a whole reply has passed over, where each is to be answered.
  ///
  /// Only of what the first plan asked about: a second time it would be passed over again.
  private func missing(
    in reply: ReceivedReply,
    about piece: RowPiece,
    _ index: Int
  ) -> [RowPiece] {
    guard continues, recipe.form == .rows, reply.isWhole, piece == recipe.pieces[index],
      let table = reply.decoded.tables.first
    else { return [] }
    return recipe.rows.unanswered(in: table, of: piece)
  }

  private static let unfinished = GeminiError(
    .streamEndedEarly,
    "the answer is not whole",
    remedy: "ask again with the setting force, or another model"
  )
}
