internal import HostSystem
internal import OrderedJSON

/// The servers that examine files: as many as are asked at once, each for many files.
///
/// To start `ffprobe` takes 60 ms, of which nearly all is loading some two hundred libraries; a file alone
/// takes 2 ms.
final class ProbeServers: Sendable {
  /// The most files that one examines: what a damaged file leaves behind in a process is let go with it.
  private static let mostFiles = 500

  private struct Server {
    let program: AnsweringProgram
    var files = 0
  }

  private struct State {
    var idle: [Server] = []
    var areMissing = false
  }

  private let program: String
  private let state = Lock(State())

  /// - Parameter program: A program that is a ``ProbeServer`` when it is told so.
  init(program: String) { self.program = program }

  /// The facts of a local file; `nil` where no server can be had.
  ///
  /// - Throws: ``MediaProbeError``; `CancellationError`.
  func facts(of path: String) async throws -> MediaFacts? {
    guard var server = free() else { return nil }
    let answer: JSONValue?
    do {
      let line = JSONValue.string(path).rendered(.compact)
      answer = try JSONValue(parsing: await server.program.answer(to: Array(line.utf8)))
    } catch let error as CancellationError {
      throw error
    } catch {
      throw MediaProbeError(reason: .proberFailed, path: path, detail: Self.words(error))
    }
    guard answer?["isMissing"]?.bool != true else {
      state.withLock { $0 = State(areMissing: true) }
      return nil
    }
    server.files += 1
    if server.files < Self.mostFiles { state.withLock { [server] in $0.idle.append(server) } }
    if let facts = answer?["facts"].flatMap(MediaFacts.init(json:)) { return facts }
    let reason = answer?["reason"]?.string.flatMap(MediaProbeError.Reason.init(rawValue:))
    throw MediaProbeError(
      reason: reason ?? .proberFailed,
      path: path,
      detail: answer?["detail"]?.string ?? ""
    )
  }

  /// A server that nobody else asks.
  private func free() -> Server? {
    let (idle, areMissing) = state.withLock { ($0.idle.popLast(), $0.areMissing) }
    if let idle { return idle }
    let started = areMissing ? nil : try? AnsweringProgram(program, [ProbeServer.argument])
    return started.map { Server(program: $0) }
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case Subprocess.Failure.ended(let status): "the process ended with \(status)"
    case Subprocess.Failure.tooSlow: "it takes longer than half a minute"
    default: "\(error)"
    }
  }
}
