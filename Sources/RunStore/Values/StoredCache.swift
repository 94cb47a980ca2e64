#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A note that a cache of our own is about to be created at a service, or was.
///
/// It is written before the cache and removed after it, so that no crash leaves one to be paid for
/// by the hour.
public struct StoredCache: Hashable, Sendable {
  /// Names the note, and the cache to people and to us.
  public var label: String
  /// Whose caches they are: the service and a mark of the key.
  public var account: String
  /// The cache; `nil` until the service has named it.
  public var name: String?
  /// When it vanishes by itself.
  public var expiresAt: Date
  /// The process that keeps it.
  public var process: ProcessIdentity

  /// A note, by this process unless told otherwise.
  public init(
    label: String,
    account: String,
    name: String? = nil,
    expiresAt: Date,
    process: ProcessIdentity = .current
  ) {
    self.label = label
    self.account = account
    self.name = name
    self.expiresAt = expiresAt
    self.process = process
  }
}
