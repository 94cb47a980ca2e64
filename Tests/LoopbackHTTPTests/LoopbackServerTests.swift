import Foundation
import HostSystem
import LoopbackHTTP
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Answers by path, to show each way of answering.
private struct ShowcaseHandler: RequestHandler {
  let sink: CountingSink
  let file: String

  init(sink: CountingSink = CountingSink(), file: String = "") {
    self.sink = sink
    self.file = file
  }

  func bodyHandling(for head: RequestHead) -> BodyHandling {
    switch head.path {
    case "/sink": .stream(sink)
    case "/refused": .refuse(.text("too much", status: 413))
    default: .collect(limit: 1000)
    }
  }

  func reply(to request: IncomingRequest) async -> HTTPReply {
    switch request.head.path {
    case "/echo":
      let kind = request.isBodyCut ? "cut" : "whole"
      return .text("\(kind) \(request.body.count) of \(request.bodyLength)")
    case "/query":
      return .text(request.head.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";"))
    case "/stream":
      return HTTPReply(
        status: 200,
        body: .stream(length: nil) { writer in
          for index in 0..<1000 { try? await writer.write(Array("line \(index)\n".utf8)) }
        }
      )
    case "/aborted":
      return HTTPReply(
        status: 200,
        body: .stream(length: nil) { writer in
          try? await writer.write(Array("half".utf8))
          writer.abort()
        }
      )
    case "/dropped": return HTTPReply(status: 200, body: .dropped)
    case "/file":
      return .file(path: file, size: 10, type: "text/plain", range: request.head.headers["Range"])
    case "/forever":
      while !Task.isCancelled { try? await Task.sleep(for: .seconds(60)) }
      return .text("cancelled")
    default: return .text("sink \(sink.total.withLock { $0 })")
    }
  }
}

private final class CountingSink: BodySink {
  let total = Lock(0)
  let abandoned = Lock(0)

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    total.withLock { $0 += bytes.count }
    return true
  }

  func abandon() { abandoned.withLock { $0 += 1 } }
}

@Suite struct LoopbackServerTests {
  @Test func answersOnTheNamesOfLoopbackOnly() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    for host in ["127.0.0.1", "localhost:\(server.port)", "[::1]:1", "LOCALHOST"] {
      #expect(await client.send("GET", "/echo", headers: [("Host", host)]).status == 200)
    }
    for host in ["example.org", "127.0.0.1.example.org", "localhost:x", "localhost.evil:80", ""] {
      #expect(await client.send("GET", "/echo", headers: [("Host", host)]).status == 403)
    }
    await server.stop()
  }

  @Test func answersPagesOfLoopbackOnly() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    for origin in ["http://127.0.0.1:\(server.port)", "http://localhost:3000", "https://[::1]"] {
      #expect(await client.send("POST", "/echo", headers: [("Origin", origin)]).status == 200)
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1.evil.example", "file://", ""] {
      #expect(await client.send("POST", "/echo", headers: [("Origin", origin)]).status == 403)
    }
    await server.stop()
  }

  @Test func tooManyParametersAreRefusedAtOnce() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    for (count, status) in [(1000, 200), (1001, 414), (4000, 414), (5000, 414), (20_000, 414)] {
      let query = (0..<count).map { "a\($0)=1" }.joined(separator: "&")
      #expect(await client.send("GET", "/query?" + query).status == status, "\(count)")
      let bare = String(repeating: "&", count: count - 1)
      #expect(await client.send("GET", "/query?" + bare).status == status, "\(count)")
    }
    #expect(await client.send("GET", "/query?a=1").text == "a=1")
    await server.stop()
  }

  @Test func manyIdleConnectionsLeaveRoomForOthers() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    let idle = IdleConnections(1100, to: server.port)
    #expect(idle.count == 1100)
    #expect(await client.send("GET", "/echo").status == 200)
    idle.leave()
    #expect(await client.send("GET", "/echo").status == 200)
    await server.stop()
  }

  @Test func collectsBodiesUpToTheLimitAndCountsTheRest() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    let small = await client.send("POST", "/echo", body: Array(repeating: 65, count: 1000))
    #expect(small.text == "whole 1000 of 1000")
    let large = await client.send("POST", "/echo", body: Array(repeating: 65, count: 300_001))
    #expect(large.text == "cut 1000 of 300001")
    await server.stop()
  }

  @Test func decodesTheQuery() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let reply = await RawHTTP(port: server.port).send("GET", "/query?a=1&b=x%20y&c")
    #expect(reply.text == "a=1;b=x y;c=")
    await server.stop()
  }

  @Test func streamsABodyToItsSinkAndTellsItWhenTheClientLeaves() async throws {
    let sink = CountingSink()
    let server = try LoopbackServer(handler: ShowcaseHandler(sink: sink))
    let client = RawHTTP(port: server.port)
    let whole = await client.send("POST", "/sink", body: Array(repeating: 1, count: 3_000_000))
    #expect(whole.text == "sink 3000000")
    #expect(sink.abandoned.withLock { $0 } == 0)
    await client.leave(
      after: "POST /sink HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nonly this"
    )
    try await eventually { sink.abandoned.withLock { $0 } == 1 }
    #expect(sink.total.withLock { $0 } == 3_000_009)
    await server.stop()
  }

  @Test func refusesBeforeTheBodyIsRead() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let reply = await RawHTTP(port: server.port).send("POST", "/refused", body: [1, 2, 3])
    #expect(reply.status == 413)
    await server.stop()
  }

  @Test func streamsAnswersWhole() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let reply = await RawHTTP(port: server.port).send("GET", "/stream")
    #expect(reply.isComplete)
    #expect(reply.text.split(separator: "\n").count == 1000)
    #expect(reply.text.hasSuffix("line 999\n"))
    await server.stop()
  }

  @Test func anAbortedStreamIsSeenToBeCut() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    let cut = await client.send("GET", "/aborted")
    #expect(cut.status == 200 && !cut.isComplete)
    let none = await client.send("GET", "/dropped")
    #expect(none.status == 0)
    await server.stop()
  }

  @Test(arguments: [
    ("bytes=2-4", 206, "234", "bytes 2-4/10"), ("bytes=7-", 206, "789", "bytes 7-9/10"),
    ("bytes=-2", 206, "89", "bytes 8-9/10"), ("bytes=0-99", 206, "0123456789", "bytes 0-9/10"),
    ("bytes=10-", 416, "", "bytes */10"), ("bytes=1-2,4-5", 200, "0123456789", nil),
    ("bytes=4-2", 200, "0123456789", nil), ("lines=1-2", 200, "0123456789", nil),
  ])
  func servesPartsOfAFile(
    _ range: String,
    _ status: Int,
    _ body: String,
    _ field: String?
  )
    async throws
  {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data("0123456789".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let server = try LoopbackServer(handler: ShowcaseHandler(file: file.path))
    let reply = await RawHTTP(port: server.port).send("GET", "/file", headers: [("Range", range)])
    #expect(reply.status == status)
    #expect(reply.text == body)
    #expect(reply.headers["content-range"] == field)
    await server.stop()
  }

  @Test func stopEndsRequestsUnderWay() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    let client = RawHTTP(port: server.port)
    async let waiting = client.send("GET", "/forever")
    try await Task.sleep(for: .milliseconds(100))
    await server.stop()
    #expect(["", "cancelled"].contains(await waiting.text))
    #expect(await client.send("GET", "/echo").status == 0)
  }

  @Test func aTakenPortIsAnErrorThatNamesIt() async throws {
    let server = try LoopbackServer(handler: ShowcaseHandler())
    #expect(throws: LoopbackServer.StartError.self) {
      try LoopbackServer(options: .init(port: server.port), handler: ShowcaseHandler())
    }
    await server.stop()
  }
}

/// Waits until a condition holds.
private func eventually(_ condition: @Sendable () -> Bool) async throws {
  for _ in 0..<200 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
  #expect(condition())
}

/// Connections that say nothing.
private struct IdleConnections {
  private let sockets: [Int32]

  init(_ count: Int, to port: UInt16) {
    sockets = (0..<count).compactMap { _ in
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      guard descriptor >= 0 else { return nil }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      return result == 0 ? descriptor : nil
    }
  }

  var count: Int { sockets.count }

  func leave() { for descriptor in sockets { close(descriptor) } }
}
