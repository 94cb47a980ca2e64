internal import GeminiAPI
internal import HostSystem

/// Supplies the bytes of a request's body to libcurl; used by the loop's thread only.
final class BodySource {
  private enum Storage {
    case bytes([UInt8])
    case file(OpenFile, offset: Int)
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
      storage = .file(try Self.open(range), offset: range.offset)
    }
  }

  private static func open(_ range: HTTPRequest.FileRange) throws -> OpenFile {
    do {
      let file = try OpenFile(range.path)
      let size = try file.size()
      guard size >= range.offset + range.length else {
        throw TransportError(
          .unreadableBody,
          "\(range.path) has \(size) bytes, \(range.offset + range.length) are to be sent"
        )
      }
      return file
    } catch let failure as SystemFailure {
      throw TransportError(
        .unreadableBody,
        "\(range.path) cannot be opened: \(failure.reason)"
      )
    }
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
    case .file(let file, let offset):
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      taken = (try? file.read(into: room, at: offset + position)) ?? 0
      guard taken > 0 else { return nil }
    }
    position += taken
    onBytesSent?(position)
    return taken
  }
}
