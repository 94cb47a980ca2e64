internal import HostSystem

/// A file of this machine, read without surprises.
public struct LocalFile: Hashable, Sendable {
  /// Where it is.
  public let path: String
  /// The length in bytes.
  public let size: Int
  /// When it was last written, in nanoseconds since 1970.
  public let modified: Int

  package init(path: String, size: Int, modified: Int) {
    self.path = path
    self.size = size
    self.modified = modified
  }

  /// Looks at a file.
  ///
  /// - Throws: ``GeminiError`` with the code `unreadableFile` when it is missing, a folder, or
  ///   closed to us.
  public init(path: String) throws {
    do {
      guard let facts = try FileFacts(readable: path) else {
        throw GeminiError(
          .unreadableFile,
          "\(path) is no file",
          remedy: "name a video or audio file"
        )
      }
      self.init(path: path, size: facts.size, modified: facts.modified)
    } catch let failure as SystemFailure {
      throw Self.failure(failure)
    }
  }

  /// The same file by its path from the root, without links.
  var resolved: LocalFile {
    LocalFile(path: HostFiles.resolved(path), size: size, modified: modified)
  }

  /// The first bytes, or all of them when there are fewer.
  ///
  /// - Throws: ``GeminiError`` with the code `unreadableFile`.
  public func bytes(upTo limit: Int) throws -> [UInt8] { try bytes(from: 0, count: limit) }

  /// The bytes from a place on, or those that are left when there are fewer.
  func bytes(from start: Int, count limit: Int) throws -> [UInt8] {
    do {
      return try OpenFile(path).bytes(from: start, count: min(limit, size - start))
    } catch {
      throw Self.failure(error)
    }
  }

  /// Hands the contents to a closure in pieces of 1 MiB.
  func forEachPiece(_ body: (ArraySlice<UInt8>) -> Void) async throws {
    do {
      let file = try OpenFile(path)
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        try Task.checkCancellation()
        let piece = try file.nextPiece(&buffer)
        guard !piece.isEmpty else { return }
        body(piece)
        await Task.yield()
      }
    } catch let failure as SystemFailure {
      throw Self.failure(failure)
    }
  }

  private static func failure(_ failure: SystemFailure) -> GeminiError {
    GeminiError(
      .unreadableFile,
      "\(failure.path) cannot be \(failure.isMissing ? "found" : "read"): \(failure.reason)",
      remedy: "check the path and the permissions"
    )
  }
}
