/// A local file, or an object in a bucket, to be kept by the service.
public struct FileUpload: Hashable, Sendable {
  /// Where the file is; the address of an object.
  public var path: String
  /// The object whose contents are sent on as they are read; `nil` for a local file.
  public private(set) var object: StoredObject?
  /// The length in bytes.
  public var size: Int
  /// What the file is, such as `video/mp4`.
  public var mimeType: String
  /// A name for people, at most 512 characters.
  public var displayName: String?
  /// The most bytes sent with one request, rounded to what the service asks for.
  ///
  /// 64 MiB: a request's round trip then costs next to nothing, and a fault loses no more than
  /// what the service has not yet taken, since the client asks and goes on from there.
  public var chunkSize = 64 << 20

  /// A local file to be kept by the service.
  public init(path: String, size: Int, mimeType: String, displayName: String? = nil) {
    self.path = path
    self.size = size
    self.mimeType = mimeType
    self.displayName = displayName.map { String($0.prefix(512)) }
  }

  /// An object in a bucket to be kept by the service.
  ///
  /// - Parameters:
  ///   - object: The object as it was looked at.
  ///   - mimeType: What it is, such as `video/mp4`.
  public init(_ object: StoredObject, mimeType: String) {
    let name = object.place.name.split(separator: "/").last.map(String.init)
    self.init(
      path: object.place.description,
      size: object.size,
      mimeType: mimeType,
      displayName: name
    )
    self.object = object
    // Two of them are held in memory: one on its way to the service, one on its way from the bucket.
    chunkSize = 8 << 20
  }
}

/// How far an upload is.
public struct UploadProgress: Hashable, Sendable {
  /// Bytes handed over so far; may go back after a fault.
  public let sent: Int
  /// Bytes in all.
  public let total: Int
}
