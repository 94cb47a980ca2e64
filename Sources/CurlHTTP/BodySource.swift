internal import GeminiAPI

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Supplies the bytes of a request's body to libcurl; used by the loop's thread only.
final class BodySource {
  private enum Storage {
    case bytes([UInt8])
    case file(descriptor: Int32, offset: Int)
  }

  private let storage: Storage
  private let count: Int
  private let onBytesSent: (@Sendable (Int) -> Void)?
  private var position = 0

  /// - Throws: ``TransportError`` when the file cannot be opened or is shorter than the run asked for.
  init(_ body: HTTPRequest.Body, onBytesSent: (@Sendable (Int) -> Void)?) throws {
    count = body.count
    self.onBytesSent = onBytesSent
    switch body {
    case .none: storage = .bytes([])
    case .bytes(let bytes): storage = .bytes(bytes)
    case .file(let range):
      storage = .file(descriptor: try Self.open(range), offset: range.offset)
    }
  }

  deinit {
    if case .file(let descriptor, _) = storage { close(descriptor) }
  }

  private static func open(_ range: HTTPRequest.FileRange) throws -> Int32 {
    let descriptor = openForReading(range.path)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw TransportError(.unreadableBody, "\(range.path) cannot be opened: \(reason)")
    }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= range.offset + range.length else {
      close(descriptor)
      throw TransportError(
        .unreadableBody,
        "\(range.path) has \(size) bytes, \(range.offset + range.length) are to be sent"
      )
    }
    return descriptor
  }

  func seek(to offset: Int) { position = min(max(0, offset), count) }

  /// Fills the buffer; returns the number of bytes, 0 at the end, `nil` when the file has changed.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let wanted = min(buffer.count, count - position)
    guard wanted > 0 else { return 0 }
    let taken: Int
    switch storage {
    case .bytes(let bytes):
      bytes.withUnsafeBytes { all in
        buffer.copyMemory(from: .init(rebasing: all[position..<position + wanted]))
      }
      taken = wanted
    case .file(let descriptor, let offset):
      taken = pread(descriptor, buffer.baseAddress, wanted, off_t(offset + position))
      guard taken > 0 else { return nil }
    }
    position += taken
    onBytesSent?(position)
    return taken
  }
}

private func openForReading(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }
