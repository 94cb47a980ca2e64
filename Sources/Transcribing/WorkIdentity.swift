internal import Digests
internal import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

/// What makes a transcription the same work at another time, so that it need not be done twice.
struct WorkIdentity {
  /// The digest, as hexadecimal digits.
  let digest: String
  /// The digest by which stores of the first version know the work; `nil` for work that they could
  /// not tell from other work.
  let earlierDigest: String?

  /// - Parameters:
  ///   - source: What is transcribed.
  ///   - earlierSource: The same as the first version named it.
  ///   - settings: What is asked for, with what the prompt adds.
  ///   - asked: What the user said of it.
  ///   - duration: The length of the source when it was found out rather than said.
  init(
    source: String,
    earlierSource: String,
    prompt: ExtractionPrompt,
    settings: RequestSettings,
    asked: RequestSettings,
    probed duration: Timecode?,
    configuration: GeminiConfiguration
  ) {
    let schema = SHA256.hexadecimal(of: prompt.schema.responseJSONSchema.rendered())
    let parts: JSONObject = [
      "version": JSONValue(RequestSettings.identityVersion),
      "source": .string(source),
      "prompt": .string(prompt.digest),
      "schema": .string(schema),
      "service": .string(configuration.serviceIdentity),
      "settings": settings.told(by: prompt, probed: duration).identityJSON,
    ]
    digest = SHA256.hexadecimal(of: JSONValue.object(parts).rendered())
    earlierDigest = asked.firstIdentityJSON.map { settings in
      let parts: JSONValue = [
        "source": .string(earlierSource),
        "prompt": .string(prompt.digest),
        "schema": .string(schema),
        "model": .string(asked.model ?? prompt.model ?? Transcriber.defaultModel),
        "backend": .string("\(configuration.backend.firstSpelling) \(configuration.baseURL)"),
        "settings": settings,
      ]
      return SHA256.hexadecimal(of: parts.rendered())
    }
  }
}

extension RequestSettings {
  /// The settings without what makes no difference: times that are those of the whole source, and
  /// values of variables that the prompt has anyhow.
  fileprivate func told(by prompt: ExtractionPrompt, probed: Timecode?) -> RequestSettings {
    var settings = self
    if let probed {
      settings.duration = nil
      if let end, end >= probed { settings.end = nil }
    } else if let end, let duration, end >= duration {
      settings.end = nil
    }
    let usual = prompt.template.metadata.inputDefaults
    settings.parameters = JSONObject(
      parameters.members.filter { usual[$0.key] != $0.value }.sorted { $0.key < $1.key }
        .map { ($0.key, $0.value) }
    )
    return settings
  }
}

extension GeminiConfiguration {
  /// Who answers: an emulator's answer is not the service's, but Google's own is the same from each
  /// of its addresses.
  fileprivate var serviceIdentity: String {
    let platform = backend.platform.rawValue
    return isGoogles ? platform : "\(platform) \(baseURL)"
  }
}

/// What tells the contents of a local file, or of an object in a bucket, from those of others.
///
/// Addresses stand for themselves, files for what is in them, objects for their address and version.
struct SourceContent: Hashable, Sendable {
  /// The length in bytes.
  let size: Int
  /// `LocalFile.fingerprint()`, or a digest of an object's address and version.
  let fingerprint: String

  /// `nil` for sources that are neither local files nor objects that were looked at.
  init?(of video: VideoSource, _ object: StoredObject?) throws {
    if let object {
      (size, fingerprint) = (object.size, SHA256.hexadecimal(of: object.identity))
      return
    }
    guard case .localFile(let path) = video else { return nil }
    let file = try LocalFile(path: path)
    size = file.size
    fingerprint = try file.fingerprint()
  }
}
