internal import Digests

extension LocalFile {
  /// Files up to this size are read whole.
  private static let wholeSize = 16 << 20
  private static let blockSize = 64 << 10
  private static let blockCount = 64

  /// What tells the contents from those of other files, as hexadecimal digits, wherever they lie.
  ///
  /// A digest of all of a file up to 16 MiB; of a larger one, of its size and 64 blocks of 64 KiB at
  /// even distances, first and last included. Media are compressed: an edit anywhere moves what
  /// follows, and a copy of a gigabyte is known in milliseconds.
  ///
  /// - Throws: ``GeminiError`` with the code `unreadableFile`.
  public func fingerprint() throws -> String {
    let digest = SHA256()
    digest.update("\(size)\n".utf8)
    if size <= Self.wholeSize {
      digest.update(try bytes(upTo: size))
    } else {
      let step = (size - Self.blockSize) / (Self.blockCount - 1)
      for block in 0..<Self.blockCount {
        digest.update(try bytes(from: block * step, count: Self.blockSize))
      }
    }
    return SHA256.hexadecimal(digest.finalize())
  }
}
