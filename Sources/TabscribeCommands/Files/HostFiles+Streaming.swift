internal import Digests
internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Files that are longer than what is held in memory.
extension HostFiles {
  /// Hands the contents of a file over in pieces of 1 MiB.
  private static func readPieces(
    of path: String,
    _ body: (UnsafeRawBufferPointer) throws(SystemFailure) -> Void
  ) throws(SystemFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("read", path) }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = readInto(descriptor, buffer)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last("read", path) }
      guard count > 0 else { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The SHA-256 of a file in hexadecimal, and its size in bytes.
  static func digest(of path: String) throws(SystemFailure) -> (digest: String, size: Int) {
    let digest = SHA256()
    var size = 0
    try readPieces(of: path) { piece throws(SystemFailure) in
      digest.update(piece)
      size += piece.count
    }
    return (SHA256.hexadecimal(digest.finalize()), size)
  }

  /// Copies a file to a name that is not taken, all of it or nothing.
  static func copy(_ path: String, to target: String) throws(SystemFailure) {
    let part = target + ".part"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last("write", target) }
    defer { unlink(part) }
    do {
      defer { close(descriptor) }
      try readPieces(of: path) { piece throws(SystemFailure) in
        var rest = piece
        while !rest.isEmpty {
          let count = writeFrom(descriptor, rest)
          if count < 0, errno == EINTR { continue }
          guard count >= 0 else { throw .last("write", target) }
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
      }
      guard fsync(descriptor) == 0 else { throw SystemFailure.last("write", target) }
    }
    let code = FreeName.move(part, to: target)
    guard code == 0 else { throw SystemFailure(verb: "write", path: target, code: code) }
  }
}

// The C functions, which methods of the same names would hide.

private func readInto(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

private func writeFrom(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
