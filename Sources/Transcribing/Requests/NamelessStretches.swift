internal import GeminiAPI
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptStitching

/// The stretches of a clip in which a voice without a name is heard, worth seeing in more detail: for
/// each such voice around its first turn, where people are introduced, and around its longest, where
/// captions stay.
struct NamelessStretches {
  /// The stretches in order; they do not overlap.
  let all: [TimeRange]

  init(of transcript: Transcript, in clip: TimeRange) {
    let nameless = Set(transcript.speakers.filter { !$0.isIdentified }.map(\.voice))
    let turns = Self.turns(in: transcript.segments)
    let byVoice = Dictionary(grouping: turns.filter { nameless.contains($0.voice) }, by: \.voice)
    // Whoever says most goes first, should there be too many.
    let voices = byVoice.values.sorted {
      (-$0.reduce(0) { $0 + $1.length }, $0[0].voice) < (
        -$1.reduce(0) { $0 + $1.length }, $1[0].voice
      )
    }
    let firsts = voices.compactMap(\.first)
    let longest = voices.compactMap { turns in
      turns.max { ($0.length, $1.start) < ($1.length, $0.start) }
    }
    var chosen: [TimeRange] = []
    for turn in firsts + longest where chosen.count < NameSearch.mostStretches(in: clip) {
      let stretch = Self.stretch(at: turn.start, in: clip)
      if !chosen.contains(where: { $0.overlaps(stretch) }) { chosen.append(stretch) }
    }
    all = chosen.sorted { $0.start < $1.start }
  }

  private struct Turn {
    let voice: Int
    let start: Timecode
    /// The bytes of what is said.
    var length: Int
  }

  /// What one voice says in one go.
  private static func turns(in segments: [TranscriptSegment]) -> [Turn] {
    var turns: [Turn] = []
    var last: Int?
    for segment in segments {
      guard let voice = segment.voice, let start = segment.start else { continue }
      let length = segment.text.utf8.count
      if voice == last {
        turns[turns.count - 1].length += length
      } else {
        turns.append(Turn(voice: voice, start: start, length: length))
      }
      last = voice
    }
    return turns
  }

  private static func stretch(at moment: Timecode, in clip: TimeRange) -> TimeRange {
    let length = clip.isOpenEnded ? NameSearch.stretch : min(NameSearch.stretch, clip.milliseconds)
    let latest = clip.isOpenEnded ? moment.milliseconds : clip.end.milliseconds - length
    let start = max(
      clip.start.milliseconds,
      min(moment.milliseconds - NameSearch.lead, latest)
    )
    return TimeRange(
      start: Timecode(milliseconds: start),
      end: Timecode(milliseconds: start + length)
    )
  }
}

extension TimeRange {
  fileprivate func overlaps(_ other: TimeRange) -> Bool { start < other.end && other.start < end }
}

extension ClipTranscriber {
  /// Asks once more who speaks where a voice has no name, with frames seen in high detail.
  func lookForNames(of result: inout ClipResult, _ prompt: ExtractionPrompt) async throws {
    guard result.failure == nil, !result.pieces.isEmpty else { return }
    let stitched = stitched(result)
    let pass = SpeakersPass(prompt: prompt, prepared: sender.job.prepared)
    var isAwaited = false
    for stretch in NamelessStretches(of: stitched.transcript, in: result.range).all {
      let order = try pass.order(forNamesIn: stretch, stitched.transcript)
      do {
        result.add(names: try await sender.reply(to: order), to: order, beside: stitched)
      } catch is AwaitsAnswer {
        // All stretches are asked about at once.
        isAwaited = true
      } catch let error as GeminiError {
        result.failure = error
        return
      }
    }
    if isAwaited { throw AwaitsAnswer() }
  }
}

extension PreparedTranscription {
  /// Whether names are to be looked for again, and looking in more detail can find any.
  var canFindNames: Bool { settings.sharpens && fit(prompt).sharpeningObstacle(request) == nil }
}

extension RequestFit {
  /// Why looking for names in high detail has no effect; `nil` where it may have one.
  func sharpeningObstacle(_ request: GenerateContentRequest) -> String? {
    if media.source == "audio" { return "the source is sound alone" }
    if let layers = settings.layers, !layers.hasFrames { return "the sound alone is sent" }
    // Of two passes the second asks for names, with a prompt of its own.
    guard settings.passes == 1 else { return nil }
    let columns = prompt.schema.tables.flatMap(\.columns)
    guard columns.contains(where: { $0.column.role == .name }) else {
      return "the prompt \(prompt.name) asks for no names"
    }
    guard request.generationConfig?.mediaResolution != .high else {
      return "frames are seen in high detail already"
    }
    return nil
  }
}
