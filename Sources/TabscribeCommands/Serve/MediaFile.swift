internal import LoopbackHTTP
internal import RunStore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The local file that an item was made of, while it is there.
struct MediaFile {
  let path: String
  let size: Int
  let type: String

  /// The file; `nil` when the source is no local file, or it is gone or another by its size.
  ///
  /// The path comes from the run, never from a request.
  init?(_ item: StoredItem, in store: RunStore) throws(RunStoreError) {
    let source = item.item.source
    guard source.kind == "file", let run = try store.run(item.run) else { return nil }
    let path = FilePath.joined(run.summary.workingFolder, source.uri)
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = Int(facts.st_size)
    if let known = source.size, known != size { return nil }
    self.path = path
    self.size = size
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
