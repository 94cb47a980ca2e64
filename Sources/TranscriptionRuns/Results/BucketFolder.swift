internal import GeminiAPI
internal import HostSystem
internal import ObjectStorage

/// The beginning of names in a bucket that results go below.
///
/// What is there is asked for once, when it is first needed; each result is put there by one request, whole
/// or not at all.
package final class BucketFolder: Sendable {
  private let place: StorageAddress
  private let storage: ObjectStorage
  private let known = Lock<Set<String>?>(nil)

  /// - Parameters:
  ///   - place: The beginning of the names.
  ///   - storage: Reads and writes.
  init(_ place: StorageAddress, _ storage: ObjectStorage) {
    (self.place, self.storage) = (place, storage)
  }

  /// Whether there is an object.
  ///
  /// - Parameter address: Its address, below this folder's.
  func isThere(_ address: String) async throws -> Bool {
    if let known = known.withLock({ $0 }) { return known.contains(address) }
    let folder = place.name.isEmpty ? place : place.appending("")
    let found = Set(try await storage.objects(below: folder).map { "\($0.place)" })
    return known.withLock { known in
      let all = (known ?? []).union(found)
      known = all
      return all.contains(address)
    }
  }

  /// The contents of an object.
  ///
  /// - Parameters:
  ///   - address: Its address.
  ///   - limit: The most bytes; more are cut.
  func contents(of address: String, limit: Int) async throws -> [UInt8] {
    let object = try await storage.look(at: Self.place(address)).object
    return try await storage.bytes(of: object, 0..<min(limit, object.size))
  }

  /// Puts an object into its place.
  ///
  /// - Returns: `false` when another one is there that is not to be replaced.
  func put(
    _ bytes: [UInt8],
    to address: String,
    type: String,
    isReplacing: Bool
  ) async throws -> Bool {
    let isThere = try await storage.put(
      bytes,
      at: Self.place(address),
      type: type,
      isReplacing: isReplacing
    )
    if isThere { known.withLock { known in _ = known?.insert(address) } }
    return isThere
  }

  private static func place(_ address: String) throws -> StorageAddress {
    try StorageAddress(parsing: address, of: Set(StorageService.allCases))
  }
}
