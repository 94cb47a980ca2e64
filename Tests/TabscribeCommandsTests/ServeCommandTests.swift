internal import CommandLineInterface
internal import EmbeddedLibrary
import Foundation
internal import LoopbackHTTP
internal import OrderedJSON
internal import RunStore
internal import TestSupport
import Testing
internal import TranscriptModel
import TranscriptionRuns

@testable internal import TabscribeCommands

@Suite struct ServeCommandTests {
  let folder: TemporaryFolder
  let samples: StoreSamples
  let server: LoopbackHTTP.LoopbackServer
  let browser: RawHTTP
  let library: LibraryServer
  /// The number of an item whose video lies in the folder.
  let item: Int64

  init() throws {
    folder = try TemporaryFolder()
    samples = try StoreSamples(folder)
    try samples.addSecond()
    try folder.write("0123456789", to: "talk.mp4")
    item = try samples.addLocal("talk.mp4", size: 10, in: folder)
    let store = try UserStore(
      UserFolders(environment: ["TABSCRIBE_HOME": folder.path]),
      now: { Date() }
    ).writing()
    library = LibraryServer(store: store)
    server = try LoopbackHTTP.LoopbackServer(handler: library)
    browser = RawHTTP(port: server.port)
  }

  private func get(_ path: String, _ headers: (String, String)...) async -> RawHTTP.Response {
    await browser.send("GET", path, headers: headers)
  }

  @Test func theFirstPageListsTranscriptsThatCanBeOpened() async {
    let page = await get("/")
    #expect(page.status == 200)
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.text.contains("<a href=\"/items/\(item)\">talk</a>"))
    #expect(page.text.contains("form-action 'self'"))
    #expect(page.text.contains("default-src 'none'"))
    // That of the page itself, which keeps searches.
    #expect(page.text.ranges(of: "<script").count == 1)
    #expect(!page.text.contains(">later</a>"))
    await server.stop()
  }

  @Test func aReportPlaysItsVideoWithRanges() async {
    let report = await get("/items/\(item)")
    #expect(report.status == 200)
    #expect(report.text.contains("We are in orbit."))
    #expect(report.text.contains("src=\"\(item)/media\""))
    let part = await get("/items/\(item)/media", ("Range", "bytes=2-4"))
    #expect(part.status == 206)
    #expect(part.text == "234")
    #expect(part.headers["content-type"] == "video/mp4")
    let json = await get("/items/\(item).json")
    #expect(json.json["segments"]?[0]?["text"] == "We are in orbit.")
    await server.stop()
  }

  @Test func aFileThatChangedIsNotPlayed() async throws {
    try folder.write("another video", to: "talk.mp4")
    #expect(await get("/items/\(item)/media").status == 404)
    #expect(await !get("/items/\(item)").text.contains("/media"))
    await server.stop()
  }

  @Test func searchLeadsToMomentsAndShowsTextLiterally() async throws {
    let hostile = "<script>alert(1)</script> orbit &amp; \"<img src=x onerror=alert(1)>"
    try samples.store.save(
      StoreSamples.document(["first", hostile]),
      files: [],
      status: .complete,
      for: item
    )
    let page = await get("/search?q=orbit&speaker=host&order=time")
    #expect(page.status == 200)
    #expect(page.text.contains("href=\"/items/\(item)#t=12.5\""))
    #expect(
      page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt; <mark>orbit</mark> &amp;amp;")
    )
    #expect(page.text.ranges(of: "<script").count == 1 && !page.text.contains("<script>alert"))
    #expect(!page.text.contains("<img"))
    await server.stop()
  }

  @Test func aSearchIsNarrowedByFacetsAndShownSourceBySource() async throws {
    for number in 1...21 {
      let texts = (0..<7).map { _ in number == 21 ? "Wir sind im Orbit und das ist gut" : "orbit" }
      try samples.add("talk \(number)", texts, in: "/videos/\(number % 2 == 0 ? "even" : "odd")")
    }
    let page = await get("/search?q=orbit").text
    #expect(page.contains("148 moments in 22 sources"))
    #expect(page.contains("<h3 dir=\"auto\">talk 20</h3>"))
    #expect(page.contains(">2 more</a>"))
    #expect(
      page.contains("<a href=\"/search?q=orbit&amp;folder=%2Fvideos%2Fodd\">/videos/odd 77</a>")
    )
    #expect(page.contains("<a href=\"/search?q=orbit&amp;language=de\">de 7</a>"))
    #expect(page.contains("<a href=\"/search?q=orbit&amp;page=2\">21–22</a>"))
    let second = await get("/search?q=orbit&page=2").text
    #expect(second.components(separatedBy: "<article>").count == 3)
    let german = await get("/search?q=orbit&language=de&folder=%2Fvideos%2Fodd").text
    #expect(german.contains("7 moments in 1 source"))
    #expect(german.contains("name=\"language\" value=\"de\""))
    #expect(german.contains("<a href=\"/search?q=orbit&amp;folder=%2Fvideos%2Fodd\">all</a>"))
    #expect(await get("/search?q=orbit&page=99999999999").status == 200)
    await server.stop()
  }

  @Test(arguments: ["/search?q=%22%3C%21--%22%3E", "/search", "/search?q=absent", "/search?q=%00"])
  func anOddSearchIsAnsweredWithAPage(_ target: String) async {
    let page = await get(target)
    #expect(page.status == 200)
    #expect(!page.text.contains("<!--\""))
    await server.stop()
  }

  @Test(arguments: [
    "/items/999", "/items/x", "/items/1/../../etc/passwd", "/items/1/media/x", "/nothing",
    "/items/9223372036854775808", "/items/-1",
  ])
  func whatIsNotThereIsNotFound(_ target: String) async {
    #expect(await get(target).status == 404)
    await server.stop()
  }

  private func post(
    _ corrections: [JSONValue],
    to number: Int64? = nil,
    token: String? = nil,
    origin: String? = nil,
    host: String? = nil
  ) async throws -> RawHTTP.Response {
    let document = StoreSamples.document(["We are in orbit."])
    let file = CorrectionsFile(for: document, corrections: corrections)
    var headers = [
      ("Content-Type", "application/json"), ("X-Tabscribe-Token", token ?? library.token.text),
      ("Origin", origin ?? "http://127.0.0.1:\(server.port)"),
    ]
    if let host { headers.append(("Host", host)) }
    return await browser.send(
      "POST",
      "/items/\(number ?? item)/corrections",
      headers: headers,
      body: file.json.renderedBytes()
    )
  }

  private static func correction(_ id: String, before: String) -> JSONValue {
    [
      "id": .string(id), "at": "2026-03-12T18:04:00Z", "kind": "text", "row": 0, "startMS": 0,
      "before": .string(before), "after": "We are in Paris.",
    ]
  }

  @Test func aPageOfItsOwnSavesCorrectionsAndIsToldWhatDoesNotApply() async throws {
    let page = await get("/items/\(item)")
    #expect(page.text.contains("content=\"\(item)/corrections\""))
    #expect(page.text.contains("data-token=\"\(library.token.text)\""))
    let good = Self.correction("c1", before: "We are in orbit.")
    let stale = Self.correction("c2", before: "never said")
    let answer = try await post([good, stale])
    #expect(answer.status == 200)
    #expect(answer.json["applied"] == ["c1"])
    #expect(answer.json["problems"]?[0]?["code"] == "before-differs")
    #expect(answer.json["corrections"] == [good])
    #expect(try samples.store.corrections(of: item) == [StoredCorrection(good)])
    #expect(await get("/items/\(item)").text.contains("We are in Paris."))
    #expect(try await post([good]).json["alreadyThere"] == 1)
    await server.stop()
  }

  private func takeBack(_ body: String, token: String? = nil) async -> RawHTTP.Response {
    await browser.send(
      "DELETE",
      "/items/\(item)/corrections",
      headers: [
        ("X-Tabscribe-Token", token ?? library.token.text), ("Content-Type", "application/json"),
        ("Origin", "http://127.0.0.1:\(server.port)"),
      ],
      body: Array(body.utf8)
    )
  }

  @Test func savedCorrectionsAreTakenBackUnlessOthersBuildOnThem() async throws {
    let first = Self.correction("c1", before: "We are in orbit.")
    let second = Self.correction("c2", before: "We are in Paris.")
    #expect(try await post([first, second]).json["applied"] == ["c1", "c2"])
    let early = await takeBack("{\"ids\": [\"c1\"]}")
    #expect(early.status == 409)
    #expect(early.json["error"]?.string?.contains("c2") == true)
    #expect(await takeBack("{\"ids\": [\"never\"]}").status == 409)
    #expect(await takeBack("{\"ids\": []}").status == 400)
    #expect(await takeBack("nothing").status == 400)
    #expect(await takeBack("{\"ids\": [\"c2\"]}", token: "x").status == 403)
    #expect(await takeBack("{\"ids\": [\"c2\"]}").json["corrections"] == [first])
    #expect(await takeBack("{\"ids\": [\"c1\"]}").json["corrections"] == [])
    #expect(try samples.store.corrections(of: item).allSatisfy(\.isUndone))
    #expect(await get("/items/\(item)").text.contains("We are in orbit."))
    await server.stop()
  }

  @Test func peopleAreListedOnceWithWhatIsKnownOfThem() async throws {
    let page = await get("/people")
    #expect(page.status == 200)
    #expect(page.text.contains("1 person"))
    #expect(
      page.text.contains(
        "<a href=\"/search?speaker=Alan%20Shepard&amp;order=time\">Alan Shepard</a>"
      )
    )
    #expect(page.text.contains("Astronaut, NASA"))
    #expect(await get("/people?name=shep").text.contains("Alan Shepard"))
    #expect(await !get("/people?name=hepard").text.contains("Alan Shepard"))
    #expect(await get("/people?page=99999999999&name=%3Cb%3E").status == 200)
    await server.stop()
  }

  @Test func transcriptsOfOneRecordingAreCompared() async throws {
    let id = try samples.addLocal(
      "talk.mp4",
      size: 10,
      in: folder,
      run: "again",
      "We were in orbit."
    )
    #expect(
      await get("/items/\(item)").text.contains("href=\"/compare?first=\(item)&amp;second=\(id)\"")
    )
    let page = await get("/compare?first=\(item)&second=\(id)")
    #expect(page.status == 200)
    #expect(page.text.contains("<del>are</del>") && page.text.contains("<ins>were</ins>"))
    #expect(page.text.contains("src=\"items/\(item)/media\""))
    for target in ["/compare", "/compare?first=\(item)", "/compare?first=\(item)&second=x"] {
      #expect(await get(target).status == 404)
    }
    await server.stop()
  }

  /// Marks the only row as compared.
  private static func check(_ id: String) -> JSONValue {
    [
      "id": .string(id), "at": "2026-03-12T18:04:00Z", "kind": "checked", "row": 0, "checked": true,
    ]
  }

  @Test func whatIsSavedWhileACommandAppliesIsKeptToo() async throws {
    let document = StoreSamples.document(["We are in orbit."])
    for number in 0..<16 {
      let file = CorrectionsFile(for: document, corrections: [Self.check("cli\(number)")])
      try folder.write(file.json.rendered(), to: "fix\(number).json")
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<16 {
          let answer = try await post([Self.check("page\(number)")])
          #expect(answer.status == 200)
        }
      }
      group.addTask {
        for number in 0..<16 {
          let run = await CommandRun.tabscribe(
            ["correct", "apply", "fix\(number).json", "local"],
            in: folder,
            environment: ["TABSCRIBE_HOME": folder.path]
          )
          #expect(run.code == .done, "\(run.errors)")
        }
      }
      try await group.waitForAll()
    }
    #expect(try samples.store.corrections(of: item).count { !$0.isUndone } == 32)
    await server.stop()
  }

  @Test func correctionsFromElsewhereAreRefused() async throws {
    let good = Self.correction("c1", before: "We are in orbit.")
    let wrong = String(library.token.text.reversed())
    #expect(try await post([good], token: wrong).status == 403)
    #expect(try await post([good], token: "").status == 403)
    #expect(try await post([good], origin: "http://evil.example").status == 403)
    #expect(try await post([good], origin: "null").status == 403)
    #expect(try await post([good], host: "evil.example").status == 403)
    #expect(try await post([good], to: 999).status == 404)
    let plain = await browser.send(
      "POST",
      "/items/\(item)/corrections",
      headers: [
        ("X-Tabscribe-Token", library.token.text), ("Content-Type", "text/plain"),
        ("Origin", "http://127.0.0.1:\(server.port)"),
      ],
      body: Array("{}".utf8)
    )
    #expect(plain.status == 403)
    #expect(try samples.store.corrections(of: item).isEmpty)
    await server.stop()
  }

  @Test(arguments: ["", "{", "[]", "{\"tabscribeCorrections\": 2}"])
  func whatIsNoFileOfCorrectionsIsRefused(_ body: String) async throws {
    let answer = await browser.send(
      "POST",
      "/items/\(item)/corrections",
      headers: [
        ("X-Tabscribe-Token", library.token.text), ("Content-Type", "application/json"),
        ("Origin", "http://127.0.0.1:\(server.port)"),
      ],
      body: Array(body.utf8)
    )
    #expect(answer.status == 400)
    #expect(answer.json["error"] != nil)
    await server.stop()
  }

  @Test func tooMuchIsRefused() async throws {
    let long = JSONValue.string(String(repeating: "x", count: CorrectionDesk.limit))
    #expect(try await post([long]).status == 413)
    await server.stop()
  }

  @Test func nothingCanBeSentAndNoOtherNameIsAnswered() async {
    #expect(await browser.send("POST", "/", body: Array("x".utf8)).status == 405)
    #expect(await browser.send("POST", "/items/\(item)", body: Array("x".utf8)).status == 405)
    #expect(await browser.send("DELETE", "/items/\(item)").status == 405)
    #expect(await browser.send("PUT", "/items/\(item)/corrections").status == 405)
    let page = await get("/", ("Host", "evil.example"))
    #expect(!page.text.contains("Transcripts"))
    await server.stop()
  }

  @Test func rowsOfARunningTranscriptionAppearAsTheyArrive() async throws {
    let id = try samples.addRunning("[{\"start\": \"00:05\", \"text\": \"lift-off\", \"voice\": 1}")
    let page = await get("/items/\(id)")
    #expect(page.status == 200)
    #expect(page.text.contains("lift-off"))
    #expect(page.text.contains("connect-src 'self'"))
    let rows = await get("/items/\(id)/rows?known=").json
    #expect(rows["status"] == "running")
    #expect(rows["rows"]?[0]?["text"] == "lift-off")
    #expect(rows["rows"]?[0]?["speaker"] == "[voice 1]")
    let known = try #require(rows["known"]?.string)
    let again = await get("/items/\(id)/rows?known=\(known)").json
    #expect(again["status"] == "running" && again["rows"] == nil)
    try samples.store.save(StoreSamples.document(["x"]), files: [], status: .complete, for: id)
    #expect(await get("/items/\(id)/rows?known=\(known)").json == ["status": "complete"])
    await server.stop()
  }
}

extension StoreSamples {
  /// A run with a video that lies in a folder.
  fileprivate func addLocal(
    _ name: String,
    size: Int,
    in folder: TemporaryFolder,
    run id: String = "local",
    _ text: String = "We are in orbit."
  ) throws -> Int64 {
    let run = NewRun(
      id: id,
      startedAt: Date(timeIntervalSince1970: 1_800_000_000),
      tool: "tabscribe",
      arguments: [],
      workingFolder: folder.path
    )
    try store.begin(run)
    var item = Self.item(1, "talk")
    item.source.uri = name
    item.source.size = size
    item.source.mimeType = "video/mp4"
    let id = try store.add(item, to: run.id)
    try store.save(Self.document([text]), files: [], status: .complete, for: id)
    try store.finishRun(run.id, .finished)
    return id
  }

  /// A run under way whose reply has begun with these rows of JSON.
  fileprivate func addRunning(_ rows: String) throws -> Int64 {
    let run = NewRun(
      id: "running",
      startedAt: Date(timeIntervalSince1970: 1_800_000_001),
      tool: "tabscribe",
      arguments: [],
      workingFolder: "/"
    )
    try store.begin(run)
    var item = Self.item(1, "launch")
    let schema = EmbeddedLibrary.schemas.file(named: "transcripts-speakers.json")
    item.schema.text = schema?.text ?? ""
    let id = try store.add(item, to: run.id)
    try store.setStatus(of: id, .running)
    let request = try store.begin(NewRequest(bodyDigest: "d"), of: id)
    let text = JSONValue.string("{\"task1_transcripts\": \(rows)").rendered()
    let event = "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \(text)}]}}]}\n\n"
    try store.append(Array(event.utf8), to: request)
    return id
  }
}
