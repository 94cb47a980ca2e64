internal import Digests
internal import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
internal import TabularExtraction
internal import TranscriptModel

/// What makes a transcription the same work at another time, so that it need not be done twice.
struct WorkIdentity {
  /// Everything that an answer depends on.
  private let parts: JSONValue

  /// The digest, as hexadecimal digits.
  var digest: String { SHA256.hexadecimal(of: parts.rendered()) }

  /// - Throws: `GeminiError` when a local file cannot be looked at.
  init(
    _ video: VideoSource,
    _ prompt: ExtractionPrompt,
    _ settings: TranscriptionSettings,
    _ model: String,
    _ configuration: GeminiConfiguration
  ) throws {
    parts = [
      "source": .string(try Self.identity(of: video)),
      "prompt": .string(prompt.template.digest),
      "schema": .string(SHA256.hexadecimal(of: prompt.schema.responseJSONSchema.rendered())),
      "model": .string(model),
      // An emulator's answer is not the service's.
      "backend": .string("\(configuration.backend) \(configuration.baseURL)"),
      "settings": settings.json,
    ]
  }

  /// Addresses stand for themselves, files for what is in them.
  private static func identity(of video: VideoSource) throws -> String {
    guard case .localFile(let path) = video else { return video.description }
    return try LocalFile(path: path).fingerprint()
  }
}

extension TranscriptionSettings {
  /// The settings that an answer depends on, without the speakers known from elsewhere.
  var json: JSONValue {
    var object: JSONObject = [
      "parameters": .object(parameters),
      "encoding": .string(encoding.rawValue),
      "timebase": .string(timebase.rawValue),
      "sharding": .string("\(sharding)"),
      "overlapMS": JSONValue(overlap),
    ]
    for (name, time) in [("startMS", start), ("endMS", end), ("durationMS", duration)] {
      if let time { object[name] = JSONValue(time.milliseconds) }
    }
    if let fps { object["fps"] = JSONValue(fps) }
    if let mediaResolution { object["mediaResolution"] = .string(mediaResolution) }
    if let serviceTier { object["serviceTier"] = .string(serviceTier) }
    if let thinkingLevel { object["thinkingLevel"] = .string(thinkingLevel) }
    return .object(object)
  }
}
