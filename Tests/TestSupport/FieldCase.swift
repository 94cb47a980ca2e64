import Foundation
internal import HostSystem
internal import OrderedJSON

/// A service on loopback that answers as a case of `../shared/fixtures/field/http` says: request n
/// gets `n.body`, the last one repeats.
public final class FieldCase: Sendable {
  fileprivate struct Answer: Sendable {
    var body: [UInt8]
    let status: Int
    let headers: [String: String]
    /// The pieces the body is sent in, with the milliseconds to wait after each.
    var reads: [(bytes: Int, wait: Int)]
    var isReset: Bool
  }

  private let server: LoopbackServer
  private let seen: Lock<[String]>

  /// Where it listens.
  public var url: String { server.url }
  /// The methods and paths asked for so far.
  public var requests: [String] { seen.withLock { $0 } }

  /// Plays a case until it is stopped.
  public convenience init(_ name: String) throws {
    let folder = SharedFixtures.folder.appending(path: "fixtures/field/http/\(name)")
    var answers: [Answer] = []
    while let body = try? Data(contentsOf: folder.appending(path: "\(answers.count + 1).body")) {
      let meta = try Data(contentsOf: folder.appending(path: "\(answers.count + 1).json"))
      answers.append(Answer(Array(body), try JSONValue(parsing: Array(meta))))
    }
    try self.init(answers)
  }

  /// Answers every request with status 200 and the next of some bodies, event streams.
  ///
  /// - Parameters:
  ///   - cuts: the bytes of each body before which the sending pauses, so that it comes in several reads.
  ///   - end: the number of bytes of the first body after which the connection breaks.
  public convenience init(bodies: [String], cuts: [Int] = [], end: Int? = nil) throws {
    let meta: JSONValue = ["headers": ["Content-Type": "text/event-stream"]]
    var answers = bodies.map { Answer(Array($0.utf8), meta) }
    for index in answers.indices {
      answers[index].reads = zip(cuts, [0] + cuts).map { (bytes: $0 - $1, wait: 1) }
    }
    if let end {
      answers[0].body.removeSubrange(end...)
      answers[0].isReset = true
    }
    try self.init(answers)
  }

  private init(_ answers: [Answer]) throws {
    let seen = Lock([String]())
    self.seen = seen
    server = try LoopbackServer { request, connection in
      let number = seen.withLock { seen in
        seen.append(request.target)
        return seen.count
      }
      guard let answer = answers[..<min(number, answers.count)].last else { return false }
      let host = request.headers.first { $0.hasPrefix("host:") }
      return answer.send(on: connection, host: String(host?.dropFirst(6) ?? ""))
    }
  }

  /// Takes no further requests.
  public func stop() { server.stop() }
}

extension FieldCase.Answer {
  fileprivate init(_ body: [UInt8], _ meta: JSONValue) {
    self.body = body
    status = meta["status"]?.int ?? 200
    let fields = meta["headers"]?.object?.members ?? []
    headers = Dictionary(fields.map { ($0.key, $0.value.string ?? "") }) { $1 }
    reads = (meta["reads"]?.array ?? []).map { read in
      (bytes: read["bytes"]?.int ?? 0, wait: Int((read["wait"]?.double ?? 0) * 1000))
    }
    isReset = meta["reset"]?.bool ?? false
  }

  fileprivate func send(on connection: LoopbackServer.Connection, host: String) -> Bool {
    let here = "http://\(host)"
    let length = isReset ? "" : "Content-Length: \(body.count)\r\n"
    let fields = headers.map { "\($0.key): \($0.value.replacing("@URL@", with: here))\r\n" }
    connection.write("HTTP/1.1 \(status) -\r\n\(length)\(fields.joined())\r\n")
    guard !isReset else {
      connection.write(body)
      connection.reset()
      return false
    }
    var place = 0
    for read in reads {
      let end = min(body.count, place + read.bytes)
      connection.write(Array(body[place..<end]))
      place = end
      if read.wait > 0 { usleep(UInt32(read.wait) * 1000) }
    }
    return connection.write(Array(body[place...]))
  }
}
