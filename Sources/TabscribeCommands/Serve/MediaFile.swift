internal import GeminiAPI
internal import HostSystem
internal import LoopbackHTTP
internal import RunStore

/// The local file that an item was made of, while it is there.
struct MediaFile {
  let path: String
  let size: Int
  let type: String

  /// The file; `nil` when the source is no local file, or it is gone or another by its contents.
  ///
  /// The path comes from the run, never from a request.
  init?(
    _ item: StoredItem,
    in store: RunStore,
    _ files: KnownFiles
  ) throws(RunStoreError) {
    let source = item.item.source
    guard source.kind == "file", let run = try store.run(item.run) else { return nil }
    let path = FilePath.joined(run.summary.workingFolder, source.uri)
    guard let file = try? LocalFile(path: path) else { return nil }
    if let known = source.size, known != file.size { return nil }
    if let known = source.contentHash, known != files.fingerprint(of: file) { return nil }
    self.path = path
    size = file.size
    type = Self.mediaType(source.mimeType)
  }

  /// Only media types are handed out: a page among the sources must not be shown as one.
  private static func mediaType(_ stated: String?) -> String {
    guard let stated, stated.hasPrefix("video/") || stated.hasPrefix("audio/") else {
      return "application/octet-stream"
    }
    return stated
  }

  func reply(to head: RequestHead) -> HTTPReply {
    .file(path: path, size: size, type: type, range: head.headers["Range"])
  }
}

/// The fingerprints of files that were looked at, taken anew when a file was written.
final class KnownFiles: Sendable {
  private let fingerprints = Lock<[LocalFile: String]>([:])

  /// More files than a library plays at a time.
  private static let most = 1000

  /// The fingerprint of a file's contents; `nil` when it cannot be read.
  func fingerprint(of file: LocalFile) -> String? {
    if let known = fingerprints.withLock({ $0[file] }) { return known }
    guard let fingerprint = try? file.fingerprint() else { return nil }
    fingerprints.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[file] = fingerprint
    }
    return fingerprint
  }
}
