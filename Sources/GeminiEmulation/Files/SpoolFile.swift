internal import Digests
internal import HostSystem

/// A file being filled, with the digest of what is in it.
final class SpoolFile {
  var path: String { file.path }
  private(set) var size = 0
  private let file: OpenFile
  private var hash = SHA256()

  /// Makes the file anew; `nil` when it cannot be.
  init?(path: String) {
    guard let file = try? OpenFile(path, for: .replacing) else { return nil }
    self.file = file
  }

  /// Appends bytes; `false` when the disk is full.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard (try? file.write(bytes)) != nil else { return false }
    hash.update(bytes)
    size += bytes.count
    return true
  }

  /// Cuts the file back to a length.
  func truncate(to length: Int) {
    guard length < size, (try? file.truncate(to: length)) != nil else { return }
    size = 0
    hash = SHA256()
    while size < length {
      let piece = try? file.bytes(from: size, count: min(1 << 20, length - size))
      guard let piece, !piece.isEmpty else { return }
      hash.update(piece)
      size += piece.count
    }
  }

  /// The digest of the whole file as 64 digits; call once, at the end.
  func digest() -> String { SHA256.hexadecimal(hash.finalize()) }
}
