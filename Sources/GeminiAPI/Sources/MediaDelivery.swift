/// How the media of a request gets to the service.
public enum MediaDelivery: Hashable, Sendable {
  /// The service fetches it.
  case reference(FileData)
  /// It goes within the request.
  case inline(LocalFile, mimeType: String)
  /// An object in a bucket that goes within the request.
  case inlineObject(StoredObject, mimeType: String)
  /// It is uploaded first.
  case upload(FileUpload)
  /// It has been uploaded, under this name.
  case uploaded(name: String)
  /// There is none: everything that is asked about stands in the request.
  case nothing

  /// The most bytes of media sent within a request.
  ///
  /// The service takes requests of 20 MiB; base64 makes a third more of the media, and the prompt
  /// has to fit in beside it. Read 2026-11.
  public static let inlineLimit = 14_000_000

  /// The most bytes of a file that the service keeps (20 GB for paying projects, 2026-09).
  package static let uploadLimit = 20_000_000_000

  /// Decides how a source is delivered; reads the first bytes of local files, nothing else.
  ///
  /// - Parameters:
  ///   - source: Where the media is.
  ///   - backend: Which service it is for.
  ///   - inlineLimit: The most bytes sent within the request; 0 uploads everything.
  /// - Throws: ``GeminiError`` when the backend cannot take the source, or a local file is missing,
  ///   empty, or no media.
  public init(
    of source: VideoSource,
    backend: GeminiConfiguration.Backend,
    inlineLimit: Int = Self.inlineLimit
  ) throws {
    switch (source, backend) {
    case (.youTube, _):
      self = .reference(FileData(fileUri: source.address ?? "", mimeType: "video/*"))
    case (.webURL(let text), _):
      let type = WebAddress(text).flatMap { MediaType.named($0.path) }
      self = .reference(FileData(fileUri: text, mimeType: type ?? "video/mp4"))
    case (.cloudStorage(let text), .agentPlatform):
      self = .reference(FileData(fileUri: text, mimeType: MediaType.named(text) ?? "video/mp4"))
    case (.cloudStorage(let text), .aiStudio), (.s3(let text), _):
      throw GeminiError(
        .unsupportedSource,
        "\(text) lies in a bucket, which has to be read before it is known how it gets to the service",
        remedy: "look at the object, and decide by what was seen"
      )
    case (.uploadedFile(let name), .aiStudio): self = .uploaded(name: name)
    case (.uploadedFile(let name), .agentPlatform):
      throw GeminiError(
        .unsupportedSource,
        "\(name) is kept by the Gemini API, which Agent Platform cannot read",
        remedy: "name the file in Cloud Storage as gs://bucket/file"
      )
    case (.localFile(let path), _):
      self = try Self.local(path, backend: backend, inlineLimit: inlineLimit)
    }
  }

  /// Decides how an object in a bucket is delivered that the service does not fetch.
  ///
  /// - Parameters:
  ///   - object: The object as it was looked at.
  ///   - head: Its first bytes.
  ///   - backend: Which service it is for.
  ///   - inlineLimit: The most bytes sent within a request.
  /// - Throws: ``GeminiError`` when the object is empty, too large, or no media.
  public init(
    of object: StoredObject,
    head: [UInt8],
    backend: GeminiConfiguration.Backend,
    inlineLimit: Int = Self.inlineLimit
  ) throws {
    let name = object.place.description
    let type = try Self.type(of: name, size: object.size, head)
    guard backend != .aiStudio else {
      try Self.checkUploadSize(of: name, object.size)
      self = .upload(FileUpload(object, mimeType: type))
      return
    }
    guard object.size <= inlineLimit else { throw Self.tooLarge(name, object.size, inlineLimit) }
    self = .inlineObject(object, mimeType: type)
  }

  /// The media type of what is neither empty nor something else.
  private static func type(of name: String, size: Int, _ head: [UInt8]) throws -> String {
    guard size > 0 else {
      throw GeminiError(.unsupportedSource, "\(name) is empty", remedy: "name another file")
    }
    guard let type = MediaType.sniffed(head, path: name) else {
      throw GeminiError(
        .unsupportedSource,
        "\(name) does not begin like a video or audio file, whatever its name says",
        remedy: "convert it to MP4, WebM, MP3 or WAV"
      )
    }
    return type
  }

  private static func tooLarge(_ name: String, _ size: Int, _ limit: Int) -> GeminiError {
    GeminiError(
      .unsupportedSource,
      "\(name) has \(size) bytes; requests to Agent Platform hold up to \(limit)",
      remedy: "put it into a Cloud Storage bucket and name it as gs://bucket/file"
    )
  }

  private static func checkUploadSize(of name: String, _ size: Int) throws {
    guard size <= uploadLimit else {
      throw GeminiError(
        .unsupportedSource,
        "\(name) has \(size) bytes; the service keeps files of up to \(uploadLimit)",
        remedy: "reduce the picture's size, or send the sound only"
      )
    }
  }

  private static func local(
    _ path: String,
    backend: GeminiConfiguration.Backend,
    inlineLimit: Int
  ) throws -> MediaDelivery {
    let file = try LocalFile(path: path)
    let head = file.size > 0 ? try file.bytes(upTo: MediaType.headLength) : []
    let type = try type(of: path, size: file.size, head)
    if file.size <= inlineLimit { return .inline(file, mimeType: type) }
    guard backend == .aiStudio else { throw tooLarge(path, file.size, inlineLimit) }
    try checkUploadSize(of: path, file.size)
    let name = path.split(separator: "/").last.map(String.init)
    return .upload(FileUpload(path: path, size: file.size, mimeType: type, displayName: name))
  }
}
