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

  /// What a local source holds; `nil` for addresses.
  let content: SourceContent?

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
    content = try SourceContent(of: video)
    parts = [
      "source": .string(content?.fingerprint ?? video.description),
      "prompt": .string(prompt.template.digest),
      "schema": .string(SHA256.hexadecimal(of: prompt.schema.responseJSONSchema.rendered())),
      "model": .string(model),
      // An emulator's answer is not the service's.
      "backend": .string("\(configuration.backend) \(configuration.baseURL)"),
      "settings": settings.json,
    ]
  }
}

/// What tells the contents of a local file from those of others.
///
/// Addresses stand for themselves, files for what is in them.
struct SourceContent: Hashable, Sendable {
  /// The length in bytes.
  let size: Int
  /// `LocalFile.fingerprint()`.
  let fingerprint: String

  /// `nil` for sources that are no local files.
  init?(of video: VideoSource) throws {
    guard case .localFile(let path) = video else { return nil }
    let file = try LocalFile(path: path)
    size = file.size
    fingerprint = try file.fingerprint()
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
