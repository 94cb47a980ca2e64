/// Where the media of a request is.
public enum VideoSource: Hashable, Sendable {
  /// A public video, by its id of eleven characters.
  case youTube(String)
  /// A file on the web, by its direct https address; it may carry a signature.
  case webURL(String)
  /// An object in Cloud Storage, as `gs://bucket/object`.
  case cloudStorage(String)
  /// An object in S3 or a service like it, as `s3://bucket/object`.
  case s3(String)
  /// A file kept by the service, as `files/ID`.
  case uploadedFile(String)
  /// A file of this machine, by its path.
  case localFile(String)

  /// Reads what a user wrote; links to pages about a file become links to the file.
  ///
  /// - Throws: ``GeminiError`` with the code `unsupportedSource` for addresses that lead to no
  ///   file.
  public init(parsing text: String) throws {
    let text = String(
      text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    )
    if let id = YouTubeAddress.videoID(in: text) {
      self = .youTube(try Self.checked(id))
    } else if YouTubeAddress.isYouTube(text) {
      throw Self.refused(
        "\(text) names no video: channels and playlists cannot be transcribed at once",
        "name one video, as in https://www.youtube.com/watch?v=ID"
      )
    } else if let service = StorageService(of: text) {
      let object = try Self.checkedObject(text, of: service)
      self = service == .s3 ? .s3(object) : .cloudStorage(object)
    } else if text.hasPrefix("file://") {
      self = .localFile(PercentEncoding.decoded(text.dropFirst(7)))
    } else if text.contains("://") {
      self = try Self.web(text)
    } else if text.hasPrefix("files/"), !text.dropFirst(6).contains(where: { "/.".contains($0) }) {
      self = .uploadedFile(text)
    } else if text.isEmpty {
      throw Self.refused("an empty text is no source", "name a file or an address")
    } else {
      self = .localFile(text)
    }
  }

  private static func checked(_ id: String) throws -> String {
    guard YouTubeAddress.isWellFormed(id) else {
      throw refused(
        "\(id) is not the id of a YouTube video, which has 11 characters",
        "copy the address of the video again"
      )
    }
    return id
  }

  private static func checkedObject(_ text: String, of service: StorageService) throws -> String {
    let parts = text.dropFirst(5).split(separator: "/", maxSplits: 1)
    guard parts.count == 2, !text.dropFirst(5).hasPrefix("/"), !text.hasSuffix("/") else {
      throw refused("\(text) names no object", "write it as \(service.prefix)bucket/path/video.mp4")
    }
    return text
  }

  private static func web(_ text: String) throws -> VideoSource {
    guard let address = WebAddress(international: text) else {
      throw refused(
        "\(Redaction.url(text)) is no address that can be read",
        "use https, gs://, s3:// or the path of a file"
      )
    }
    guard address.scheme == "https" else {
      throw refused(
        "\(Redaction.url(text)) is plain http, which the service does not fetch",
        "use its https address, or download the file and name that"
      )
    }
    let path = address.path.split(separator: "/")
    if address.host == "generativelanguage.googleapis.com", path.count == 3, path[1] == "files" {
      return .uploadedFile("files/\(path[2])")
    }
    return .webURL(PageLink.direct(address).text)
  }

  private static func refused(_ message: String, _ remedy: String) -> GeminiError {
    GeminiError(.unsupportedSource, message, remedy: remedy)
  }
}

extension VideoSource {
  /// The second at which an address asks its player to begin, which the service does not heed;
  /// `nil` for one that does not.
  public static func startAsked(in text: String) -> Int? { YouTubeAddress.start(in: text) }

  /// The object in a bucket that has to be read for a backend, since its service does not read it there;
  /// `nil` for other sources.
  package func objectToRead(
    for backend: GeminiConfiguration.Backend
  ) throws -> StorageAddress? {
    switch self {
    case .cloudStorage(let text) where backend == .aiStudio: try StorageAddress(parsing: text)
    case .s3(let text): try StorageAddress(parsing: text, of: [.s3])
    default: nil
    }
  }

  /// What kind it is, as documents and the run store spell it.
  package var kind: String {
    switch self {
    case .youTube: "youtube"
    case .webURL: "https"
    case .cloudStorage: "gs"
    case .s3: "s3"
    case .uploadedFile: "files-api"
    case .localFile: "file"
    }
  }

  /// What the source is at another time: a signed address without what signs it.
  package var identity: String {
    guard case .webURL(let text) = self else { return description }
    return Redaction.url(SignedAddress(text)?.unsigned ?? text)
  }
}

extension VideoSource: CustomStringConvertible {
  /// The source as one may show it: signatures left out.
  public var description: String {
    switch self {
    case .youTube: address ?? ""
    case .webURL(let text): Redaction.url(text)
    case .cloudStorage(let text), .s3(let text), .uploadedFile(let text), .localFile(let text):
      text
    }
  }

  /// The address the service fetches the media from; `nil` for local files and uploaded ones.
  public var address: String? {
    switch self {
    case .youTube(let id): "https://www.youtube.com/watch?v=\(id)"
    case .webURL(let text), .cloudStorage(let text): text
    case .s3, .uploadedFile, .localFile: nil
    }
  }

  /// The name of the file or object without its ending, as its owner spelled it; may be empty, and
  /// is not fit for a file name until it is cleaned.
  public var stem: String {
    let name: Substring
    switch self {
    case .youTube(let id): return "youtube-\(id)"
    case .webURL(let text):
      let address = WebAddress(text)
      let last = address?.path.split(separator: "/").last ?? ""
      name = PercentEncoding.decoded(last)[...]
    case .cloudStorage(let text), .s3(let text), .uploadedFile(let text), .localFile(let text):
      name = text.split(separator: "/").last ?? ""
    }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return String(name) }
    return String(name[..<dot])
  }
}
