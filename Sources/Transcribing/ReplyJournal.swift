internal import TranscriptModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The folder in which every reply is kept as it came, before anything is made of it.
public struct ReplyJournal: Sendable {
  /// The folder; made when the first reply is kept.
  public let folder: String

  /// A journal in a folder.
  public init(folder: String) { self.folder = folder }

  /// Begins to keep the reply of a run.
  ///
  /// - Throws: ``TranscriptionError`` with the code `storage`; nothing should be sent then.
  public func begin(run: String) throws(TranscriptionError) -> ReplyRecord {
    try makeFolder()
    let path = "\(folder)/\(run).reply"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    return ReplyRecord(path: path, descriptor: descriptor)
  }

  private func makeFolder() throws(TranscriptionError) {
    var path = folder.hasPrefix("/") ? "" : "."
    for name in folder.split(separator: "/") {
      path += "/\(name)"
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.failure(path, errno) }
    }
  }

  static func failure(_ path: String, _ code: Int32) -> TranscriptionError {
    TranscriptionError(
      .storage,
      "Replies cannot be kept in \(path): \(String(cString: strerror(code))).",
      remedy: "Make room there, or name another folder in TABSCRIBE_HOME."
    )
  }
}

/// A reply that is being written to disk while it arrives.
public final class ReplyRecord: Sendable {
  /// The file, for messages.
  public let path: String
  private let descriptor: Int32

  init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Adds what arrived.
  ///
  /// - Throws: ``TranscriptionError`` with the code `storage`.
  public func append(_ bytes: [UInt8]) throws(TranscriptionError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ReplyJournal.failure(path, errno) }
      written += count
    }
  }

  /// Makes sure that the reply survives a loss of power.
  ///
  /// - Throws: ``TranscriptionError`` with the code `storage`.
  public func synchronize() throws(TranscriptionError) {
    guard fsync(descriptor) == 0 else { throw ReplyJournal.failure(path, errno) }
  }
}
