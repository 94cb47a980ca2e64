import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

@Suite struct RobustnessTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  /// A store with a run whose document is found by the word "orbit".
  private func filled() throws {
    let store = try place.open()
    let texts = (0..<2000).map { "row \($0) is about the orbit" }
    try store.put(Sample.document(texts), run: "a")
  }

  private func expectNothingIsLost() throws {
    let store = try RunStore(readingFrom: place.path)
    let item = try store.resolveItem("a")
    #expect(try store.document(of: item.id)?.transcript.segments.count == 2000)
    #expect(try store.search(SearchQuery("orbit")).hits.count == 20)
  }

  @Test func aStoreOfANewerVersionIsRefusedAndLeftAsItIs() throws {
    try filled()
    try place.write("INSERT INTO migrations VALUES ('m900Future', 0)")
    let before = try Data(contentsOf: URL(filePath: place.path))
    #expect(try code(of: { try place.open() }) == .newerVersion)
    #expect(try code(of: { try RunStore(readingFrom: place.path) }) == .newerVersion)
    #expect(try Data(contentsOf: URL(filePath: place.path)) == before)
  }

  @Test func aStoreOfAnOlderVersionIsNotReadHalf() throws {
    try filled()
    try place.write("DELETE FROM migrations")
    #expect(try code(of: { try RunStore(readingFrom: place.path) }) == .olderVersion)
  }

  @Test func anotherProgramsDatabaseIsRefusedAndLeftAsItIs() throws {
    try FileManager.default.createDirectory(
      atPath: (place.path as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true
    )
    try place.write("CREATE TABLE notes (text)")
    let before = try Data(contentsOf: URL(filePath: place.path))
    #expect(try code(of: { try place.open() }) == .notAStore)
    #expect(try Data(contentsOf: URL(filePath: place.path)) == before)
  }

  @Test func aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws {
    try filled()
    let text = Data(String(repeating: "not a database ", count: 1000).utf8)
    try text.write(to: URL(filePath: place.path))
    #expect(try code(of: { try place.open() }) == .notAStore)
    #expect(try code(of: { try RunStore(readingFrom: place.path) }) == .notAStore)
    #expect(try Data(contentsOf: URL(filePath: place.path)) == text)
  }

  @Test func aStoreThatIsNotThereIsNotMadeByReading() throws {
    #expect(try code(of: { try RunStore(readingFrom: place.path) }) == .missing)
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }

  @Test func aStoreLockedByAnotherIsSaidToBe() throws {
    try filled()
    let store = try place.open()
    let other = try PlainConnection(place.path)
    try other.execute("BEGIN IMMEDIATE")
    #expect(try code(of: { try store.begin(Sample.run("b")) }) == .busy)
    // Reading goes on.
    #expect(try store.search(SearchQuery("orbit")).hits.count == 20)
    try other.execute("COMMIT")
    try store.begin(Sample.run("b"))
  }

  @Test func everyDamagedPageIsReportedAndNothingElseHappens() throws {
    try filled()
    let sound = try Data(contentsOf: URL(filePath: place.path))
    for offset in stride(from: 0, to: sound.count, by: 4096 * 5) {
      var damaged = sound
      damaged.replaceSubrange(offset..<(offset + 4096), with: Data(repeating: 0xA5, count: 4096))
      try damaged.write(to: URL(filePath: place.path))
      do {
        let store = try place.open()
        #expect(try !store.problems().isEmpty, "page at \(offset)")
        try readEverything(of: store)
      } catch {
        let isSaid = [.damaged, .notAStore].contains { (code: RunStoreError.Code) in code ~= error }
        #expect(isSaid, "page at \(offset): \(error)")
      }
    }
  }

  private func readEverything(of store: RunStore) throws {
    for summary in try store.runs() {
      for item in try store.run(summary.id)?.items ?? [] {
        _ = try store.document(of: item.id)
        _ = try store.requests(of: item.id)
      }
    }
    _ = try store.search(SearchQuery("orbit", context: 5))
  }

  @Test func anIndexThatDoesNotFitIsReported() throws {
    try filled()
    try place.write("UPDATE segments SET text = 'changed' WHERE row = 7")
    #expect(try place.open().problems() == ["The index of words does not fit the transcripts."])
  }

  @Test func rowsWithoutAnItemAreReported() throws {
    try filled()
    try place.write("DELETE FROM items")
    let problems = try place.open().problems()
    #expect(problems.contains("2000 segments belong to no item."))
    #expect(problems.contains { $0.contains("documents refers to a row of items") })
  }

  @Test func aBackupIsWholeWhileOthersWriteAndReplacesNothing() throws {
    try filled()
    let store = try place.open()
    let writer = try place.open()
    try writer.begin(Sample.run("b"))
    let target = place.folder.appending(path: "copy.db").path
    try store.backup(to: target)
    let copy = try RunStore(path: target)
    #expect(try copy.problems() == [])
    #expect(try copy.runs().count == 2)
    let facts = try FileManager.default.attributesOfItem(atPath: target)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    #expect(try code(of: { try store.backup(to: target) }) == .exists)
    #expect(!FileManager.default.fileExists(atPath: target + ".part"))
  }

  @Test func deletingARunLeavesNothingOfItAndGivesBackItsSpace() throws {
    let store = try place.open()
    try store.put(Sample.document(["stays"]), run: "kept", uri: "kept.mp4")
    let before = try size()
    let texts = (0..<5000).map { "row \($0) is about the orbit" }
    let item = try store.put(Sample.document(texts), run: "gone")
    let request = try store.begin(NewRequest(bodyDigest: "d"), of: item)
    try store.append([UInt8](repeating: 65, count: 1_000_000), to: request)
    try store.setCorrections([StoredCorrection(["a": 1])], of: item)
    try store.deleteRun("gone")
    #expect(try store.run("gone") == nil)
    #expect(try store.reply(of: request).isEmpty)
    #expect(try store.search(SearchQuery("stays")).hits.count == 1)
    #expect(try store.problems() == [])
    #expect(try size() < before + 500_000)
    #expect(try code(of: { try store.deleteRun("gone") }) == .unknownRun)
  }

  @Test func aRunThatIsBeingWorkedOnIsNotDeleted() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    #expect(try code(of: { try store.deleteRun("a") }) == .inUse)
    try place.write("UPDATE runs SET process = 999999999")
    try store.deleteRun("a")
  }

  private func size() throws -> Int {
    let store = try place.open()
    _ = try store.runs()
    let facts = try FileManager.default.attributesOfItem(atPath: place.path)
    return try #require(facts[.size] as? Int)
  }
}
