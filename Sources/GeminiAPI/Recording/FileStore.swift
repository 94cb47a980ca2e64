#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Small files of our own, written whole or not at all.
package enum FileStore {
  /// Makes a folder, and those above it, unless it exists.
  package static func makeFolder(_ path: String) throws {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part
      guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw failure("the folder \(made) cannot be made")
      }
      made += "/"
    }
  }

  /// The names in a folder.
  package static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else {
      throw failure("the folder \(folder) cannot be read")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Writes a file under another name first, so that nobody ever sees half of it, not even after a
  /// power cut.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let partial = "\(path).\(getpid()).part"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("\(path) cannot be written") }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { buffer in
        writeBytes(descriptor, buffer)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    let isStored = fsync(descriptor) == 0
    let isClosed = close(descriptor) == 0 && isStored
    guard written == bytes.count, isClosed, rename(partial, path) == 0 else {
      let error = failure("\(path) cannot be written")
      unlink(partial)
      throw error
    }
  }

  /// Removes a file; that there is none is no failure.
  package static func remove(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure("\(path) cannot be removed") }
  }

  static func failure(_ what: String) -> GeminiError {
    GeminiError(.unreadableFile, "\(what): \(String(cString: strerror(errno)))")
  }
}

/// The system's call, which the method of the same name hides.
private func writeBytes(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  write(descriptor, buffer.baseAddress, buffer.count)
}
