/// An object in a bucket as it was when it was looked at.
public struct StoredObject: Hashable, Sendable {
  /// Where it is.
  public let place: StorageAddress
  /// The length in bytes.
  public let size: Int
  /// What tells its contents from others that were or will be there.
  ///
  /// S3's ETag, Cloud Storage's generation; empty where the service told none.
  public let version: String

  /// An object as it was when it was looked at.
  ///
  /// - Parameters:
  ///   - place: Where it is.
  ///   - size: The length in bytes.
  ///   - version: S3's ETag or Cloud Storage's generation.
  public init(place: StorageAddress, size: Int, version: String) {
    (self.place, self.size, self.version) = (place, size, version)
  }

  /// What the object is at another time, as long as it is the same: its address and its version.
  package var identity: String { "\(place)#\(version.isEmpty ? "\(size)" : version)" }

  /// The object in the place of a local file, where it is noted what is known of files.
  package var file: LocalFile { LocalFile(path: identity, size: size, modified: 0) }
}

/// Reads objects in buckets.
public protocol ObjectReading: Sendable {
  /// Looks at an object.
  ///
  /// - Parameter place: Where it is.
  /// - Returns: The object, and its first bytes, of which there are enough to tell what it is.
  /// - Throws: ``GeminiError``; `CancellationError`.
  func look(at place: StorageAddress) async throws -> (object: StoredObject, head: [UInt8])

  /// Reads a part of an object, all of it or an error.
  ///
  /// - Parameters:
  ///   - object: The object as it was looked at; another one in its place is an error.
  ///   - range: The bytes, from 0 and within its size.
  /// - Throws: ``GeminiError``; `CancellationError`.
  func bytes(of object: StoredObject, _ range: Range<Int>) async throws -> [UInt8]

  /// What tells an object from others in its place, asked once and without a long wait.
  ///
  /// - Parameter place: Where it is.
  /// - Returns: Its version; `nil` where that cannot be told now.
  func version(of place: StorageAddress) async -> String?

  /// The objects whose names begin alike, in the order of their names.
  ///
  /// - Parameter place: The beginning of the names; one that ends with a slash is a folder.
  /// - Throws: ``GeminiError``; `CancellationError`.
  func objects(below place: StorageAddress) async throws -> [StoredObject]
}
