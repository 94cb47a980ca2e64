/// A file of our own that is written bit by bit, and appears under its name only when it is whole.
package final class FileStream {
  /// Bytes written so far.
  package private(set) var count = 0
  private let path: String
  private let partial: OpenFile

  /// Begins a file; the folder has to be there.
  package init(path: String) throws(SystemFailure) {
    self.path = path
    partial = try OpenFile("\(path).\(HostProcess.current.number).part", for: .replacing)
  }

  /// Without ``finish()`` nothing stays.
  deinit { HostFiles.discard(partial.path) }

  /// Adds bytes.
  package func append(_ bytes: [UInt8]) throws(SystemFailure) {
    try partial.write(bytes[...])
    count += bytes.count
  }

  /// Puts the file under its name, also across a power cut.
  package func finish() throws(SystemFailure) {
    try partial.sync()
    partial.close()
    try HostFiles.rename(partial.path, to: path)
  }
}
