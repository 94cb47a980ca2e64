internal import GeminiAPI
internal import TabularExtraction
internal import TranscriptModel

/// Finds settings that had no effect, from the tokens that were billed.
///
/// Sound depends on the clip alone, so its tokens tell the length that was used; the frames then
/// tell whether fps and resolution were.
struct KnobCheck {
  /// The fewest tokens from which a ratio says something.
  private static let fewestTokens = 200

  private let request: PlanRequest
  private let media: MediaSelection
  private let expected: TokenEstimate
  private let estimator: TokenEstimator
  private let video: Int?
  private let audio: Int?

  /// `nil` when there is nothing to compare: no media, no estimate, an unknown model.
  init?(entry: Plan.Entry, usage: Usage) {
    guard let estimator = entry.quote.estimator, let media = entry.request.shape?.media,
      let expected = entry.tokens
    else {
      return nil
    }
    request = entry.request
    self.media = media
    self.expected = expected
    self.estimator = estimator
    video = usage.promptTokens(of: "VIDEO")
    audio = usage.promptTokens(of: "AUDIO")
  }

  /// What had no effect, a sentence each; empty when the counts agree with the settings.
  var problems: [String] {
    let clip = clipProblem
    guard clip == nil else { return [clip].compactMap(\.self) }
    return [layerProblem, frameProblem].compactMap(\.self)
  }

  /// What was billed of a layer that was not to be sent.
  private var layerProblem: String? {
    let billed: Int?
    switch request.settings.layers {
    case .audio: billed = video
    case .frames: billed = audio
    case .both, nil: billed = nil
    }
    guard let layers = request.settings.layers, let billed, billed >= Self.fewestTokens else {
      return nil
    }
    let other = layers == .audio ? "video" : "audio"
    return "layers \(layers.rawValue) had no effect: \(billed) \(other) tokens were billed."
  }

  private func agrees(_ billed: Int, _ expected: Int) -> Bool {
    Double(abs(billed - expected)) <= OutcomeComparison.tolerance * Double(expected)
  }

  private var clipProblem: String? {
    guard request.source.isClip else { return nil }
    if let audio, expected.audio >= Self.fewestTokens, audio > 0 {
      guard !agrees(audio, expected.audio) else { return nil }
      let asked = media.range.milliseconds
      let heard = Int(Double(asked) * Double(audio) / Double(expected.audio))
      return
        "the clip had no effect: \(spoken(asked)) were asked for and sound of \(spoken(heard)) "
        + "was billed (\(audio) audio tokens against \(expected.audio))."
    }
    guard let video, !media.isAgentic, let length = request.source.length,
      !agrees(video, expected.video)
    else {
      return nil
    }
    var whole = media
    whole.range = TimeRange(start: .zero, end: length)
    guard agrees(video, videoTokens(whole)) else { return nil }
    return
      "the clip had no effect: the frames billed are those of the whole source (\(video) video "
      + "tokens against \(expected.video))."
  }

  private var frameProblem: String? {
    guard let video, media.hasVideo, !media.isAgentic, expected.video >= Self.fewestTokens,
      !agrees(video, expected.video)
    else { return nil }
    let counts = "\(video) video tokens against \(expected.video)"
    let suspects = suspects(billed: video)
    guard !suspects.isEmpty else { return nil }
    return "\(suspects.joined(separator: " or ")) had no effect (\(counts))."
  }

  /// The settings without which the count would be what was billed.
  private func suspects(billed: Int) -> [String] {
    var suspects: [String] = []
    if let fps = media.fps, fps != RequestSettings.usualFPS {
      var plain = media
      plain.fps = nil
      if agrees(billed, videoTokens(plain)) { suspects.append("fps \(fps)") }
    }
    guard media.resolution != .unspecified else { return suspects }
    let others = MediaResolution.allCases.filter { $0 != media.resolution }
    let isOther = others.contains { level in
      var other = media
      other.resolution = level
      return agrees(billed, videoTokens(other))
    }
    if isOther { suspects.append("resolution \(media.resolution.name)") }
    return suspects
  }

  private func videoTokens(_ media: MediaSelection) -> Int {
    estimator.estimate(
      RequestShape(media: media, textTokens: 0, output: OutputShape(tables: [], encoding: .json))
    ).video
  }

  private func spoken(_ milliseconds: Int) -> String {
    Timecode(milliseconds: milliseconds).rendered
  }
}
