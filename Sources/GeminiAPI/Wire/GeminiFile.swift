public import OrderedJSON

/// A file kept by the service, for two days.
public struct GeminiFile: Hashable, Sendable {
  /// How far the service is with a file.
  public struct State: WireName {
    /// The value as the wire spells it.
    public let rawValue: String

    /// The value spelled so on the wire.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Being prepared; not to be used yet.
    public static let processing = Self(rawValue: "PROCESSING")
    /// Ready for use.
    public static let active = Self(rawValue: "ACTIVE")
    /// Could not be prepared.
    public static let failed = Self(rawValue: "FAILED")
  }

  /// `files/` and an id.
  public var name: String
  /// The address to put into a request.
  public var uri: String
  /// What the file is.
  public var mimeType: String?
  /// A name for people.
  public var displayName: String?
  /// The length in bytes.
  public var sizeBytes: Int?
  /// How far the service is with it; `nil` when it did not say, as after an upload.
  public var state: State?
  /// When it came (RFC 3339).
  public var createTime: String?
  /// When it vanishes (RFC 3339).
  public var expirationTime: String?
  /// The service's SHA-256 of the contents, as base64 of hexadecimal digits.
  public var sha256Hash: String?
  /// `UPLOADED`, `GENERATED` or `REGISTERED`.
  public var source: String?
  /// The length of a video.
  public var videoDuration: Duration?
  /// Why it could not be prepared.
  public var failure: String?

  /// Reads a file; `nil` when it has no name.
  public init?(json: JSONValue) {
    guard let wire = WireObject(json), let name = wire.string("name") else { return nil }
    self.name = name
    uri = wire.string("uri") ?? ""
    mimeType = wire.string("mimeType")
    displayName = wire.string("displayName")
    sizeBytes = wire.int("sizeBytes")
    state = wire.string("state").map(State.init(rawValue:))
    createTime = wire.string("createTime")
    expirationTime = wire.string("expirationTime")
    sha256Hash = wire.string("sha256Hash")
    source = wire.string("source")
    videoDuration = wire.object("videoMetadata")?.string("videoDuration")
      .flatMap(WireDuration.duration)
    failure = wire.object("error")?.string("message")
  }
}
