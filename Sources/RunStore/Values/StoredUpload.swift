#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A file that a service keeps for a while.
public struct StoredUpload: Hashable, Sendable {
  /// Whose file it is: the service and a mark of the key.
  public var account: String
  /// The service's name for it, `files/` and an id.
  public var name: String
  /// SHA-256 of the contents, as hexadecimal digits.
  public var digest: String
  /// The length in bytes.
  public var size: Int
  /// When the service forgets it.
  public var expiresAt: Date

  /// A file that a service keeps.
  public init(account: String, name: String, digest: String, size: Int, expiresAt: Date) {
    self.account = account
    self.name = name
    self.digest = digest
    self.size = size
    self.expiresAt = expiresAt
  }
}

/// A state of a local file, whose digest need not be computed again while it lasts.
public struct KnownFile: Hashable, Sendable {
  /// The path from the root, without links.
  public var path: String
  /// The length in bytes.
  public var size: Int
  /// When it was last written, in nanoseconds since 1970.
  public var modified: Int

  /// A state of a local file.
  public init(path: String, size: Int, modified: Int) {
    self.path = path
    self.size = size
    self.modified = modified
  }
}
