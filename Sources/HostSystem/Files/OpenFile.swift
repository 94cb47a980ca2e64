#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that is open, and closed when nothing refers to it any more.
///
/// One thread at a time may use it.
package final class OpenFile {
  /// What a file is opened for.
  package enum Purpose: Hashable, Sendable {
    /// To be read.
    case reading
    /// To be written anew and read, for the user alone: what was in it is gone.
    case replacing
    /// To be written at its end, for the user alone.
    case appending
    /// To be made and written, for whomever the user lets see new files.
    case making

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .replacing: O_RDWR | O_CREAT | O_TRUNC
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      case .making: O_WRONLY | O_CREAT | O_EXCL
      }
    }
  }

  /// The path as it was given.
  package let path: String
  private var descriptor: Int32

  /// Opens a file.
  package init(_ path: String, for purpose: Purpose = .reading) throws(SystemFailure) {
    self.path = path
    descriptor = open(path, purpose.flags | O_CLOEXEC, purpose == .making ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw .last(purpose == .reading ? "read" : "write", path) }
  }

  deinit { close() }

  /// Closes the file before its time.
  package func close() {
    if descriptor >= 0 { closeDescriptor(descriptor) }
    descriptor = -1
  }

  /// Hands the descriptor to somebody who closes it.
  package func release() -> Int32 {
    defer { descriptor = -1 }
    return descriptor
  }

  /// The length in bytes.
  package func size() throws(SystemFailure) -> Int {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .last("read", path) }
    return Int(facts.st_size)
  }

  /// Reads as many bytes as there are at once, from a place or from where the last call ended.
  ///
  /// - Returns: The number of bytes; 0 at the end.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer,
    at offset: Int? = nil
  ) throws(SystemFailure) -> Int {
    while true {
      let count =
        offset.map { pread(descriptor, buffer.baseAddress, buffer.count, off_t($0)) }
        ?? readBytes(descriptor, buffer)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .last("read", path) }
    }
  }

  /// The bytes from a place on, or those that are left when there are fewer.
  package func bytes(from start: Int = 0, count room: Int) throws(SystemFailure) -> [UInt8] {
    var failure: SystemFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, room)) { buffer, count in
      count = 0
      do throws(SystemFailure) {
        while count < buffer.count {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
          )
          let taken = try read(into: rest, at: start + count)
          if taken == 0 { return }
          count += taken
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Hands what is left to a closure in pieces.
  package func forEachPiece(
    of size: Int = 1 << 20,
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var buffer = [UInt8](repeating: 0, count: size)
    while true {
      let piece = try nextPiece(&buffer)
      guard !piece.isEmpty else { return }
      try body(piece)
    }
  }

  /// The next bytes, read into a buffer; none at the end.
  package func nextPiece(_ buffer: inout [UInt8]) throws(SystemFailure) -> ArraySlice<UInt8> {
    let count = try buffer.withUnsafeMutableBufferPointer { bytes throws(SystemFailure) in
      try read(into: UnsafeMutableRawBufferPointer(bytes))
    }
    return buffer[..<count]
  }

  /// Writes all the bytes, at the end of what was written before.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = writeBytes(descriptor, .init(rebasing: rest))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last("write", path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes all the bytes, at the end of what was written before.
  package func write(_ bytes: ArraySlice<UInt8>) throws(SystemFailure) {
    try bytes.withUnsafeBufferPointer { bytes throws(SystemFailure) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Cuts the file back to a length, where writing goes on.
  package func truncate(to length: Int) throws(SystemFailure) {
    guard ftruncate(descriptor, off_t(length)) == 0,
      lseek(descriptor, off_t(length), SEEK_SET) >= 0
    else { throw .last("write", path) }
  }

  /// Waits until what was written survives a loss of power.
  package func sync() throws(SystemFailure) {
    guard fsync(descriptor) == 0 else { throw .last("write", path) }
  }

  /// Waits until the contents survive a loss of power, whoever wrote them; moments of change may not.
  package func syncContents() throws(SystemFailure) {
    #if canImport(Darwin)
    try sync()
    #else
    guard fdatasync(descriptor) == 0 else { throw .last("write", path) }
    #endif
  }
}

// The C functions, which methods of the same names would hide.

private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

private func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
