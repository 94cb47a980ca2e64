import CurlHTTP
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RunStore
import Testing

@testable import Transcribing

/// Caches of our own against the emulator: created, used, extended, and never left behind.
@Suite struct CacheKeeperTests {
  private static let model = "gemini-3.8-flash"

  /// A time that tests move.
  private final class Clock: Sendable {
    let emulator: GeminiEmulator
    let start = Date()

    init(_ emulator: GeminiEmulator) { self.emulator = emulator }

    func now() -> Date { start + emulator.clock.elapsed }
  }

  private final class Bench: Sendable {
    let emulator: GeminiEmulator
    let client: GeminiClient
    let folder: String
    let store: RunStore
    let clock: Clock

    init() throws {
      emulator = try GeminiEmulator.start()
      client = GeminiClient(
        configuration: GeminiConfiguration(apiKey: Secret("k"), baseURL: emulator.baseURL),
        transport: CurlTransport()
      )
      folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
      store = try RunStore(path: folder + "/tabscribe.db")
      clock = Clock(emulator)
    }

    func keeper(isRunning: Bool = true, lifetime: Duration = .seconds(600)) -> CacheKeeper {
      CacheKeeper(
        client: client,
        store: store,
        lifetime: lifetime,
        now: clock.now,
        isGone: { _ in !isRunning }
      )
    }

    var notes: [String] { get throws { try store.caches().map(\.label) } }

    /// A note of another process, as a crash would have left it.
    func note(account: String? = nil, in seconds: TimeInterval) throws -> StoredCache {
      let cache = StoredCache(
        label: CacheKeeper.label(),
        account: account ?? client.account,
        expiresAt: clock.now() + seconds
      )
      try store.note(cache)
      return cache
    }

    func caches() async throws -> [CachedContent] { try await client.caches().elements }

    func stop() async {
      await emulator.stop()
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  private static func request(_ text: String = "What is said?") -> GenerateContentRequest {
    let video = FileData(fileUri: "https://a.b/sample.webm", mimeType: "video/webm")
    return GenerateContentRequest(
      contents: [Content(parts: [Part(.fileData(video)), .text(text)])],
      systemInstruction: Content(role: nil, parts: [.text("Be exact.")])
    )
  }

  private static func group(_ id: String = "g") throws -> CacheGroup {
    try #require(CacheGroup(id: id, model: model, request: request()))
  }

  @Test func aGroupUsesOneCacheWhichIsGoneAfterwards() async throws {
    let bench = try Bench()
    let keeper = bench.keeper()
    let group = try Self.group()
    async let first = keeper.open(group)
    async let second = keeper.open(group)
    let names = try await [first, second].compactMap(\.self)
    #expect(names.count == 2 && Set(names).count == 1)
    #expect(try await bench.caches().count == 1)
    #expect(try bench.notes.count == 1)
    for text in ["Who speaks?", "What is said?"] {
      let request = Self.request(text).usingCache(names[0])
      #expect(request.contents.flatMap(\.parts).compactMap(\.text) == [text])
      #expect(request.systemInstruction == nil)
      let answer = try await bench.client.generateContent(request, model: Self.model)
      #expect((answer.usageMetadata?.cachedContentTokenCount ?? 0) > 5000)
    }
    await keeper.close(group.id)
    #expect(try await bench.caches().isEmpty)
    #expect(try bench.notes.isEmpty)
    #expect(await keeper.notices.isEmpty)
    await bench.stop()
  }

  @Test func itsLifeIsExtendedWhileItIsUsed() async throws {
    let bench = try Bench()
    let keeper = bench.keeper()
    let name = try #require(try await keeper.open(Self.group()))
    #expect(await keeper.extend("g"))
    #expect(bench.emulator.log.entries.allSatisfy { $0.method != "PATCH" })
    for _ in 0..<4 {
      bench.emulator.clock.advance(bySeconds: 400)
      #expect(await keeper.extend("g"))
    }
    #expect(bench.emulator.log.entries.count { $0.method == "PATCH" } == 4)
    #expect(try await bench.client.cache(name).name == name)
    bench.emulator.clock.advance(bySeconds: 700)
    #expect(await keeper.extend("g") == false)
    #expect(try bench.notes.isEmpty)
    await bench.stop()
  }

  @Test func whatACrashLeavesIsDeletedByTheNextRun() async throws {
    let bench = try Bench()
    _ = try await bench.keeper().open(Self.group())
    #expect(await bench.keeper(isRunning: true).purge().isEmpty)
    #expect(try await bench.caches().count == 1)
    let deleted = await bench.keeper(isRunning: false).purge()
    #expect(deleted.count == 1)
    #expect(try await bench.caches().isEmpty)
    #expect(try bench.notes.isEmpty)
    await bench.stop()
  }

  @Test func aCacheWhoseNameWasNeverHeardIsFoundByItsLabel() async throws {
    let bench = try Bench()
    let note = try bench.note(in: 600)
    let group = try Self.group()
    let draft = CachedContent.Draft(
      contents: group.contents,
      timeToLive: .seconds(600),
      displayName: note.label
    )
    _ = try await bench.client.createCache(draft, model: Self.model)
    let foreign = CachedContent.Draft(contents: group.contents, displayName: "somebody's")
    _ = try await bench.client.createCache(foreign, model: Self.model)
    #expect(await bench.keeper(isRunning: false).purge().count == 1)
    #expect(try await bench.caches().map(\.displayName) == ["somebody's"])
    #expect(try bench.notes.isEmpty)
    await bench.stop()
  }

  @Test func notesOfOthersAndOfThePastCostNothing() async throws {
    let bench = try Bench()
    let another = try bench.note(account: "another", in: 600)
    _ = try bench.note(in: -1)
    #expect(await bench.keeper(isRunning: false).purge().isEmpty)
    #expect(try bench.notes == [another.label])
    #expect(bench.emulator.log.count == 0)
    await bench.stop()
  }

  @Test func whatIsTooSmallIsSentWithoutACache() async throws {
    let bench = try Bench()
    var request = Self.request()
    request.contents[0].parts[0].videoMetadata = VideoMetadata(endOffset: .seconds(5))
    let group = try #require(CacheGroup(id: "g", model: Self.model, request: request))
    let keeper = bench.keeper()
    #expect(try await keeper.open(group) == nil)
    #expect(await keeper.notices.first?.contains("too small") == true)
    #expect(try bench.notes.isEmpty)
    await bench.stop()
  }

  @Test func anInterruptedRunDeletesItsCacheAllTheSame() async throws {
    let bench = try Bench()
    let keeper = bench.keeper()
    _ = try await keeper.open(Self.group())
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      await keeper.closeAll()
    }
    await task.value
    #expect(try await bench.caches().isEmpty)
    #expect(try bench.notes.isEmpty)
    await bench.stop()
  }

  @Test func onlyRequestsWithMediaInFrontCanBeDivided() {
    let text = GenerateContentRequest(contents: [Content(parts: [.text("a")])])
    #expect(CacheGroup(id: "g", model: "m", request: text) == nil)
    #expect(text.usingCache("c") == text)
    var silent = Self.request()
    silent.contents[0].parts.removeLast()
    #expect(CacheGroup(id: "g", model: "m", request: silent) == nil)
  }
}
