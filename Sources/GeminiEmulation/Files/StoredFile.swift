internal import OrderedJSON
internal import PlainText

/// A file that a client uploaded, or that a batch produced.
struct StoredFile: Sendable {
  enum Source: String, Sendable {
    case uploaded = "UPLOADED"
    case generated = "GENERATED"
    case registered = "REGISTERED"
  }

  let id: String
  let displayName: String?
  let mimeType: String
  let size: Int
  /// The SHA-256 as 64 digits.
  let digest: String
  let source: Source
  /// Where the contents lie on disk.
  let path: String
  let created: Double
  let facts: EmulatedMedia
  /// Why the contents cannot be used; `nil` when they can.
  let fault: String?
  /// How many more times the file is reported as being processed.
  var pollsLeft: Int
  /// When processing ends on the clock, however often it is asked about.
  var activeAt: Double

  /// Seconds until the service deletes a file.
  static let lifetime = 48.0 * 3600

  func state(at now: Double) -> String {
    if pollsLeft > 0, now < activeAt { return "PROCESSING" }
    return fault == nil ? "ACTIVE" : "FAILED"
  }

  /// The file as the service describes it.
  func json(baseURL: String, version: String, at now: Double) -> JSONObject {
    let state = state(at: now)
    let uri = "\(baseURL)/\(version)/files/\(id)"
    var object: JSONObject = ["name": JSONValue("files/\(id)")]
    object["displayName"] = displayName.map { JSONValue($0) }
    object["mimeType"] = JSONValue(mimeType)
    object["sizeBytes"] = JSONValue(String(size))
    object["createTime"] = JSONValue(Timestamp.rendered(created))
    object["updateTime"] = JSONValue(Timestamp.rendered(created))
    object["expirationTime"] = JSONValue(Timestamp.rendered(created + Self.lifetime))
    object["sha256Hash"] = JSONValue(Base64.encoded(digest.hexadecimalBytes))
    object["uri"] = JSONValue(uri)
    if source == .generated { object["downloadUri"] = JSONValue(uri + ":download?alt=media") }
    object["state"] = JSONValue(state)
    object["source"] = JSONValue(source.rawValue)
    if state == "ACTIVE", facts.durationMS > 0, facts.hasVideo {
      object["videoMetadata"] = [
        "videoDuration": JSONValue(Milliseconds.duration(facts.durationMS))
      ]
    }
    if state == "FAILED", let fault {
      object["error"] = ["code": 3, "message": JSONValue(fault)]
    }
    return object
  }
}

extension String {
  /// The bytes that pairs of hexadecimal digits stand for.
  var hexadecimalBytes: [UInt8] {
    let digits = Array(utf8).map { byte in
      UInt8(Character(Unicode.Scalar(byte)).hexDigitValue ?? 0)
    }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
