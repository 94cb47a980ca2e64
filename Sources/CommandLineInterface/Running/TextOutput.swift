internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Where text goes: a standard stream, or a buffer in tests.
package protocol TextOutput: Sendable {
  /// Appends the text.
  func write(_ text: String)
}

/// A file descriptor that is written without a buffer.
package struct FileDescriptorOutput: TextOutput {
  /// The standard output of the process.
  package static let standardOutput = FileDescriptorOutput(descriptor: 1)
  /// The standard error of the process.
  package static let standardError = FileDescriptorOutput(descriptor: 2)

  private let descriptor: Int32

  /// Writes all of the text; a reader that went away is no reason to stop work that was paid for.
  package func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = writeBytes(descriptor, start, rest.count)
        if count < 0 {
          guard errno == EINTR || errno == EAGAIN else { return }
          continue
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }
}

/// The C function, which the method of the same name hides.
private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}

/// Text kept in memory.
package final class TextBuffer: TextOutput {
  private let contents = Lock("")

  /// An empty buffer.
  package init() {}

  /// Everything written so far.
  package var text: String { contents.withLock { $0 } }

  /// Appends the text.
  package func write(_ text: String) { contents.withLock { $0 += text } }
}
