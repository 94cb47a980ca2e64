internal import CZip

/// A ZIP archive being put together in memory.
final class ZipArchive {
  /// How much time is spent on making it small.
  enum Level: UInt32 {
    /// As much as zlib does when nobody says.
    case usual = 0
    /// The least: sheets of many rows become a fifth larger, in half the time.
    case fast = 1
  }

  private let level: Level
  private let archive: OpaquePointer?
  private let source: OpaquePointer?
  /// What was added; libzip reads it when the archive is closed.
  private var parts: [UnsafeMutableRawBufferPointer] = []

  init(level: Level = .usual) {
    self.level = level
    source = zip_source_buffer_create(nil, 0, 0, nil)
    // Kept beyond the archive's own use, so that it can be read after closing.
    zip_source_keep(source)
    archive = zip_open_from_source(source, ZIP_TRUNCATE, nil)
  }

  deinit {
    zip_source_free(source)
    for part in parts { part.deallocate() }
  }

  /// Adds a file with the earliest time that the format knows, so that the same parts give the same
  /// bytes.
  func add(_ name: String, _ bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    parts.append(copy)
    let part = zip_source_buffer(archive, copy.baseAddress, zip_uint64_t(bytes.count), 0)
    let index = zip_file_add(archive, name, part, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else { return }
    // 1980-01-01 00:00 UTC.
    zip_file_set_mtime(archive, zip_uint64_t(index), 315_532_800, 0)
    zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_DEFLATE, level.rawValue)
  }

  /// Ends the archive; empty when libzip could not write it.
  func finish() -> [UInt8] {
    guard zip_close(archive) == 0, zip_source_open(source) == 0 else { return [] }
    defer { zip_source_close(source) }
    zip_source_seek(source, 0, SEEK_END)
    let size = Int(zip_source_tell(source))
    zip_source_seek(source, 0, SEEK_SET)
    return [UInt8](unsafeUninitializedCapacity: max(0, size)) { buffer, count in
      count = max(0, Int(zip_source_read(source, buffer.baseAddress, zip_uint64_t(buffer.count))))
    }
  }
}
