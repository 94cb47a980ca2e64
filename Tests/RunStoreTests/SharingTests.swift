import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

/// Several users of one file at once; each has a connection of its own, as processes have.
@Suite(.eachEngine) struct SharingTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  @Test func manyMayMakeTheStoreAtOnce() async throws {
    let path = place.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          let store = try RunStore(path: path)
          try store.begin(Sample.run("run \(number)"))
        }
      }
      try await group.waitForAll()
    }
    #expect(try place.open().runs().count == 8)
    #expect(try place.open().problems() == [])
  }

  @Test func twoMayAppendAndSaveAtOnce() async throws {
    let path = place.path
    try place.open().begin(Sample.run("a"))
    let requests = try await withThrowingTaskGroup(of: Int64.self) { group in
      for writer in 1...2 {
        group.addTask {
          let store = try RunStore(path: path)
          let item = try store.add(Sample.item(writer), to: "a")
          let request = try store.begin(NewRequest(bodyDigest: "\(writer)"), of: item)
          for number in UInt8(0)..<100 { try store.append([UInt8(writer), number], to: request) }
          try store.finish(request: request, RequestEnding(.answered))
          let texts = (0..<50).map { "writer \(writer) row \($0)" }
          try store.save(Sample.document(texts), files: [], status: .complete, for: item)
          return request
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let store = try RunStore(readingFrom: path)
    for request in requests {
      let bytes = try store.reply(of: request)
      let writer = try #require(bytes.first)
      #expect(bytes == (0..<100).flatMap { number -> [UInt8] in [writer, UInt8(number)] })
    }
    #expect(try store.search(SearchQuery("writer row", limit: 1000)).hits.count == 100)
    #expect(try place.open().problems() == [])
  }

  @Test func noUploadIsLostWhenManyNoteOneAtOnce() async throws {
    let path = place.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        group.addTask {
          try RunStore(path: path)
            .note(Sample.upload(number), from: Sample.file(number), at: Sample.start)
        }
      }
      try await group.waitForAll()
    }
    let kept = try place.open().uploads(size: 10, account: "a", at: Sample.start)
    #expect(Set(kept.map(\.name)).count == 60)
  }

  @Test func oneStoreServesManyTasks() async throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...20 {
        group.addTask {
          let item = try store.add(Sample.item(number), to: "a")
          try store.save(Sample.document(["text"]), files: [], status: .complete, for: item)
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.run("a")?.summary.itemCounts == [.complete: 20])
  }

  @Test func correctionsSavedAtOnceAreAllKept() async throws {
    let path = place.path
    let item = try place.open().put(Sample.document((0..<40).map { "row \($0)" }), run: "a")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for row in 0..<40 {
        group.addTask {
          let store = try RunStore(path: path)
          let added = try store.changeCorrections(of: item) { document in
            document.add([Sample.check("c\(row)", row: row)]).added
          }
          #expect(added == ["c\(row)"])
        }
      }
      try await group.waitForAll()
    }
    let kept = try place.open().corrections(of: item)
    #expect(Set(kept.compactMap { $0.value["id"]?.string }).count == 40)
    #expect(try place.open().document(of: item)?.corrected.checkedRowCount == 40)
  }

  @Test func aChangeThatFailsLeavesCorrectionsAsTheyWere() throws {
    let store = try place.open()
    let item = try store.put(Sample.document(["one"]), run: "a")
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try store.changeCorrections(of: item) { document in
        document.corrections = [Sample.check("c1", row: 0)]
        throw Refusal()
      }
    }
    #expect(try store.corrections(of: item).isEmpty)
    #expect(try store.changeCorrections(of: 999) { _ in 1 } == nil)
  }

  @Test func whatIsFoundBeginsWhereTheSoundPutsIt() throws {
    let store = try place.open()
    let item = try store.put(Sample.document(["orbit"]), run: "a")
    let machine = try #require(try store.document(of: item)?.transcript.segments[0].start)
    let time = Correction.RowTime(
      row: 0,
      before: machine,
      start: Timecode(milliseconds: 61_250),
      end: Timecode(milliseconds: 62_500),
      confidence: 0.9
    )
    let times = Correction(id: "t", date: "2026-03-12T18:04:00Z", change: .times([time]))
    #expect(try store.changeCorrections(of: item) { $0.add([times.json]).added } == ["t"])
    #expect(try store.search(SearchQuery("orbit")).hits.first?.row.start?.milliseconds == 61_250)
    _ = try store.changeCorrections(of: item) { $0.corrections = [] }
    #expect(try store.search(SearchQuery("orbit")).hits.first?.row.start == machine)
  }
}
