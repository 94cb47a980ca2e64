import Foundation
internal import TestSupport
import Testing
internal import TranscriptModel

@testable internal import RunStore

@Suite struct FullDiskTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  private func limitPages(of store: RunStore, to sql: SQL) throws {
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
      _ = try store.save(Sample.document(texts), files: [], status: .complete, for: item)
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

  /// A disk of two megabytes in memory, where the test may make one.
  @Test func onAFullDiskWhatIsThereStaysAndWorkGoesOnWhenThereIsRoom() throws {
    let disk = place.folder.appending(path: "disk").path
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    guard getuid() == 0, let mount = ChildProcess.path(of: "mount"),
      let unmount = ChildProcess.path(of: "umount"),
      try ChildProcess.run(mount, ["-t", "tmpfs", "-o", "size=2m", "none", disk]).code == 0
    else { return }
    defer { _ = try? ChildProcess.run(unmount, ["-l", disk]) }
    let filler = URL(filePath: disk).appending(path: "filler")
    try Data(repeating: 0, count: 500_000).write(to: filler)
    let store = try RunStore(path: disk + "/data/tabscribe.db")
    let kept = try store.put(Sample.document(["in orbit"]), run: "a")
    let request = try store.begin(NewRequest(bodyDigest: "d"), of: kept)
    var count = 0
    let piece = [UInt8](repeating: 65, count: 10_000)
    let reason = try code(of: {
      while count < 1000 {
        try store.append(piece, to: request)
        count += 1
      }
    })
    #expect(reason == .full)
    #expect(try store.reply(of: request).count == count * piece.count)
    #expect(try store.search(SearchQuery("orbit")).hits.count == 1)
    #expect(try code(of: { try RunStore(path: disk + "/other/tabscribe.db") }) == .full)
    try FileManager.default.removeItem(at: filler)
    try store.append(piece, to: request)
    try store.finish(request: request, RequestEnding(.answered))
    #expect(try store.reply(of: request).count == (count + 1) * piece.count)
    #expect(try store.problems() == [])
  }
}
