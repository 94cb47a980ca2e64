internal import GeminiAPI
internal import RequestPlanning
internal import TranscriptModel
internal import TranscriptStitching

/// Transcribes one clip: asks for it, and again for what a reply that ended too soon left out.
struct ClipTranscriber: Sendable {
  /// How often a request is sent again when its reply breaks off without a row to go on from.
  private static let retryLimit = 2

  let sender: RequestSender
  let options: RunOptions
  let sound: RunSound

  private var prepared: PreparedTranscription { sender.job.prepared }

  /// The replies about a clip; `nil` is all of a source of unknown length.
  ///
  /// - Throws: As ``RequestSender/reply(to:)`` when there is no reply at all.
  func transcribe(_ clip: TimeRange?) async throws -> ClipResult {
    var result = ClipResult(clip: clip)
    var order: RequestOrder? = prepared.order(.clip, about: clip)
    var retries = Self.retryLimit
    while let current = order {
      do {
        result.add(try await sender.reply(to: current), to: current, prepared)
        order = next(after: current, &result, &retries)
        if order != nil { try await sender.rest(after: result.replies.map(\.reply)) }
      } catch let error as GeminiError {
        if error.isOfOneReply, retries > 0 {
          retries -= 1
        } else if result.replies.isEmpty {
          throw error
        } else {
          result.failure = error
          order = nil
        }
      }
    }
    if prepared.settings.fillsGaps { try await fillGaps(of: &result) }
    if prepared.settings.asksSpeechModel { try await askForWords(of: &result) }
    if let prompt = options.speakers {
      try await describeSpeakers(of: &result, prompt)
      if prepared.canFindNames { try await lookForNames(of: &result, prompt) }
    }
    return result
  }

  /// What to ask for next; `nil` when nothing is missing, or asking does not help.
  private func next(
    after order: RequestOrder,
    _ result: inout ClipResult,
    _ retries: inout Int
  ) -> RequestOrder? {
    guard options.continues, let reply = result.replies.last?.reply else { return nil }
    if let range = result.detour() { return prepared.order(.continuation, about: range) }
    guard !reply.isWhole else { return nil }
    if reply.interruption?.code == .emptyResponse, !reply.isStored {
      // The client has asked as often as that helps.
      result.failure = reply.interruption
      return nil
    }
    let step = result.continuation(overlap: prepared.settings.overlap.milliseconds)
    if let range = step.range { return prepared.order(.continuation, about: range) }
    guard reply.interruption != nil || isStuck(reply, step.reason), step.reason != .covered,
      retries > 0
    else { return nil }
    retries -= 1
    return order
  }

  /// Whether what is stored does not go on by itself, and somebody wants it to.
  private func isStuck(_ reply: ReceivedReply, _ reason: ContinuationPlanner.Reason) -> Bool {
    guard reply.isStored, !sender.isOffline else { return false }
    return switch reason {
    case .noProgress, .boundReached: true
    default: false
    }
  }

  /// Asks once more for the stretches in which nothing was transcribed.
  private func fillGaps(of result: inout ClipResult) async throws {
    guard result.failure == nil, !result.range.isOpenEnded else { return }
    var isAwaited = false
    let silences = await sound.silences(prepared)
    for gap in result.gaps(of: prepared, silences: silences) {
      let order = prepared.order(.gap, about: gap)
      do {
        result.add(try await sender.reply(to: order), to: order, prepared)
      } catch is AwaitsAnswer {
        // All gaps are asked about at once.
        isAwaited = true
      } catch let error as GeminiError {
        result.failure = error
        return
      }
    }
    if isAwaited { throw AwaitsAnswer() }
  }
}

extension GeminiError {
  /// Whether it is a fault of one reply, which the next one may not have.
  fileprivate var isOfOneReply: Bool {
    [.malformedResponse, .streamEndedEarly].contains(code)
  }
}
