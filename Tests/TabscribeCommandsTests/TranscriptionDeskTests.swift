import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
internal import LoopbackHTTP
internal import OrderedJSON
import RunStore
internal import TestSupport
import Testing
internal import TranscriptionRuns

@testable internal import TabscribeCommands

/// Transcriptions that pages of a library begin: `serve --allow-transcribe`.
@Suite struct TranscriptionDeskTests {
  /// A library with a desk, and a browser that has one of its pages open.
  private struct Served {
    let run: EmulatedRun
    let library: LibraryServer
    let desk: TranscriptionDesk
    let server: LoopbackHTTP.LoopbackServer
    let browser: RawHTTP
    let store: RunStore

    init(_ run: EmulatedRun, limit: Decimal, takesPaths: Bool = true) throws {
      self.run = run
      let context = CommandContext(
        standardOutput: TextBuffer(),
        standardError: TextBuffer(),
        environment: [
          "HOME": run.folder.path, "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL,
          "GEMINI_API_KEY": run.key,
        ],
        workingFolder: run.folder.path
      )
      store = try UserStore(context).opened()
      desk = TranscriptionDesk(
        TabscribeProgram.program,
        context,
        store: store,
        limit: limit,
        takesPaths: takesPaths
      )
      library = LibraryServer(store: store, transcriptions: desk)
      server = try LoopbackHTTP.LoopbackServer(handler: library)
      browser = RawHTTP(port: server.port)
    }

    func send(
      _ method: String,
      _ target: String,
      _ body: [UInt8],
      type: String,
      changing fields: [String: String?] = [:]
    ) async -> RawHTTP.Response {
      let own: [String: String?] = [
        "Content-Type": type, "X-Tabscribe-Token": library.token.text,
        "Origin": "http://127.0.0.1:\(server.port)",
      ]
      let headers = own.merging(fields) { $1 }.compactMap { name, value in value.map { (name, $0) }
      }
      return await browser.send(method, target, headers: headers, body: body)
    }

    func post(_ target: String, _ json: JSONValue = [:]) async -> RawHTTP.Response {
      await send("POST", target, json.renderedBytes(), type: "application/json")
    }

    func put(_ name: String, _ bytes: [UInt8]) async -> RawHTTP.Response {
      await send("PUT", "/new/file?name=\(name)", bytes, type: "application/octet-stream")
    }

    /// The path of an item's page, once nothing of it goes on.
    func finished(_ answer: RawHTTP.Response) async throws -> StoredItem {
      let address = try #require(answer.json["address"]?.string, "\(answer.text)")
      let number = try #require(Int64(address.split(separator: "/").last ?? ""))
      for _ in 0..<600 {
        if await desk.stage(of: number) == nil { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      return try #require(try store.item(number))
    }
  }

  private static func served(
    _ options: EmulatorOptions = EmulatorOptions(),
    key: String = "test-key",
    limit: Decimal = 5,
    takesPaths: Bool = true,
    _ body: (Served) async throws -> Void
  ) async throws {
    try await EmulatedRun.run(options, key: key) { run in
      let served = try Served(run, limit: limit, takesPaths: takesPaths)
      do { try await body(served) } catch {
        await served.desk.close()
        await served.server.stop()
        throw error
      }
      await served.desk.close()
      await served.server.stop()
    }
  }

  private static let far: JSONValue = [
    "source": "https://example.org/1.mp4", "duration": "1:00", "prompt": "transcribe",
  ]

  @Test func aPlanSaysWhatTheCommandLineSays() async throws {
    try await Self.served { served in
      let order: JSONValue = [
        "source": "sample.webm", "start": "0:10", "end": "1:00", "mediaResolution": "low",
        "model": "gemini-3.5-flash",
      ]
      let answer = await served.post("/new/plan", order)
      #expect(answer.status == 200)
      let typed = try await served.run.tabscribe(
        "plan",
        "sample.webm",
        "--start",
        "0:10",
        "--end",
        "1:00",
        "--media-resolution",
        "low",
        "--model",
        "gemini-3.5-flash",
        "--json"
      ).json
      for member in ["requests", "total", "doneBefore"] {
        #expect(answer.json[member] == typed[member])
      }
      #expect(answer.json["leftUSD"] == "5")
      #expect(
        answer.json["command"]
          == "tabscribe transcribe sample.webm --model gemini-3.5-flash --start 0:10 --end 1:00 --media-resolution low --cost-limit 0.05"
      )
      #expect(answer.json["suggestedLimitUSD"] == "0.05")
      let high = try #require(answer.json["total"]?["costUSD"]?["cachedRange"]?["high"]?.double)
      #expect(high * 2 <= 0.05 && high * 2 > 0.04)
    }
  }

  @Test(
    arguments: [
      (["source": "absent.mp4"], "absent.mp4"), (["source": ""], "Nothing is named yet."),
      (["source": "sample.webm", "start": "9:00"], "--start"),
      (["source": "sample.webm", "prompt": "../secret"], "no name of a prompt"),
      (["source": "sample.webm", "prompt": "transcripe"], "Did you mean transcribe?"),
      (["source": "-"], "-"),
    ] as [(JSONValue, String)]
  )
  func aMistakeIsExplainedAsOnTheCommandLine(_ order: JSONValue, _ words: String) async throws {
    try await Self.served { served in
      for target in ["/new/plan", "/new/start"] {
        let answer = await served.post(target, order)
        #expect(answer.status == (target == "/new/plan" ? 200 : 409))
        let error = answer.json["error"]
        let sentences = [error?["message"], error?["remedy"]].compactMap { $0?.string }
        #expect(sentences.count == 2 && sentences.joined().contains(words), "\(answer.text)")
      }
      let runs = try served.store.runs()
      #expect(runs.isEmpty)
    }
  }

  @Test func whatIsStartedIsARunLikeAnyOther() async throws {
    try await Self.served { served in
      let answer = await served.post("/new/start", Self.far)
      #expect(answer.status == 200 && answer.json["isUnderWay"] == true)
      let item = try await served.finished(answer)
      #expect(item.status == .complete)
      let shown = try await served.run.tabscribe("runs", "show", "last", "--json").json
      #expect(shown["arguments"]?[0] == "transcribe")
      #expect(shown["costLimitUSD"] == "5")
      #expect(item.files.allSatisfy { FileManager.default.fileExists(atPath: $0) })
      #expect(!FileManager.default.fileExists(atPath: served.run.folder.path + "/1.html"))
      // Done before, by the plan and by the start, which sends nothing.
      let plan = await served.post("/new/plan", Self.far)
      #expect(plan.json["doneBefore"]?.array?.count == 1)
      let sent = served.run.emulator.log.answeredGenerationCount
      let again = await served.post("/new/start", Self.far)
      #expect(
        again.json["address"]?.string == "/items/\(item.id)" && again.json["isUnderWay"] == false
      )
      #expect(served.run.emulator.log.answeredGenerationCount == sent)
    }
  }

  @Test func theLimitHoldsForAllThatTheServerStarts() async throws {
    let sources = (1...3).map { "https://example.org/\($0).mp4" }
    func order(_ number: Int, _ limit: String? = nil) -> JSONValue {
      var order: JSONObject = ["source": .string(sources[number]), "duration": "10:00"]
      order["costLimitUSD"] = limit.map { .string($0) }
      return .object(order)
    }
    try await Self.served(limit: 0.05) { served in
      let high = await served.post("/new/start", order(0, "0.06"))
      #expect(high.status == 409 && high.json["error"]?["code"] == "limit", "\(high.text)")
      let low = await served.post("/new/start", order(0, "0.000001"))
      #expect(low.json["error"]?["message"]?.string?.contains("is above the limit") == true)
      let item = try await served.finished(await served.post("/new/start", order(0, "0.05")))
      #expect(item.status == .complete)
      let spent = try served.store.spending(of: item.run)
      #expect(spent > 0)
      let plan = await served.post("/new/plan", order(1))
      #expect(plan.json["leftUSD"]?.string.flatMap { Decimal(string: $0) } == 0.05 - spent)
      // Without one of its own it may spend what is left, and no more.
      let second = await served.post("/new/start", order(1))
      if second.status == 200 {
        _ = try await served.finished(second)
        let run = try #require(try served.store.runs().first)
        #expect(run.costLimit == 0.05 - spent)
      } else {
        #expect(second.json["error"]?["code"] == "limit")
      }
      // What was deleted has cost what it cost.
      try served.store.deleteRun(item.run)
      let left = await served.post("/new/plan", order(2)).json["leftUSD"]?.string
      #expect(left.flatMap { Decimal(string: $0) }.map { $0 <= 0.05 - spent } == true)
    }
  }

  @Test func whatIsUnderWayIsSetAsideStoppedAndTakenUp() async throws {
    var options = EmulatorOptions()
    options.speed = 2
    options.rows = 200
    try await Self.served(options, limit: 1) { served in
      let answer = await served.post("/new/start", Self.far)
      let address = try #require(answer.json["address"]?.string, "\(answer.text)")
      let number = try #require(Int64(address.dropFirst("/items/".count)))
      let other: JSONValue = ["source": "https://example.org/2.mp4", "duration": "1:00"]
      let second = await served.post("/new/start", other)
      #expect(second.status == 409)
      #expect(second.json["error"]?["remedy"]?.string?.contains("under way") == true)
      #expect(await served.post("\(address)/resume").status == 409)
      while await served.browser.send("GET", "\(address)/rows?known=").json["rows"]?.array?.isEmpty
        != false
      {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(await served.desk.stage(of: number) != nil)
      #expect(await served.post("\(address)/stop").status == 202)
      let stopped = try await served.finished(answer)
      #expect(stopped.status != .complete && stopped.status != .running)
      #expect(try served.store.run(stopped.run)?.summary.status == .interrupted)
      #expect(await served.post("\(address)/stop").status == 409)
      let resumed = await served.post("\(address)/resume")
      #expect(resumed.status == 200 && resumed.json["address"]?.string == address)
      #expect(await served.desk.stage(of: number) != nil)
      #expect(try served.store.spending(of: stopped.run) > 0)
      #expect(await served.post("/new/plan", other).json["leftUSD"] == "0")
      // The server's end is an interrupt, too.
      await served.desk.close()
      #expect(try served.store.run(stopped.run)?.summary.status == .interrupted)
      for target in ["/new/start", "\(address)/resume"] {
        let late = await served.post(target, other)
        #expect(late.status == 409 && late.text.contains("is being stopped"), "\(late.text)")
      }
      #expect(await served.post("/items/999/resume").status == 404)
    }
  }

  @Test func whatStoppedAtItsLimitGoesOnWithAHigherOne() async throws {
    try await Self.served(limit: 2) { served in
      let sources = (1...6).map { "https://example.org/\($0).mp4" }
      try served.run.folder.write(sources.joined(separator: "\n"), to: "all.txt")
      var order: JSONObject = ["source": "all.txt", "duration": "1:00"]
      let plan = await served.post("/new/plan", .object(order))
      let limit = try #require(plan.json["total"]?["costUSD"]?["cached"]?.rendered())
      order["costLimitUSD"] = .string(limit)
      let begun = await served.post("/new/start", .object(order))
      #expect(begun.json["address"] == "/", "\(begun.text)")
      let run = try #require(try served.store.runs().first).id
      let items = try #require(try served.store.run(run)?.items.map(\.id))
      func settle() async throws {
        for item in items {
          while await served.desk.stage(of: item) != nil {
            try await Task.sleep(for: .milliseconds(20))
          }
        }
      }
      try await settle()
      let sent = served.run.emulator.log.answeredGenerationCount
      #expect((1..<6).contains(sent))
      let again = await served.post("/items/\(items[5])/resume")
      #expect(again.status == 409 && again.json["error"]?["code"] == "limit", "\(again.text)")
      #expect(served.run.emulator.log.answeredGenerationCount == sent)
      let high = await served.post("/items/\(items[5])/resume", ["costLimitUSD": "3"])
      #expect(high.json["isUnderWay"] == true, "\(high.text)")
      try await settle()
      #expect(served.run.emulator.log.answeredGenerationCount == 6)
      #expect(try #require(try served.store.run(run)?.summary.costLimit) <= 2)
      // The whole run counts once.
      let spent = try served.store.spending(of: run)
      let left = await served.post("/new/plan", Self.far).json["leftUSD"]?.string
      #expect(left.flatMap { Decimal(string: $0) } == 2 - spent)
    }
  }

  @Test func aRefusedKeyIsSaidAndNothingOfItIsShown() async throws {
    try await Self.served(key: "invalid-0123456789abcdef") { served in
      let item = try await served.finished(await served.post("/new/start", Self.far))
      #expect(item.status == .failed)
      #expect(item.failure?.contains("0123456789abcdef") == false)
      let page = await served.browser.send("GET", "/items/\(item.id)").text
      #expect(page.contains(try #require(item.failure?.prefix(20))))
      // What helps is said as on the command line.
      let typed = await served.run.tabscribe(
        "transcribe",
        "https://example.org/1.mp4",
        "--duration",
        "1:00"
      )
      let remedy = try #require(typed.errors.split(separator: "\n").last)
      #expect(page.contains(remedy), "\(typed.errors)")
      #expect(
        page.contains("data-address=\"\(item.id)/resume\"") && page.contains("connect-src 'self'")
      )
    }
  }

  @Test func aKeyInTheFormIsRefused() async throws {
    try await Self.served { served in
      let key = "AIza" + String(repeating: "x", count: 35)
      let answer = await served.post(
        "/new/start",
        ["source": "sample.webm", "model": .string(key)]
      )
      #expect(answer.json["error"]?["message"]?.string?.contains("key or token") == true)
      #expect(!answer.text.contains(key))
      let runs = try served.store.runs()
      #expect(runs.isEmpty)
    }
  }

  // MARK: Files

  @Test func aFileIsStreamedIntoTheDataFolderAndPlanned() async throws {
    try await Self.served { served in
      let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm")).bytes
      let kept = await served.put("..%2f..%2FMy%20talk.WEBM", sample)
      #expect(kept.json["name"] == "My talk.webm", "\(kept.text)")
      let number = try #require(kept.json["upload"])
      let order: JSONValue = ["upload": number, "end": "0:20"]
      let plan = await served.post("/new/plan", order)
      #expect(plan.json["requests"]?[0]?["source"] == "My talk.webm")
      #expect(
        plan.json["command"] == "tabscribe transcribe 'My talk.webm' --end 0:20 --cost-limit 0.01"
      )
      #expect(!plan.text.contains(served.run.folder.path))
      let path = served.run.folder.path + "/.local/share/tabscribe/uploads/"
      let folder = try FileManager.default.contentsOfDirectory(atPath: path)
      #expect(folder == [number.string])
      #expect(
        FileManager.default.contents(atPath: path + folder[0] + "/My talk.webm") == Data(sample)
      )
      // Nothing was made of it.
      await served.desk.close()
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
      #expect(await served.post("/new/plan", order).json["error"] != nil)
    }
  }

  @Test func whatIsNoMediaOrEmptyIsNotTaken() async throws {
    try await Self.served { served in
      #expect(await served.put("list.txt", [0x61]).status == 415)
      #expect(await served.put("talk", [0x61]).status == 415)
      #expect(await served.put("", [0x61]).status == 415)
      #expect(await served.put("talk.mp4", []).status == 411)
      let path = served.run.folder.path + "/.local/share/tabscribe/uploads"
      #expect((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] == [])
    }
  }

  @Test func aBrokenUploadLeavesNothing() async throws {
    try await Self.served { served in
      let head =
        "PUT /new/file?name=talk.mp4 HTTP/1.1\r\nHost: 127.0.0.1:\(served.server.port)\r\n"
        + "Origin: http://127.0.0.1:\(served.server.port)\r\nContent-Type: application/octet-stream\r\n"
        + "X-Tabscribe-Token: \(served.library.token.text)\r\nContent-Length: 100000\r\n\r\n"
      await served.browser.leave(after: head + String(repeating: "x", count: 5000))
      let path = served.run.folder.path + "/.local/share/tabscribe/uploads"
      for _ in 0..<200 {
        if try FileManager.default.contentsOfDirectory(atPath: path).isEmpty { return }
        try await Task.sleep(for: .milliseconds(20))
      }
      Issue.record("the beginning of an upload is left")
    }
  }

  @Test func aFileThatTheDiskHasNoRoomForIsRefused() throws {
    let folder = try TemporaryFolder()
    let shelf = UploadShelf(in: folder.path + "/uploads", room: { _ in 300 << 20 })
    func handling(_ bytes: Int) -> BodyHandling {
      shelf.handling(
        of: RequestHead(
          method: "PUT",
          path: "/new/file",
          query: [("name", "talk.mp4")],
          headers: ["Content-Length": "\(bytes)"]
        )
      )
    }
    for (bytes, status) in [(100 << 20, 507), (30_000_000_000, 413)] {
      guard case .refuse(let reply) = handling(bytes) else {
        Issue.record("\(bytes) bytes are taken")
        continue
      }
      #expect(reply.status == status)
    }
    guard case .stream(let sink) = handling(1 << 20) else {
      Issue.record("a file that has room is refused")
      return
    }
    sink.abandon()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/uploads").isEmpty
    )
  }

  // MARK: Who may

  @Test func thePageOffersWhatAsksAboutRecordings() async throws {
    try await Self.served { served in
      let page = await served.browser.send("GET", "/new")
      #expect(page.status == 200)
      #expect(page.text.contains(served.library.token.text))
      #expect(page.text.contains("connect-src 'self'") && page.text.contains("default-src 'none'"))
      #expect(
        page.text.contains("<option value=\"sounds\"") && page.text.contains("gemini-3.5-flash")
      )
      #expect(!page.text.contains("value=\"summary\"") && !page.text.contains("identify-speakers"))
      #expect(await served.browser.send("GET", "/").text.contains("<a href=\"/new\">"))
    }
  }

  @Test(arguments: [
    ["--allow-transcribe"], ["--cost-limit", "1"],
    ["--allow-transcribe", "--cost-limit", "1", "--site", "https://videos.example.org"],
  ])
  func flagsThatMissOneAnotherAreRefused(_ words: [String]) async throws {
    let folder = try TemporaryFolder()
    let run = await CommandRun.tabscribe(["serve"] + words, in: folder)
    #expect(run.code == .usage)
    #expect(run.errors.contains("--allow-transcribe") && run.output.isEmpty)
  }

  @Test(arguments: [
    ("POST", "/new/plan"), ("POST", "/new/start"), ("PUT", "/new/file?name=talk.mp4"),
    ("POST", "/items/1/stop"), ("POST", "/items/1/resume"),
  ])
  func onlyItsOwnPagesMayAsk(_ method: String, _ target: String) async throws {
    try await Self.served { served in
      let type = method == "PUT" ? "application/octet-stream" : "application/json"
      let changes: [[String: String?]] = [
        ["X-Tabscribe-Token": nil], ["X-Tabscribe-Token": ""],
        ["X-Tabscribe-Token": String(served.library.token.text.reversed())],
        ["Origin": "http://evil.example"], ["Origin": "null"], ["Origin": nil],
        ["Sec-Fetch-Site": "cross-site"], ["Content-Type": "text/plain"],
        ["Host": "evil.example"],
      ]
      for change in changes {
        let answer = await served.send(
          method,
          target,
          Array("{\"source\": \"sample.webm\"}".utf8),
          type: type,
          changing: change
        )
        #expect(answer.status == 403, "\(change)")
      }
      let runs = try served.store.runs()
      #expect(runs.isEmpty)
      // Without a desk there is no such address.
      let plain = LibraryServer(store: served.store)
      let server = try LoopbackHTTP.LoopbackServer(handler: plain)
      let answer = await RawHTTP(port: server.port).send(
        method,
        target,
        headers: [
          ("Content-Type", type), ("X-Tabscribe-Token", plain.token.text),
          ("Origin", "http://127.0.0.1:\(server.port)"),
        ],
        body: Array("{}".utf8)
      )
      #expect(answer.status == 405)
      let list = await RawHTTP(port: server.port).send("GET", "/")
      #expect(list.status == 200 && !list.text.contains("/new"))
      #expect(await RawHTTP(port: server.port).send("GET", "/new").status == 404)
      await server.stop()
    }
  }

  @Test func aGroupAsksUnderTheNameOfItsSite() async throws {
    try await Self.served(takesPaths: false) { served in
      let site = "https://videos.example.org"
      let library = LibraryServer(
        store: served.store,
        access: LibraryAccess(site: site, userHeader: "X-User", takesCorrections: false),
        transcriptions: served.desk
      )
      let server = try LoopbackHTTP.LoopbackServer(options: .init(site: site), handler: library)
      let browser = RawHTTP(port: server.port)
      func post(_ changes: [String: String?] = [:]) async -> RawHTTP.Response {
        let own: [String: String?] = [
          "Host": "videos.example.org", "Origin": site, "X-User": "anna",
          "Content-Type": "application/json", "X-Tabscribe-Token": library.token.text,
        ]
        let headers = own.merging(changes) { $1 }.compactMap { name, value in
          value.map { (name, $0) }
        }
        return await browser.send(
          "POST",
          "/new/plan",
          headers: headers,
          body: Self.far.renderedBytes()
        )
      }
      #expect(await post().json["total"]?["requests"] == 1)
      for change: [String: String?] in [
        ["X-User": nil], ["Origin": "http://127.0.0.1:\(server.port)"], ["Host": "127.0.0.1"],
        ["X-Tabscribe-Token": served.library.token.text],
      ] {
        #expect(await post(change).status == 403, "\(change)")
      }
      let fields = [("Host", "videos.example.org"), ("X-User", "anna")]
      let page = await browser.send("GET", "/new", headers: fields).text
      #expect(page.contains(library.token.text) && !page.contains("A path on this machine"))
      await server.stop()
    }
  }

  @Test func aGroupNamesNoFilesOfTheServer() async throws {
    try await Self.served(takesPaths: false) { served in
      for source in [
        "sample.webm", "/etc/passwd", "file:///etc/passwd", "files/abc", "~/x.mp4",
        "gs://films/x.mp4", "s3://films/x.mp4",
      ] {
        let answer = await served.post("/new/start", ["source": .string(source)])
        #expect(answer.status == 409)
        #expect(answer.json["error"]?["message"]?.string?.contains("is no address") == true)
      }
      let plan = await served.post("/new/plan", Self.far)
      #expect(plan.json["total"]?["requests"] == 1)
      // Nor does it take up what somebody who may has begun.
      let typed = await served.run.tabscribe("transcribe", "sample.webm", "--end", "0:10")
      #expect(typed.code == .done)
      let item = try served.store.resolveItem("last")
      #expect(await served.post("/items/\(item.id)/resume").json["error"]?["message"] != nil)
      let own = try await served.finished(await served.post("/new/start", Self.far))
      #expect(await served.post("/items/\(own.id)/resume").status == 200)
    }
  }
}
