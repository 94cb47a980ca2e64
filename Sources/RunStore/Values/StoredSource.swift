/// A video or audio as the store knows it.
public struct StoredSource: Hashable, Sendable {
  /// Where it is, as a person would write it: a path or a URL without secrets.
  public var uri: String
  /// `file`, `https`, `youtube`, `gs` or `files-api`.
  public var kind: String
  /// The stem of output files.
  public var stem: String
  /// The digest of the content, in hexadecimal, when the content is at hand.
  public var contentHash: String?
  /// The size in bytes, when known.
  public var size: Int?
  /// The media type, when known.
  public var mimeType: String?
  /// The length in milliseconds, when known.
  public var durationMS: Int?
  /// A title to show, when one is known.
  public var title: String?
  /// When it was recorded, RFC 3339 in UTC, when known.
  public var recordedAt: String?

  /// A source.
  public init(
    uri: String,
    kind: String,
    stem: String,
    contentHash: String? = nil,
    size: Int? = nil,
    mimeType: String? = nil,
    durationMS: Int? = nil,
    title: String? = nil,
    recordedAt: String? = nil
  ) {
    self.uri = uri
    self.kind = kind
    self.stem = stem
    self.contentHash = contentHash
    self.size = size
    self.mimeType = mimeType
    self.durationMS = durationMS
    self.title = title
    self.recordedAt = recordedAt
  }
}
