internal import CZip

/// Reads files of an archive that may be made to do harm.
final class ZipReader {
  /// The most bytes that all files read may have together.
  private static let limit = 512 << 20
  /// The most by which a file of some size may have been packed: text packs by ten or so, a bomb by a
  /// thousand.
  private static let greatestRatio = 200
  /// Below this size the ratio says nothing.
  private static let smallSize = 1 << 20

  private let archive: OpaquePointer
  private let bytes: UnsafeMutableRawBufferPointer
  private var size = 0

  init(_ content: [UInt8]) throws(ImportError) {
    bytes = .allocate(byteCount: max(1, content.count), alignment: 1)
    bytes.copyBytes(from: content)
    let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(content.count), 0, nil)
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
      zip_source_free(source)
      bytes.deallocate()
      throw ImportError("it is a damaged archive")
    }
    self.archive = archive
  }

  deinit {
    zip_discard(archive)
    bytes.deallocate()
  }

  /// The names of all files in it.
  var names: [String] {
    let count = max(0, zip_get_num_entries(archive, 0))
    return (0..<count).compactMap { index in
      zip_get_name(archive, zip_uint64_t(index), 0).map { String(cString: $0) }
    }
  }

  /// The bytes of a file; `nil` when there is none of that name.
  func read(_ name: String) throws(ImportError) -> [UInt8]? {
    var facts = zip_stat_t()
    guard zip_stat(archive, name, 0, &facts) == 0 else { return nil }
    let length = Int(clamping: facts.size)
    let packed = max(1, Int(clamping: facts.comp_size))
    size += length
    guard size <= Self.limit, length < Self.smallSize || length / packed <= Self.greatestRatio
    else { throw ImportError("“\(name)” in it would be \(length) bytes, from \(packed)") }
    guard let file = zip_fopen(archive, name, 0) else {
      throw ImportError("“\(name)” in it cannot be unpacked")
    }
    defer { zip_fclose(file) }
    var count = 0
    let content = [UInt8](unsafeUninitializedCapacity: length) { buffer, used in
      while count < length {
        let read = zip_fread(
          file,
          buffer.baseAddress?.advanced(by: count),
          zip_uint64_t(length - count)
        )
        guard read > 0 else { break }
        count += Int(read)
      }
      used = count
    }
    guard count == length else { throw ImportError("“\(name)” in it cannot be unpacked") }
    return content
  }
}
