internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel

/// What is known of the media when a prompt is rendered: it tells a prompt which words apply.
struct MediaInput: Hashable, Sendable {
  /// `video` or `audio`; `nil` when neither the file nor its media type tells.
  let source: String?
  /// Whether less than all of the source is sent at a time.
  var isPart: Bool

  /// - Parameters:
  ///   - facts: What a local file says about itself; it goes before the media type.
  ///   - mimeType: The media type.
  ///   - isPart: Whether less than all of the source is sent at a time.
  init(facts: MediaFacts?, mimeType: String?, isPart: Bool) {
    if let facts {
      source = facts.video == nil && facts.hasAudio ? "audio" : "video"
    } else {
      source = mimeType?.split(separator: "/").first.map { $0.lowercased() }
    }
    self.isPart = isPart
  }

  /// There are no media: everything stands in the request.
  static let text = MediaInput(facts: nil, mimeType: "text/plain", isPart: false)

  /// The values of those variables that the prompt declares for them.
  ///
  /// They are `source`, a choice between `video` and `audio`, and `part`, true or absent. A video whose
  /// sound alone is sent is `audio`.
  func values(declared: JSONValue?, layers: MediaLayers) -> JSONObject {
    var input = JSONObject()
    let kinds = declared?["source"]?["enum"]?.array ?? []
    let source = layers.hasFrames ? source : "audio"
    if let source, kinds.contains(.string(source)) { input["source"] = .string(source) }
    if isPart, declared?["part"] != nil { input["part"] = true }
    return input
  }
}

extension PreparedTranscription {
  /// What requests for a prompt need to suit the model, the media and the platform.
  func fit(_ prompt: ExtractionPrompt) -> RequestFit {
    RequestFit(
      prompt: prompt,
      settings: settings,
      media: mediaInput,
      backend: backend,
      card: quote.resolution?.card
    )
  }

  /// What is known of the media.
  var mediaInput: MediaInput {
    guard recipe == nil else { return .text }
    return MediaInput(
      facts: facts,
      mimeType: source.mimeType,
      isPart: stretches.count > 1 || settings.isPart(of: duration)
    )
  }
}

extension RequestSettings {
  /// Whether a clip of the source was asked for that is not all of it.
  func isPart(of duration: Timecode?) -> Bool {
    if let start, start > .zero { return true }
    guard let end else { return false }
    return duration.map { end < $0 } ?? true
  }
}
