import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import ModelContextProtocol

/// Talks to a server as a client does, a line to the message.
private final class Client: Sendable {
  let server: ContextServer
  private let outlet: Outlet

  init(_ tools: [ContextTool] = []) {
    let outlet = Outlet()
    self.outlet = outlet
    server = ContextServer(
      .init(name: "test", version: "1", instructions: "Only a test."),
      tools: tools
    ) { outlet.add($0) }
  }

  /// Sends a line, and waits until all of its calls have ended.
  func say(_ text: String) async -> [JSONValue] {
    await server.receive(Array(text.utf8))
    await server.finish(isCancelled: false)
    return heard()
  }

  /// What came since it was asked for last.
  func heard() -> [JSONValue] { outlet.take() }

  func initialize(_ version: String = "2025-11-25") async -> JSONValue? {
    await say(
      #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(version)","#
        + #""capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#
    ).first?["result"]
  }
}

private final class Outlet: @unchecked Sendable {
  private let lock = NSLock()
  private var lines: [String] = []

  func add(_ line: String) { lock.withLock { lines.append(line) } }

  func take() -> [JSONValue] {
    lock.withLock {
      defer { lines = [] }
      return lines.map { line in
        // A line break within a message would end it.
        line.dropLast().contains("\n") ? .null : (try? JSONValue(parsing: line)) ?? .null
      }
    }
  }
}

@Suite struct ContextServerTests {
  private static let echo = ContextTool(
    "echo",
    title: "Echo",
    description: "Says it again.",
    parameters: [
      ToolParameter("text", .text, "what", isRequired: true),
      ToolParameter("times", .number(1...3), "how often"),
      ToolParameter("kind", .choice(["plain", "bold"]), "how"),
    ]
  ) { arguments throws(ToolFailure) in
    guard arguments.text("text") != "fail" else { throw ToolFailure("It failed as asked.") }
    return [
      "said": .string(arguments.text("text") ?? ""),
      "times": JSONValue(arguments.number("times") ?? 1),
    ]
  }

  private static func call(_ arguments: String, id: String = "1", name: String = "echo") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(name)","arguments":\#(arguments)}}"#
  }

  @Test(arguments: [
    ("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"),
    ("2025-03-26", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("1900-01-01", "2025-11-25"),
  ])
  func theHandshakeAgreesOnARevision(_ asked: String, _ agreed: String) async {
    let result = await Client([Self.echo]).initialize(asked)
    #expect(result?["protocolVersion"]?.string == agreed)
    #expect(result?["serverInfo"]?["name"] == "test")
    #expect(result?["capabilities"]?["tools"] != nil)
    #expect(result?["resultType"] == nil)
  }

  @Test func requestsOfTheStatelessRevisionNeedNoHandshake() async {
    let client = Client([Self.echo])
    func ask(_ method: String, _ version: String, _ more: String = "") async -> JSONValue? {
      await client.say(
        #"{"jsonrpc":"2.0","id":"a","method":"\#(method)","params":{"_meta":{"#
          + #""io.modelcontextprotocol/protocolVersion":"\#(version)""#
          + #","io.modelcontextprotocol/clientCapabilities":{}}\#(more)}}"#
      ).first
    }
    let discovery = await ask("server/discover", "2026-07-28")?["result"]
    #expect(discovery?["supportedVersions"]?[0] == "2026-07-28")
    #expect(discovery?["resultType"] == "complete")
    #expect(discovery?["ttlMs"]?.int != nil)
    let list = await ask("tools/list", "2026-07-28")?["result"]
    #expect(list?["tools"]?[0]?["name"] == "echo")
    #expect(list?["cacheScope"] == "private")
    let called = await ask(
      "tools/call",
      "2026-07-28",
      #","name":"echo","arguments":{"text":"x"}"#
    )?["result"]
    #expect(called?["structuredContent"]?["said"] == "x")
    #expect(called?["_meta"]?["io.modelcontextprotocol/serverInfo"]?["version"] == "1")
    let refused = await ask("tools/list", "2031-01-01")?["error"]
    #expect(refused?["code"]?.int == -32022)
    #expect(refused?["data"]?["requested"] == "2031-01-01")
    #expect(refused?["data"]?["supported"]?.array?.contains("2025-11-25") == true)
    #expect(await ask("ping", "2026-07-28")?["error"]?["code"]?.int == -32601)
  }

  @Test func nothingButAPingGoesBeforeTheHandshake() async {
    let client = Client([Self.echo])
    let ping = await client.say(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
    #expect(ping.first?["result"] == [:])
    let early = await client.say(#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#)
    #expect(early.first?["error"]?["code"]?.int == -32600)
    _ = await client.initialize()
    let list = await client.say(#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#)
    let schema = list.first?["result"]?["tools"]?[0]?["inputSchema"]
    #expect(schema?["required"] == ["text"])
    #expect(schema?["properties"]?["times"]?["maximum"]?.int == 3)
    #expect(list.first?["result"]?["resultType"] == nil)
  }

  @Test(arguments: [
    ("not JSON", -32700, "null"), ("[]", -32600, "null"), ("7", -32600, "null"),
    (#"{"id":1,"method":"ping"}"#, -32600, "1"),
    (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, "null"),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, "null"),
    (#"{"jsonrpc":"2.0","id":1}"#, -32600, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":3}"#, -32600, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32602, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, -32602, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, -32601, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}"#, -32602, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602, "1"),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rm"}}"#, -32602, "1"),
    (Self.call("[]"), -32602, "1"),
  ])
  func whatIsNoProperRequestIsAnsweredWithAnError(
    _ line: String,
    _ code: Int,
    _ id: String
  ) async throws {
    let client = Client([Self.echo])
    _ = await client.initialize()
    let answers = await client.say(line)
    #expect(answers.count == 1)
    #expect(answers.first?["error"]?["code"]?.int == code)
    #expect(try answers.first?["id"] == JSONValue(parsing: id))
    // It goes on after any of them.
    #expect(await client.say(Self.call(#"{"text":"x"}"#)).first?["result"] != nil)
  }

  @Test func aLineThatIsTooLongAndDeepNestingEndNothing() async {
    let client = Client([Self.echo])
    _ = await client.initialize()
    await client.server.receive(nil)
    #expect(client.heard().first?["error"]?["code"]?.int == -32600)
    let deep = await client.say(String(repeating: "[", count: 100_000))
    #expect(deep.first?["error"]?["code"]?.int == -32700)
  }

  @Test func notificationsAndAnswersGetNoAnswer() async {
    let client = Client([Self.echo])
    for line in [
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
      #"{"jsonrpc":"2.0","method":"unknown"}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}"#,
      #"{"jsonrpc":"2.0","id":4,"result":{}}"#,
    ] {
      #expect(await client.say(line).isEmpty)
    }
  }

  @Test(arguments: [
    (#"{}"#, "text is missing"), (#"{"text":5}"#, "has to be a string"),
    (#"{"text":"x","times":9}"#, "from 1 to 3"), (#"{"text":"x","kind":"odd"}"#, "plain, bold"),
    (#"{"text":"x","more":1}"#, "no argument of that name"),
    (#"{"text":"fail"}"#, "It failed as asked."),
  ])
  func whatAToolCannotDoIsSaidToTheAssistant(_ arguments: String, _ sentence: String) async {
    let client = Client([Self.echo])
    _ = await client.initialize()
    let result = await client.say(Self.call(arguments)).first?["result"]
    #expect(result?["isError"] == true)
    #expect(result?["content"]?[0]?["text"]?.string?.contains(sentence) == true)
  }

  @Test func longTextsAreCutAndLongAnswersRefused() async {
    let long = ContextTool("long", title: "", description: "", parameters: []) {
      _ throws(ToolFailure) in
      ["text": .string(String(repeating: "a\n", count: 50_000))]
    }
    let vast = ContextTool("vast", title: "", description: "", parameters: []) {
      _ throws(ToolFailure) in
      ["list": .array(Array(repeating: "0123456789", count: 100_000))]
    }
    let client = Client([long, vast])
    _ = await client.initialize()
    let cut = await client.say(Self.call("{}", name: "long")).first?["result"]?["structuredContent"]
    #expect(cut?["text"]?.string?.count ?? 0 < 2100)
    #expect(cut?["text"]?.string?.hasSuffix("[98,000 characters more]") == true)
    let refused = await client.say(Self.call("{}", name: "vast")).first?["result"]
    #expect(refused?["isError"] == true)
  }

  @Test func aCancelledCallIsStoppedAndNotAnswered() async {
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let (stopped, stop) = AsyncStream.makeStream(of: Bool.self)
    let slow = ContextTool("slow", title: "", description: "", parameters: []) {
      _ throws(ToolFailure) in
      begin.yield()
      try? await Task.sleep(for: .seconds(600))
      stop.yield(Task.isCancelled)
      return [:]
    }
    let client = Client([slow])
    _ = await client.initialize()
    await client.server.receive(Array(Self.call("{}", id: "7", name: "slow").utf8))
    for await _ in begun { break }
    await client.server.receive(Array(Self.call("{}", id: "7", name: "slow").utf8))
    #expect(client.heard().first?["error"]?["code"]?.int == -32600)
    let answers = await client.say(
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#
    )
    for await isCancelled in stopped {
      #expect(isCancelled)
      break
    }
    #expect(answers.isEmpty)
  }

  @Test func noMoreThanEightCallsAreUnderWay() async {
    let slow = ContextTool("slow", title: "", description: "", parameters: []) {
      _ throws(ToolFailure) in
      try? await Task.sleep(for: .seconds(600))
      return [:]
    }
    let client = Client([slow])
    _ = await client.initialize()
    for number in 1...9 {
      await client.server.receive(Array(Self.call("{}", id: "\(number)", name: "slow").utf8))
    }
    let answers = client.heard()
    #expect(answers.map { $0["error"]?["code"]?.int } == [-32000])
    await client.server.finish(isCancelled: true)
    #expect(client.heard().isEmpty)
  }
}
