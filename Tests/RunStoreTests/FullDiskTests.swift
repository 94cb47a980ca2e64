import Foundation
import Testing
internal import TranscriptModel

@testable internal import RunStore

@Suite struct FullDiskTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  private func limitPages(of store: RunStore, to sql: StaticString) throws {
    try store.access { connection throws(RunStoreError) in try connection.execute(sql) }
  }

  @Test func aStoreThatCannotGrowKeepsWhatItHasAndGoesOnLater() throws {
    let store = try place.open()
    let kept = try store.put(Sample.document(["in orbit"]), run: "a")
    try store.begin(Sample.run("b"))
    let item = try store.add(Sample.item(), to: "b")
    let request = try store.begin(NewRequest(bodyDigest: "d"), of: item)
    try limitPages(of: store, to: "PRAGMA max_page_count = 1")
    let megabyte = [UInt8](repeating: 65, count: 1_000_000)
    #expect(try code(of: { try store.append(megabyte, to: request) }) == .full)
    let texts = (0..<5000).map { "in orbit \($0)" }
    let save = {
      try store.save(Sample.document(texts), files: [], status: .complete, for: item)
    }
    #expect(try code(of: save) == .full)
    #expect(try store.reply(of: request).isEmpty)
    #expect(try store.item(item)?.status == .waiting)
    #expect(try store.search(SearchQuery("orbit")).hits.map(\.place.item) == [kept])
    try limitPages(of: store, to: "PRAGMA max_page_count = 1000000")
    try save()
    #expect(try store.item(item)?.status == .complete)
    #expect(try store.problems() == [])
  }
}
