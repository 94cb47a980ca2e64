import CurlHTTP
import Foundation
import GeminiAPI
import HostSystem
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CurlTransportTests {
  private let transport = CurlTransport()

  @Test func sendsARequestAndReadsTheResponse() async throws {
    let seen = Lock<LoopbackServer.Request?>(nil)
    let server = try LoopbackServer { request, connection in
      seen.withLock { $0 = request }
      connection.respond("héllo", status: "201 Created", headers: "X-One:  1 \r\nX-Two: 2\r\n")
      return true
    }
    defer { server.stop() }
    let response = try await transport.send(
      HTTPRequest(
        method: "PATCH",
        url: "\(server.url)/a/b?c=d",
        headers: ["X-Test": "yes"],
        body: .bytes(Array("{}".utf8))
      )
    )
    #expect(response.status == 201)
    #expect(response.headers["x-one"] == "1")
    #expect(response.headers["X-TWO"] == "2")
    #expect(String(decoding: try await response.body.collect(upTo: 100), as: UTF8.self) == "héllo")
    let request = try #require(seen.withLock { $0 })
    #expect(request.target == "PATCH /a/b?c=d")
    #expect(request.headers.contains("x-test: yes"))
    #expect(!request.headers.contains { $0.hasPrefix("expect:") || $0.hasPrefix("content-type:") })
    #expect(request.body == Array("{}".utf8))
  }

  @Test func keepsConnectionsOpen() async throws {
    let server = try LoopbackServer { _, connection in
      connection.respond("ok")
      return true
    }
    defer { server.stop() }
    for _ in 0..<20 {
      let response = try await transport.send(HTTPRequest(method: "POST", url: server.url))
      _ = try await response.body.collect(upTo: 10)
    }
    #expect(server.connectionCount == 1)
  }

  @Test func carriesManyRequestsAtOnce() async throws {
    let server = try LoopbackServer { request, connection in
      connection.respond(request.target)
      return true
    }
    defer { server.stop() }
    let url = server.url
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<200 {
        group.addTask { [transport] in
          let response = try await transport.send(
            HTTPRequest(method: "GET", url: "\(url)/\(number)")
          )
          return String(decoding: try await response.body.collect(upTo: 99), as: UTF8.self)
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(answers == Set((0..<200).map { "GET /\($0)" }))
  }

  @Test func handsOutPiecesAsTheyCome() async throws {
    let isFirstRead = Lock(false)
    let server = try LoopbackServer { _, connection in
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
      for _ in 0..<2000 where !isFirstRead.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.01) }
      connection.write("3\r\ntwo\r\n0\r\n\r\n")
      return true
    }
    defer { server.stop() }
    let response = try await transport.send(HTTPRequest(method: "GET", url: server.url))
    var pieces: [String] = []
    for try await piece in response.body {
      pieces.append(String(decoding: piece, as: UTF8.self))
      isFirstRead.withLock { $0 = true }
    }
    #expect(pieces == ["one", "two"])
  }

  @Test func holdsAFastServerBackWhileNobodyReads() async throws {
    let sent = Lock(0)
    let server = try LoopbackServer { _, connection in
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(64 << 20)\r\n\r\n")
      let piece = [UInt8](repeating: 0x61, count: 1 << 20)
      for _ in 0..<64 where connection.write(piece) { sent.withLock { $0 += piece.count } }
      return false
    }
    defer { server.stop() }
    let response = try await transport.send(HTTPRequest(method: "GET", url: server.url))
    try await Task.sleep(for: .milliseconds(300))
    // What is on the way sits in the kernel's buffers; the rest has to wait.
    #expect(sent.withLock { $0 } < 32 << 20)
    var received = 0
    for try await piece in response.body { received += piece.count }
    #expect(received == 64 << 20)
  }

  @Test func uploadsAPartOfAFileAndReportsProgress() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let server = try LoopbackServer { request, connection in
      connection.respond("\(request.bodyCount) \(request.body.prefix(3))")
      return true
    }
    defer { server.stop() }
    let progress = Lock([Int]())
    let range = HTTPRequest.FileRange(path: file.path, offset: 1000, length: 2_500_000)
    let response = try await transport.send(
      HTTPRequest(
        method: "POST",
        url: server.url,
        body: .file(range),
        onBytesSent: { sent in progress.withLock { $0.append(sent) } }
      )
    )
    let answer = String(decoding: try await response.body.collect(upTo: 99), as: UTF8.self)
    #expect(answer == "2500000 \(Array(bytes[1000..<1003]))")
    #expect(progress.withLock { $0.last } == 2_500_000)
    #expect(progress.withLock { $0 == $0.sorted() })
  }

  @Test func refusesAFileThatIsMissingOrTooShort() async throws {
    for (path, length) in [("/no/such/file", 1), ("/dev/null", 1)] {
      let range = HTTPRequest.FileRange(path: path, offset: 0, length: length)
      let request = HTTPRequest(method: "POST", url: "http://127.0.0.1:9/", body: .file(range))
      let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
      #expect(error?.code == .unreadableBody)
    }
  }

  @Test func cancellationEndsTheTransferAtOnce() async throws {
    let isAsked = Lock(false)
    let hasHungUp = Lock(false)
    let server = try LoopbackServer { _, connection in
      isAsked.withLock { $0 = true }
      let gone = connection.waitForHangUp(milliseconds: 10_000)
      hasHungUp.withLock { $0 = gone }
      return false
    }
    defer { server.stop() }
    let url = server.url
    let task = Task { try await transport.send(HTTPRequest(method: "GET", url: url)) }
    for _ in 0..<1000 where !isAsked.withLock({ $0 }) {
      try await Task.sleep(for: .milliseconds(10))
    }
    let start = ContinuousClock.now
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(ContinuousClock.now - start < .seconds(5))
    for _ in 0..<400 where !hasHungUp.withLock({ $0 }) {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(hasHungUp.withLock { $0 })
  }

  @Test func aBodyThatIsDroppedEndsTheTransfer() async throws {
    let isOver = Lock(false)
    let server = try LoopbackServer { _, connection in
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
      while connection.write([UInt8](repeating: 0, count: 1 << 16)) {}
      isOver.withLock { $0 = true }
      return false
    }
    defer { server.stop() }
    do {
      let response = try await transport.send(HTTPRequest(method: "GET", url: server.url))
      #expect(response.status == 200)
    }
    for _ in 0..<200 where !isOver.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(20)) }
    #expect(isOver.withLock { $0 })
  }

  @Test func namesWhatWentWrong() async throws {
    let server = try LoopbackServer { request, connection in
      switch request.target {
      case "GET /reset": connection.reset()
      case "GET /cut": connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc")
      case "GET /hang": _ = connection.waitForHangUp(milliseconds: 5000)
      default: connection.write("HTTP/1.1 200 OK\r\n")
      }
      return false
    }
    defer { server.stop() }
    let cases: [(String, TransportError.Code)] = [
      ("\(server.url)/reset", .connectionLost), ("\(server.url)/cut", .connectionLost),
      ("\(server.url)/hang", .timedOut), ("http://127.0.0.1:1/", .cannotConnect),
      ("http://no-such-host.invalid.localhost/", .cannotConnect),
      ("http://example.org/", .invalidAddress), ("file:///etc/passwd", .invalidAddress),
      ("https://u@example.org/", .invalidAddress),
    ]
    for (url, code) in cases {
      var request = HTTPRequest(method: "GET", url: url)
      request.limits.total = .milliseconds(500)
      let error = await #expect(throws: TransportError.self, "\(url)") {
        _ = try await transport.send(request).body.collect(upTo: 1000)
      }
      #expect(error?.code == code, "\(url): \(error?.message ?? "")")
    }
  }

  @Test(arguments: [
    ("https://no-such-host.invalid/", TransportError.Code.hostNotFound),
    ("http://127.0.0.1:1/", .cannotConnect),
  ])
  func namesTheCauseAgainWhenASendIsRepeated(url: String, code: TransportError.Code) async {
    for attempt in 1...3 {
      let error = await #expect(throws: TransportError.self) {
        _ = try await transport.send(
          HTTPRequest(method: "POST", url: url, body: .bytes([0x7B, 0x7D]))
        )
      }
      #expect(error?.code == code, "attempt \(attempt): \(error?.message ?? "")")
    }
  }

  @Test func endsATransferThatFallsSilent() async throws {
    let server = try LoopbackServer { _, connection in
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc")
      return connection.waitForHangUp(milliseconds: 20_000)
    }
    defer { server.stop() }
    var request = HTTPRequest(method: "GET", url: server.url)
    request.limits.idle = .seconds(1)
    let response = try await transport.send(request)
    let error = await #expect(throws: TransportError.self) {
      try await response.body.collect(upTo: 1000)
    }
    #expect(error?.code == .timedOut)
  }

  @Test func refusesALineBreakInAHeader() async throws {
    let request = HTTPRequest(
      method: "GET",
      url: "http://127.0.0.1:1/",
      headers: ["X-A": "1\r\nX-Evil: 1"]
    )
    await #expect(throws: TransportError.self) { try await transport.send(request) }
  }
}
