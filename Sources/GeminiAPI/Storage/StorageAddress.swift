/// An object of Cloud Storage, or the beginning of the names of many.
public struct StorageAddress: Hashable, Sendable, CustomStringConvertible {
  /// The bucket.
  public let bucket: String
  /// The object's name, or the beginning of one; may hold slashes, may be empty.
  public let name: String

  /// Reads `gs://bucket/name`.
  ///
  /// - Throws: ``GeminiError`` with the code `invalidConfiguration`.
  public init(parsing text: String) throws {
    let parts = text.dropFirst(5).split(
      separator: "/",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    guard text.hasPrefix("gs://"), let bucket = parts.first, !bucket.isEmpty,
      bucket.allSatisfy(allowed.contains)
    else {
      throw GeminiError(
        .invalidConfiguration,
        "\(String(text.prefix(100)).debugDescription) is no place in Cloud Storage",
        remedy: "write it as gs://bucket/folder"
      )
    }
    self.bucket = String(bucket)
    name = parts.count == 2 ? String(parts[1]) : ""
  }

  init(bucket: String, name: String) { (self.bucket, self.name) = (bucket, name) }

  /// The address as `gs://bucket/name`.
  public var description: String { "gs://\(bucket)/\(name)" }

  /// The address that this one is below.
  public var parent: StorageAddress {
    let names = name.split(separator: "/").dropLast()
    return StorageAddress(bucket: bucket, name: names.joined(separator: "/"))
  }

  /// An address below this one.
  public func appending(_ path: String) -> StorageAddress {
    let separator = name.isEmpty || name.hasSuffix("/") ? "" : "/"
    return StorageAddress(bucket: bucket, name: name + separator + path)
  }
}
