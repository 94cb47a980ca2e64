import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

@Suite(.eachEngine) struct SearchTests {
  let store: RunStore
  private let place: TemporaryStore

  static let speakers = [
    Speaker(voice: 1, name: "Alan Shepard", company: "NASA"),
    Speaker(voice: 2, name: "Valentina Tereshkova", company: "Общество «Энергия»"),
    Speaker(voice: 3, position: "Flight Director"),
  ]

  init() throws {
    place = try TemporaryStore()
    store = try place.open()
    try store.put(
      Sample.document(
        ["We are in orbit.", "Orbit, orbit and again orbit!", "Das Café schließt", "the end"],
        speakers: Self.speakers
      ),
      run: "first",
      uri: "/videos/100%_old.mp4"
    )
    try store.put(
      Sample.document(
        ["Nothing here", "in the Orbital module", "we are not in orbit", "cafe noir"],
        speakers: Self.speakers
      ),
      run: "second",
      minutes: 60,
      uri: "https://example.org/new.mp4"
    )
  }

  private func texts(_ query: SearchQuery) throws -> [String] {
    try store.search(query).hits.map(\.row.text)
  }

  @Test(arguments: [
    ("orbit", ["we are not in orbit", "We are in orbit.", "Orbit, orbit and again orbit!"]),
    ("ORBIT we", ["we are not in orbit", "We are in orbit."]),
    ("\"are in orbit\"", ["We are in orbit."]),
    ("“not in”", ["we are not in orbit"]),
    ("orbita*", ["in the Orbital module"]),
    ("\"the orb\"*", ["in the Orbital module"]),
    ("CAFÉ", ["cafe noir", "Das Café schließt"]),
    ("orbit -we", ["we are not in orbit", "We are in orbit."]),
    ("end.", ["the end"]),
    ("absent", []),
  ])
  func wordsPhrasesAndBeginningsAreFound(_ words: String, _ expected: [String]) throws {
    #expect(try texts(SearchQuery(words, order: .time)) == expected)
  }

  @Test(arguments: [
    "\"", "\"\"", "\"orbit", "orbit\"", "NEAR(a b)", "a AND", "OR OR", "NOT", "text:orbit",
    "^orbit",
    "orbit + we", "{text} : orbit", "(orbit", "*", "\"*\"", "a**", "' OR 1=1 --", "orbit\0we", "\0",
    "a-b", "!!! orbit", "𝕏 🛰️", "«»", "; DROP TABLE segments", "col1 : *", "\\", "\u{2}1\u{2}",
  ])
  func noWordsOfAUserAreTakenForOperators(_ words: String) throws {
    do {
      _ = try store.search(SearchQuery(words))
    } catch {
      #expect(error.code == .invalidQuery, "\(error)")
    }
    #expect(try store.problems() == [])
  }

  @Test func theBestRowComesFirstByRank() throws {
    let hits = try texts(SearchQuery("orbit", order: .rank))
    #expect(hits.first == "Orbit, orbit and again orbit!")
    #expect(hits.count == 3)
  }

  @Test func byRankARareWordWeighsMoreThanACommonOne() throws {
    let rows = Array(repeating: "a usual word", count: 50)
    let wanted = ["usual usual usual quasar", "usual quasar quasar quasar"]
    try store.put(Sample.document(rows + wanted), run: "third", minutes: 90)
    let hits = try texts(SearchQuery("usual quasar"))
    #expect(hits == wanted.reversed())
  }

  @Test func byTimeTheNewestTranscriptComesFirstAndIsReadFromItsStart() throws {
    let result = try store.search(SearchQuery("in*", order: .time, limit: 2))
    #expect(result.hits.map(\.row.text) == ["in the Orbital module", "we are not in orbit"])
    #expect(result.hasMore)
    let all = try store.search(SearchQuery("in*", order: .time))
    #expect(all.hits.count == 3)
    #expect(!all.hasMore)
  }

  @Test(arguments: [
    ("shepard", ["We are in orbit."]),
    ("ALAN shep", ["We are in orbit."]),
    ("Téreshkova", ["in the Orbital module", "Orbit, orbit and again orbit!"]),
    ("director", ["we are not in orbit"]),
    ("voice 3", ["we are not in orbit"]),
    ("hepard", []),
  ])
  func speakersAreFoundByNameOrLabel(_ speaker: String, _ expected: [String]) throws {
    var query = SearchQuery("orbit*", order: .time)
    query.speaker = speaker
    #expect(try texts(query) == expected)
  }

  @Test func aSpeakerAloneIsEnough() throws {
    var query = SearchQuery(order: .time)
    query.speaker = "Shepard"
    #expect(
      try texts(query) == ["Nothing here", "cafe noir", "We are in orbit.", "the end"]
    )
    query.speaker = nil
    query.company = "энерг"
    #expect(try texts(query) == ["in the Orbital module", "Orbit, orbit and again orbit!"])
  }

  @Test func sourcesAreFoundByAPartOfThemAndWildcardsAreLetters() throws {
    var query = SearchQuery("orbit")
    query.source = "EXAMPLE.org"
    #expect(try texts(query) == ["we are not in orbit"])
    query.source = "100%_"
    #expect(try texts(query).count == 2)
    query.source = "%"
    #expect(try texts(query).count == 2)
    query.source = "_e"
    #expect(try texts(query).isEmpty)
  }

  @Test func datesIncludeTheirBeginningAndLeaveOutTheirEnd() throws {
    var query = SearchQuery("orbit")
    query.since = Sample.start.addingTimeInterval(3600)
    #expect(try texts(query) == ["we are not in orbit"])
    query.since = nil
    query.until = Sample.start.addingTimeInterval(3600)
    #expect(try texts(query).count == 2)
    query.run = "second"
    #expect(try texts(query).isEmpty)
  }

  @Test func aHitSaysWhereItIsAndWhatFits() throws {
    let hit = try #require(try store.search(SearchQuery("\"in orbit\" we", order: .time)).hits.last)
    #expect(hit.place.reference == "first.1")
    #expect(hit.place.source.uri == "/videos/100%_old.mp4")
    #expect(hit.place.files == ["/videos/first/talk.html"])
    #expect(hit.place.startedAt == Sample.start)
    #expect(hit.row.start == .zero)
    #expect(hit.row.end?.milliseconds == 10_000)
    #expect(hit.row.speaker == "Alan Shepard")
    #expect(hit.pieces.filter(\.isMatch).map(\.text) == ["We", "in orbit"])
    #expect(hit.pieces.map(\.text).joined() == hit.row.text)
  }

  @Test func matchesAreBytesOfTheTextWhateverItHolds() throws {
    let text = "\u{2}12\u{2} 🛰️ ÖRBIT\törbit \u{3}"
    try store.put(Sample.document([text]), run: "third")
    let hit = try #require(try store.search(SearchQuery("orbit", order: .time)).hits.first)
    #expect(hit.row.text == text)
    #expect(hit.pieces.filter(\.isMatch).map(\.text) == ["ÖRBIT", "örbit"])
  }

  @Test func aRowWithAZeroByteIsFoundAndMarked() throws {
    let text = "one\u{0}two lunar"
    try store.put(Sample.document([text]), run: "third")
    let hit = try #require(try store.search(SearchQuery("two lunar")).hits.first)
    // A server keeps no such byte, but the sign for it.
    let sign = StoreEngine.current == .postgresql ? "\u{2400}" : "\u{0}"
    #expect(hit.row.text == "one\(sign)two lunar")
    #expect(hit.pieces.filter(\.isMatch).map(\.text) == ["two", "lunar"])
  }

  @Test func contextStaysInTheTranscript() throws {
    let hits = try store.search(SearchQuery("in", order: .time, context: 2)).hits
    #expect(hits.map { $0.before.map(\.row) } == [[0], [0, 1], []])
    #expect(hits.map { $0.after.map(\.row) } == [[2, 3], [3], [1, 2]])
  }

  @Test func whatWasReplacedOrDeletedIsNotFound() throws {
    let item = try #require(try store.run("first")?.items.first?.id)
    try store.save(Sample.document(["landed"]), files: [], status: .complete, for: item)
    #expect(try texts(SearchQuery("orbit")) == ["we are not in orbit"])
    #expect(try texts(SearchQuery("landed")).count == 1)
    try store.deleteRun("first")
    #expect(try texts(SearchQuery("landed")).isEmpty)
    #expect(try store.problems() == [])
  }

  @Test func nothingToSearchForIsRefused() throws {
    #expect(try code(of: { try store.search(SearchQuery(" \"…\" ")) }) == .invalidQuery)
    let many = String(repeating: "word ", count: 65)
    #expect(try code(of: { try store.search(SearchQuery(many)) }) == .invalidQuery)
    var query = SearchQuery("orbit")
    query.speaker = "?!"
    #expect(try code(of: { try store.search(query) }) == .invalidQuery)
  }

  @Test func rankingOfACommonWordSaysThatItTookTheNewestOnly() throws {
    let texts = (0..<6000).map { "the row \($0)" }
    for run in ["x", "y", "z"] {
      try store.put(Sample.document(texts), run: run, minutes: 100)
    }
    let result = try store.search(SearchQuery("the row"))
    #expect(result.rankedAmongNewest == 6000)
    #expect(result.hasMore)
    #expect(result.hits.count == 20)
    #expect(Set(result.hits.map(\.place.run)) == ["z"])
  }

  @Test func manyItemsAreSearchedAsOneStretch() throws {
    for number in 0..<20 {
      try store.put(
        Sample.document(["common \(number)", "other"], speakers: Self.speakers),
        run: "r\(number)",
        uri: number.isMultiple(of: 2) ? "even.mp4" : "odd.mp4"
      )
    }
    var query = SearchQuery("common", order: .time, limit: 100)
    query.speaker = "Shepard"
    #expect(try store.search(query).hits.count == 20)
    query.source = "even"
    #expect(try store.search(query).hits.count == 10)
  }

  /// A mark behind a quotation mark makes another character of it, but no other scalar.
  @Test(arguments: [
    "orbit\"\u{301} OR text:module\"", "orbit\"\u{301}", "\u{301}\"orbit", "“\u{301}orbit",
  ])
  func marksDoNotLetOperatorsThrough(_ words: String) throws {
    let hits = try store.search(SearchQuery(words)).hits
    #expect(!hits.contains { $0.row.text.contains("module") })
  }
}
