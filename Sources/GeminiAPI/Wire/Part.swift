public import OrderedJSON

/// A piece of a prompt or of a reply.
public struct Part: Hashable, Sendable {
  /// The data a part carries.
  public enum Payload: Hashable, Sendable {
    /// Text, maybe empty.
    case text(String)
    /// Media within the message.
    case inlineData(Blob)
    /// Media at an address.
    case fileData(FileData)
    /// Any other kind, such as `functionCall`, kept as it came.
    case other(kind: String, JSONValue)
    /// Nothing, as when a part holds only a signature.
    case none
  }

  /// The data.
  public var payload: Payload
  /// For video: which part of it, and how often it is looked at.
  public var videoMetadata: VideoMetadata?
  /// For sound without pictures: which part of it.
  public var audioMetadata: AudioMetadata?
  /// For media: tokens spent on each frame; goes before the request's own setting (Gemini 3 on).
  public var mediaResolution: MediaResolution?
  /// For video: how the model goes through it; `nil` leaves it to the model.
  public var mediaProcessing: MediaProcessing?
  /// What a speech model heard, in an answer of one.
  public var audioTranscription: AudioTranscription?
  /// Whether this is a summary of the model's thinking and no part of the answer.
  public var thought: Bool
  /// An opaque mark that has to go back unchanged with the part, as base64.
  public var thoughtSignature: String?

  /// A piece of a prompt.
  public init(
    _ payload: Payload,
    videoMetadata: VideoMetadata? = nil,
    audioMetadata: AudioMetadata? = nil,
    mediaResolution: MediaResolution? = nil,
    mediaProcessing: MediaProcessing? = nil,
    thought: Bool = false,
    thoughtSignature: String? = nil
  ) {
    self.payload = payload
    self.videoMetadata = videoMetadata
    self.audioMetadata = audioMetadata
    self.mediaResolution = mediaResolution
    self.mediaProcessing = mediaProcessing
    self.thought = thought
    self.thoughtSignature = thoughtSignature
  }

  /// A piece of text.
  public static func text(_ text: String) -> Part { Part(.text(text)) }

  /// The text; `nil` when the part carries something else.
  public var text: String? {
    if case .text(let text) = payload { text } else { nil }
  }
}

extension Part {
  private static let siblings: Set<String> = [
    "videoMetadata", "video_metadata", "audioMetadata", "audio_metadata", "mediaResolution",
    "media_resolution", "mediaProcessing",
    "media_processing", "thought", "thoughtSignature", "thought_signature", "partMetadata",
    "part_metadata", "audioTranscription", "audio_transcription",
  ]

  init(_ wire: WireObject) {
    self.init(
      Self.payload(wire),
      videoMetadata: wire.object("videoMetadata").map(VideoMetadata.init),
      audioMetadata: wire.object("audioMetadata").map(AudioMetadata.init),
      mediaResolution: wire.object("mediaResolution")?.string("level")
        .map(MediaResolution.init(rawValue:)),
      mediaProcessing: wire.string("mediaProcessing").map(MediaProcessing.init(rawValue:)),
      thought: wire["thought"]?.bool ?? false,
      thoughtSignature: wire.string("thoughtSignature")
    )
    audioTranscription = wire.object("audioTranscription").map(AudioTranscription.init)
  }

  private static func payload(_ wire: WireObject) -> Payload {
    if let text = wire.string("text") { return .text(text) }
    if let blob = wire.object("inlineData").flatMap(Blob.init) { return .inlineData(blob) }
    if let data = wire.object("fileData").flatMap(FileData.init) { return .fileData(data) }
    let rest = wire.object.members.first { !siblings.contains($0.key) }
    return rest.map { .other(kind: $0.key, $0.value) } ?? .none
  }

  /// The part as the wire writes it.
  public var json: JSONValue {
    var object = JSONObject()
    switch payload {
    case .text(let text): object["text"] = .string(text)
    case .inlineData(let blob): object["inlineData"] = blob.json
    case .fileData(let data): object["fileData"] = data.json
    case .other(let kind, let value): object[kind] = value
    case .none: break
    }
    object["videoMetadata"] = videoMetadata?.json
    object["audioMetadata"] = audioMetadata?.json
    object["mediaResolution"] = mediaResolution.map { ["level": .string($0.rawValue)] }
    object["mediaProcessing"] = mediaProcessing.map { .string($0.rawValue) }
    object["audioTranscription"] = audioTranscription?.json
    if thought { object["thought"] = true }
    object["thoughtSignature"] = thoughtSignature.map { .string($0) }
    return .object(object)
  }
}
