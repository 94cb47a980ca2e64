import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

@Suite(.eachEngine) struct RunStoreTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  @Test func aRunComesBackAsItWasPutIn() throws {
    let store = try place.open()
    try store.begin(Sample.run("20261120T101500Z-3f9ac2"))
    let items = [Sample.item(1), Sample.item(2, uri: "other.mp4")]
    try store.add(items, to: "20261120T101500Z-3f9ac2")
    let again = try RunStore(readingFrom: place.path)
    let run = try #require(try again.run("20261120T101500Z-3f9ac2"))
    #expect(run.summary.startedAt == Sample.start)
    #expect(run.summary.status == .running)
    #expect(run.summary.process == .current)
    #expect(run.summary.arguments == ["transcribe", "talk.mp4", "--fps", "2"])
    #expect(run.summary.itemCounts == [.waiting: 2])
    #expect(run.summary.cost == nil)
    #expect(run.items.map(\.item) == items)
    #expect(run.items.map(\.status) == [.waiting, .waiting])
    #expect(run.items[1].reference == "20261120T101500Z-3f9ac2.2")
  }

  @Test func theSameSourceIsStoredOnceAndLearnsWhatWasNotKnown() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    var item = Sample.item()
    item.source.durationMS = nil
    try store.add(item, to: "a")
    var second = Sample.item(2)
    second.source.title = nil
    try store.add(second, to: "a")
    let run = try #require(try store.run("a"))
    #expect(run.items.map(\.item.source.durationMS) == [60_000, 60_000])
    #expect(run.items.map(\.item.source.title) == ["A talk", "A talk"])
  }

  @Test func aRepliesBytesComeBackInTheOrderOfTheirArrival() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    let item = try store.add(Sample.item(), to: "a")
    let clip = TimeRange(start: .zero, end: Timecode(milliseconds: 30_000))
    let first = try store.begin(NewRequest(clip: clip, bodyDigest: "d1"), of: item)
    let second = try store.begin(
      NewRequest(kind: .continuation, bodyDigest: "d2"),
      of: item
    )
    for byte in UInt8(0)..<200 {
      try store.append([byte, 0], to: byte.isMultiple(of: 2) ? first : second)
    }
    try store.append([], to: first)
    let usage = Usage(
      promptTokens: 100,
      cachedTokens: 60,
      outputTokens: 40,
      promptTokensByModality: [.init(modality: "VIDEO", tokens: 90)]
    )
    let ending = RequestEnding(
      .answered,
      finishReason: "STOP",
      usage: usage,
      cost: Decimal(string: "0.000123"),
      attempts: 3
    )
    try store.finish(request: first, ending)
    let again = try RunStore(readingFrom: place.path)
    let requests = try again.requests(of: item)
    #expect(requests.map(\.id) == [first, second])
    #expect(requests[0].ending == ending)
    #expect(requests[0].request.clip == clip)
    #expect(requests[0].endedAt != nil)
    #expect(requests[1].ending.status == .sent)
    #expect(requests[1].request.kind == .continuation)
    #expect(requests.map(\.replySize) == [200, 200])
    let expected: [UInt8] = (0..<100).flatMap { number -> [UInt8] in [UInt8(number * 2), 0] }
    #expect(try again.reply(of: first) == expected)
  }

  @Test func aDocumentOfManyPiecesComesBackByteForByte() throws {
    let store = try place.open()
    let document = Sample.document((0..<20_000).map { "Row \($0): we are in orbit. 🛰️" })
    for (run, document) in [("a", document), ("b", Sample.document(["Short and alone."]))] {
      try store.begin(Sample.run(run))
      let item = try store.add(Sample.item(), to: run)
      try store.saveImported(document, status: .complete, carriesCorrections: true, for: item)
      #expect(try store.documentBytes(of: item) == document.jsonBytes())
    }
    #expect(document.jsonBytes().count > 2 << 20)
    #expect(try store.search(SearchQuery("alone")).hits.count == 1)
  }

  @Test func aDocumentComesBackByteForByte() throws {
    let store = try place.open()
    let texts = ["We are in orbit.", "", "zero\u{0}inside", "🛰️ café"]
    let item = try store.put(Sample.document(texts), run: "a")
    let saved = Sample.document(texts).jsonBytes()
    #expect(try store.documentBytes(of: item) == saved)
    #expect(try store.document(of: item)?.transcript == Sample.document(texts).transcript)
    let stored = try #require(try store.item(item))
    #expect(stored.status == .complete)
    #expect(stored.files == ["/videos/a/talk.html"])
    // A file has the result that was written to it last.
    let later = try store.put(Sample.document(texts), run: "b")
    try store.addFiles(["/videos/a/talk.html"], of: later)
    #expect(try store.item(item)?.files == [])
    #expect(try store.item(later)?.files == ["/videos/b/talk.html", "/videos/a/talk.html"])
    #expect(try store.item(writtenTo: "/videos/a/talk.html")?.id == later)
    #expect(stored.cost == Decimal(string: "0.0123"))
    #expect(stored.segmentCount == 4)
    #expect(stored.speakerCount == 1)
    #expect(stored.findingCount == 1)
    #expect(try store.runs()[0].cost == Decimal(string: "0.0123"))
  }

  @Test func aSecondDocumentReplacesTheFirst() throws {
    let store = try place.open()
    let item = try store.put(Sample.document(["one", "two", "three"]), run: "a")
    try store.save(Sample.document(["four"]), files: [], status: .partial, for: item)
    #expect(try store.document(of: item)?.transcript.segments.map(\.text) == ["four"])
    #expect(try store.item(item)?.status == .partial)
    #expect(try store.problems().isEmpty)
  }

  @Test func correctionsInForceStandInTheDocument() throws {
    let store = try place.open()
    let item = try store.put(Sample.document(["one"]), run: "a")
    let corrections = [
      StoredCorrection(["row": 0, "text": "won"]), StoredCorrection(["row": 1], isUndone: true),
    ]
    try store.setCorrections(corrections, of: item)
    #expect(try store.corrections(of: item) == corrections)
    #expect(try store.document(of: item)?.corrections == [["row": 0, "text": "won"]])
    try store.setCorrections([], of: item)
    #expect(try store.document(of: item)?.corrections == [])
  }

  @Test func mergesAndRatesAreKept() throws {
    let store = try place.open()
    let item = try store.put(Sample.document(["one"]), run: "a")
    #expect(try store.merges(of: item) == nil)
    try store.setMerges([["clip": 1]], of: item)
    try store.setMerges([["clip": 2]], of: item)
    #expect(try store.merges(of: item) == [["clip": 2]])
    try store.updateLearnedRates(of: "a") { known in known ?? 1 }
    try store.updateLearnedRates(of: "a") { known in .array([known ?? 0, 2]) }
    #expect(try store.learnedRates(of: "a") == [1, 2])
    #expect(try store.learnedRates(of: "b") == nil)
  }

  @Test func whatIsDoneIsFoundByItsIdentity() throws {
    let store = try place.open()
    let old = try store.put(Sample.document(["one"]), run: "a")
    let new = try store.put(Sample.document(["one"]), run: "b")
    #expect(try store.completeItem(identity: "identity of talk.mp4")?.id == new)
    try store.setStatus(of: new, .failed, failure: "No.")
    #expect(try store.completeItem(identity: "identity of talk.mp4")?.id == old)
    #expect(try store.completeItem(identity: "another") == nil)
    #expect(try store.item(new)?.failure == "No.")
  }

  @Test func runsAreNamedByIdBeginningOrLast() throws {
    let store = try place.open()
    for (minutes, id) in ["ab1", "ab2", "c%", "ab"].enumerated() {
      try store.begin(Sample.run(id, minutes: Double(minutes)))
    }
    #expect(try store.runs(limit: 2).map(\.id) == ["ab", "c%"])
    #expect(try store.resolveRun("last") == "ab")
    #expect(try store.resolveRun("ab2") == "ab2")
    #expect(try store.resolveRun("ab") == "ab")
    #expect(try store.resolveRun("c") == "c%")
    #expect(throws: RunStoreError.self) { try store.resolveRun("a") }
    #expect(throws: RunStoreError.self) { try store.resolveRun("%") }
    #expect(throws: RunStoreError.self) { try store.resolveRun("") }
  }

  @Test func itemsAreNamedByRunAndPosition() throws {
    let store = try place.open()
    try store.begin(Sample.run("one"))
    let only = try store.add(Sample.item(), to: "one")
    try store.begin(Sample.run("two"))
    let both = try store.add([Sample.item(1), Sample.item(2, uri: "b.mp4")], to: "two")
    #expect(try store.resolveItem("one").id == only)
    #expect(try store.resolveItem("tw.2").id == both[1])
    #expect(try code(of: { try store.resolveItem("two") }) == .ambiguousRun)
    #expect(try code(of: { try store.resolveItem("two.3") }) == .unknownRun)
  }

  @Test func aRunWhoseProcessIsGoneIsInterruptedAndCanBeTakenUp() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    try place.write("UPDATE runs SET process = 999999999")
    #expect(try store.runs()[0].status == .interrupted)
    try store.reopen("a")
    #expect(try store.runs()[0].status == .running)
    // The same number, another start: a later process.
    try place.write("UPDATE runs SET process_start = 'long ago'")
    #expect(try store.runs()[0].status == .interrupted)
  }

  @Test func aRunOfAnotherMachineIsLeftAloneUnlessToldOtherwise() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    try place.write("UPDATE runs SET host = 'elsewhere'")
    #expect(try store.runs()[0].status == .running)
    #expect(try code(of: { try store.reopen("a") }) == .inUse)
    try store.reopen("a", evenIfRunning: true)
    #expect(try store.runs()[0].process == .current)
  }

  @Test func workThatAnotherProcessIsAtIsNotBegunTwice() throws {
    let store = try place.open()
    _ = try store.begin(
      Sample.run("a"),
      [Sample.item(1), Sample.item(2, uri: "b.mp4")],
      isAlone: true
    )
    // The same process may: it knows what it does.
    _ = try store.begin(Sample.run("b"), [Sample.item()], isAlone: true)
    try place.write("UPDATE runs SET host = 'elsewhere'")
    #expect(
      try code(of: { _ = try store.begin(Sample.run("c"), [Sample.item()], isAlone: true) })
        == .inUse
    )
    #expect(try store.runs().count == 2)
    _ = try store.begin(Sample.run("d"), [Sample.item()], isAlone: false)
    try place.write("UPDATE items SET status = 'complete'")
    _ = try store.begin(Sample.run("e"), [Sample.item()], isAlone: true)
    #expect(try store.runs().count == 4)
  }
}
