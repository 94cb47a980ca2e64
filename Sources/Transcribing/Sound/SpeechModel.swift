internal import AudioTiming
internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel
internal import TranscriptStitching

/// The provider's own speech model, asked for the words of a stretch and when each is spoken.
///
/// The rows stay those of the model that was asked for them, with its names; their times are set by the
/// words that both have.
struct SpeechModel {
  /// The model.
  static let id = "gemini-3.5-transcribe"
  /// The longest sound of which it tells the times of words, in milliseconds.
  ///
  /// - Source: the Gemini API guide on audio transcription, 2026-11: 30 minutes.
  private static let longest = 1_800_000

  private let prepared: PreparedTranscription

  init(_ prepared: PreparedTranscription) { self.prepared = prepared }

  /// What the model is asked with.
  private var settings: RequestSettings {
    var settings = prepared.effective
    settings.model = Self.id
    settings.thinking = .automatic
    settings.mediaResolution = nil
    settings.layers = nil
    return settings
  }

  /// What requests to it take and cost.
  var quote: Quote { prepared.quote.asking(settings) }

  /// The requests about a clip, in order; `nil` is all of the source.
  func orders(about clip: TimeRange?) -> [RequestOrder] {
    stretches(of: clip).map { stretch in
      RequestOrder(
        kind: .words,
        range: stretch,
        request: stretch == nil || stretch == prepared.stretch
          ? request : request.clipped(to: stretch),
        model: Self.id,
        schema: prepared.prompt.schema,
        encoding: prepared.settings.encoding
      )
    }
  }

  /// The same requests, as far as planning goes.
  func planRequests(about clip: TimeRange?) -> [PlanRequest] {
    stretches(of: clip).map { stretch in
      var source = prepared.planSource(stretch)
      (source.hasVideo, source.hasAudio) = (false, true)
      var request = PlanRequest(source: source, prompt: .words, settings: settings)
      request.isForWords = true
      return request
    }
  }

  private var request: GenerateContentRequest {
    var config: JSONObject = ["wordTimestamp": true]
    config["languageCodes"] = prepared.source.language.map { [.string($0)] }
    var request = GenerateContentRequest(
      contents: [
        Content(
          role: "user",
          parts: [Part(.fileData(FileData(fileUri: RequestBuilder.placeholder)))]
        )
      ]
    )
    request.generationConfig = GenerationConfig()
    request.generationConfig?.audioTranscriptionConfig = .object(config)
    return request
  }

  /// Parts of a clip that are short enough, of the same length.
  private func stretches(of clip: TimeRange?) -> [TimeRange?] {
    guard let range = clip ?? prepared.stretch, !range.isOpenEnded,
      range.milliseconds > Self.longest
    else { return [clip] }
    let count = (range.milliseconds + Self.longest - 1) / Self.longest
    let (start, length) = (range.start.milliseconds, range.milliseconds)
    return (0..<count).map { number in
      TimeRange(
        start: Timecode(milliseconds: start + length * number / count),
        end: Timecode(milliseconds: start + length * (number + 1) / count)
      )
    }
  }
}

extension RequestOrder {
  /// The words of an answer to it with their times in the source; one without a time is left out.
  ///
  /// They count from the start of the sound; some that count from that of the stretch lie before it, and
  /// are moved.
  func words(in answer: [AudioTranscription]) -> [WordMatch.Word] {
    let words = answer.flatMap(\.words).compactMap { word -> WordMatch.Word? in
      guard let start = word.start?.milliseconds, start >= 0 else { return nil }
      let end = word.end?.milliseconds ?? start
      return WordMatch.Word(text: word.text, startMS: start, endMS: max(start, end))
    }
    let begin = range?.start.milliseconds ?? 0
    // A second is as much as rounding can take off.
    guard let first = words.map(\.startMS).min(), begin > 0, first < begin - 1000 else {
      return words
    }
    return words.map {
      WordMatch.Word(text: $0.text, startMS: $0.startMS + begin, endMS: $0.endMS + begin)
    }
  }
}

extension Duration {
  /// Whole milliseconds, as far as a day goes that nobody records.
  fileprivate var milliseconds: Int? {
    let (seconds, attoseconds) = components
    guard abs(seconds) < 1_000_000_000 else { return nil }
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}

extension ClipTranscriber {
  /// Asks the speech model for the words of a clip.
  func askForWords(of result: inout ClipResult) async throws {
    guard result.failure == nil, !result.pieces.isEmpty else { return }
    let clip = result.range.isOpenEnded ? nil : result.range
    for order in SpeechModel(sender.job.prepared).orders(about: clip) {
      do {
        result.add(words: try await sender.reply(to: order), to: order)
      } catch let error as GeminiError {
        result.failure = error
        return
      }
    }
  }
}

extension [Result<ClipResult, any Error>] {
  /// The words that the speech model heard, in the order of their times.
  var heardWords: [WordMatch.Word] {
    compactMap { try? $0.get() }.flatMap(\.words)
      .flatMap { $0.order.words(in: $0.reply.heard) }
      .sorted { ($0.startMS, $0.endMS) < ($1.startMS, $1.endMS) }
  }
}

extension AlignedTranscript {
  /// The share of spoken rows that have to be found by their words; below, the words are of something else.
  private static let leastFound = 0.5

  /// The rows of a document where a speech model heard their words; `nil` where it heard something else.
  init?(_ document: TranscriptDocument, by words: [WordMatch.Word]) {
    guard !words.isEmpty else { return nil }
    self.init(document) { WordMatch.times(of: $0, from: words) }
    let spoken = rows.filter(\.isSpoken)
    let found = spoken.count { $0.time.isFound }
    guard Double(found) >= Self.leastFound * Double(Swift.max(1, spoken.count)) else { return nil }
  }
}
