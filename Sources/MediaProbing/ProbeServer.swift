internal import HostSystem
internal import OrderedJSON

/// Examines one file after the other, in a process of its own.
///
/// Each line that it reads is a path as a JSON string, each line that it writes is an object: `facts`, or
/// `reason` and `detail` of a ``MediaProbeError``, or `isMissing` where FFmpeg's library is not there.
package enum ProbeServer {
  /// The only argument of the program that is to be a server instead of what it is else.
  package static let argument = "examine-media-files"

  /// The longest path that is taken, in bytes; the systems take 4096.
  private static let longestPath = 1 << 16

  /// Answers until nobody asks any more.
  ///
  /// - Parameters:
  ///   - descriptor: What is read.
  ///   - write: Takes each answer with its line break.
  package static func run(reading descriptor: Int32, _ write: @Sendable (String) -> Void) async {
    let library = ContainerLibrary()
    var lines = LineReader(descriptor: descriptor, longest: longestPath)
    while let line = await lines.next() {
      guard case .bytes(let bytes) = line, let path = try? JSONValue(parsing: bytes).string else {
        return
      }
      write(answer(path, library).rendered(.compact) + "\n")
    }
  }

  private static func answer(_ path: String, _ library: ContainerLibrary?) -> JSONValue {
    guard let library else { return .object(["isMissing": true]) }
    do {
      return .object(["facts": try library.facts(of: path).json])
    } catch {
      return .object(["reason": .string(error.reason.rawValue), "detail": .string(error.detail)])
    }
  }
}
