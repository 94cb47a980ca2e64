internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import LoopbackHTTP
internal import PlainText
internal import TranscriptionRuns

/// Files that browsers sent to be transcribed, each in a folder of its own below one.
final class UploadShelf: Sendable {
  /// A file that arrived whole.
  struct File {
    /// Where it is.
    let path: String
    /// What its user calls it, as far as that makes a name.
    let name: String
    fileprivate var isUsed = false
  }

  /// What stays free of the disk.
  private static let spare = 256 << 20

  private let folder: String
  private let room: @Sendable (String) -> Int?
  private let files = Lock<[String: File]>([:])

  /// - Parameters:
  ///   - folder: Where they are kept; made when the first one comes.
  ///   - room: The bytes that a folder's disk has room for.
  init(
    in folder: String,
    room: @escaping @Sendable (String) -> Int? = HostFiles.room
  ) {
    (self.folder, self.room) = (folder, room)
  }

  /// The file of a number that ``keep(_:)`` gave.
  func file(_ number: String) -> File? { files.withLock { $0[number] } }

  /// Notes that a file is the source of a transcript from now on.
  func use(_ number: String) { files.withLock { $0[number]?.isUsed = true } }

  /// Removes what nothing was made of.
  func clear() {
    let unused = files.withLock { files in
      defer { files = files.filter(\.value.isUsed) }
      return files.values.filter { !$0.isUsed }.map(\.path)
    }
    for path in unused { HostFiles.removeFolder(FilePath.parent(of: path)) }
  }

  /// What is to happen to the body of a request that brings a file.
  func handling(of head: RequestHead) -> BodyHandling {
    do throws(Refused) {
      return .stream(try sink(head))
    } catch {
      return .refuse(.json(error.reason.json, status: error.status))
    }
  }

  private struct Refused: Error {
    let status: Int
    let reason: CommandError
  }

  private func sink(_ head: RequestHead) throws(Refused) -> UploadSink {
    guard let size = head.headers["Content-Length"].flatMap({ Int($0) }), size > 0 else {
      throw Self.refused(411, "The file is empty.", "Choose another.")
    }
    let name = Self.name(head.parameter("name") ?? "")
    guard MediaType.named(name) != nil else {
      throw Self.refused(
        415,
        "\(SafeText.quoted(name)) is no video or audio.",
        "Files are told by their endings, such as .mp4, .webm, .mp3 or .wav."
      )
    }
    guard size <= MediaDelivery.uploadLimit else {
      throw Self.refused(
        413,
        "The file has \(NumberText.bytes(size)); the service keeps files of up to "
          + "\(NumberText.bytes(MediaDelivery.uploadLimit)).",
        "Reduce the picture's size, or send the sound alone."
      )
    }
    let number = NumberText.hexadecimal(UInt64.random(in: .min ... .max))
    let place = FilePath.joined(folder, number)
    do throws(SystemFailure) {
      try HostFiles.createFolder(place, for: .user)
      if room(place).map({ size <= $0 - Self.spare }) ?? true {
        return try UploadSink(number, in: place, as: name)
      }
    } catch {
      throw Refused(status: 500, reason: ErrorExplanation.commandError(error))
    }
    HostFiles.removeFolder(place)
    throw Self.refused(
      507,
      "The file has \(NumberText.bytes(size)), and the disk of the library has no room for it.",
      "Free the disk, or transcribe it where it lies."
    )
  }

  private static func refused(_ status: Int, _ message: String, _ remedy: String) -> Refused {
    Refused(status: status, reason: CommandError(message, remedy: remedy))
  }

  /// A name that is safe in a folder, with an ending that says what the file is.
  private static func name(_ text: String) -> String {
    let ending = text.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let stem = FileStem.cleaned(String(text.dropLast(ending.count + 1)))
    return "\(stem).\(ending.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })"
  }

  /// Keeps the file whose last byte has arrived.
  ///
  /// - Returns: Its number and name.
  func keep(_ sink: UploadSink) throws(SystemFailure) -> (number: String, name: String) {
    let path = try sink.finish()
    files.withLock { $0[sink.number] = File(path: path, name: sink.name) }
    return (sink.number, sink.name)
  }
}

/// Writes a body into a file, which is there only when the body was whole.
///
/// The server's thread alone uses it, and then the task that answers.
final class UploadSink: BodySink, @unchecked Sendable {
  let number: String
  let name: String
  private let folder: String
  private let path: String
  private var stream: FileStream?

  init(_ number: String, in folder: String, as name: String) throws(SystemFailure) {
    (self.number, self.folder, self.name) = (number, folder, name)
    path = FilePath.joined(folder, name)
    stream = try FileStream(path: path)
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    do throws(SystemFailure) {
      try stream?.append(Array(bytes))
      return stream != nil
    } catch {
      abandon()
      return false
    }
  }

  func abandon() {
    stream = nil
    HostFiles.removeFolder(folder)
  }

  fileprivate func finish() throws(SystemFailure) -> String {
    try stream?.finish()
    stream = nil
    return path
  }
}
