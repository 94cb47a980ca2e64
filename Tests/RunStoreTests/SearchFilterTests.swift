import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

/// What a search can be narrowed by, and what is searched besides rows of transcripts.
@Suite(.eachEngine) struct SearchFilterTests {
  let store: RunStore
  private let place: TemporaryStore

  init() throws {
    place = try TemporaryStore()
    store = try place.open()
  }

  /// Puts a result of a source of its own into the store.
  @discardableResult
  private func put(
    _ run: String,
    _ texts: [String],
    minutes: Double = 0,
    uri: String,
    hash: String? = nil,
    prompt: String = "transcribe",
    model: String = "gemini-3.5-flash",
    settings: JSONValue = [:],
    status: ItemStatus = .complete,
    tables: [Table] = []
  ) throws -> Int64 {
    var item = Sample.item(uri: uri)
    if uri.hasPrefix("https:") { item.source.kind = "https" }
    (item.source.contentHash, item.prompt.name, item.model) = (hash, prompt, model)
    item.settings = settings
    var document = Sample.document(texts)
    document.tables = tables
    try store.begin(Sample.run(run, minutes: minutes))
    let number = try store.add(item, to: run)
    try store.save(document, files: [], status: status, for: number)
    try store.finishRun(run, .finished)
    return number
  }

  private func runs(_ query: SearchQuery) throws -> [String] {
    try store.search(query).hits.map(\.place.run)
  }

  private func query(
    _ words: String = "orbit",
    _ change: (inout SearchQuery) -> Void
  ) -> SearchQuery {
    var query = SearchQuery(words, order: .time)
    change(&query)
    return query
  }

  @Test func propertiesOfTranscriptsNarrowASearch() throws {
    try put("a", ["We are in orbit and the sun is up"], uri: "talks/one.mp4")
    try put(
      "b",
      ["Wir sind im orbit und das ist nicht weit"],
      uri: "/videos/talks/../old/two.mp4",
      prompt: "quotes",
      model: "gemini-3.8-flash"
    )
    try put("c", ["orbit"], uri: "https://example.org/talks/three.mp4")
    #expect(try runs(query { $0.language = "DE" }) == ["b"])
    #expect(try runs(query { $0.language = "en" }) == ["a"])
    #expect(try runs(query { $0.prompt = "Quotes" }) == ["b"])
    #expect(try runs(query { $0.model = "gemini-3.5-flash" }) == ["c", "a"])
    #expect(try runs(query { $0.folder = "/videos" }) == ["b", "a"])
    #expect(try runs(query { $0.folder = "/videos/talks" }) == ["a"])
    #expect(try runs(query { $0.folder = "/videos/ol" }) == [])
    #expect(try runs(query { $0.finding = "gap" }) == ["c", "b", "a"])
    #expect(try runs(query { $0.finding = "truncated" }) == [])
    #expect(try runs(query("") { $0.prompt = "quotes" }) == ["b"])
    let choices = try store.searchChoices()
    #expect(choices.prompts == ["quotes", "transcribe"])
    #expect(choices.languages == ["de", "en"])
  }

  @Test func rowsThatAPersonCheckedAreToldFromOthers() throws {
    let item = try put("a", ["orbit one", "orbit two"], uri: "a.mp4")
    try put("b", ["orbit three"], uri: "b.mp4")
    try store.setCorrections([StoredCorrection(Sample.check("c", row: 1))], of: item)
    func texts(_ isChecked: Bool) throws -> [String] {
      try store.search(query { $0.isChecked = isChecked }).hits.map(\.row.text)
    }
    #expect(try texts(true) == ["orbit two"])
    #expect(try texts(false) == ["orbit three", "orbit one"])
    #expect(
      try store.search(query("") { $0.isChecked = true }).hits.map(\.row.text) == ["orbit two"]
    )
  }

  @Test func ofEachSourceAndPromptTheNewestIsSearched() throws {
    try put("a", ["orbit"], uri: "a.mp4", hash: "1")
    try put("b", ["orbit"], minutes: 1, uri: "moved/a.mp4", hash: "1")
    try put("c", ["orbit"], minutes: 2, uri: "a.mp4", hash: "1", prompt: "quotes")
    try put("d", ["orbit"], minutes: 3, uri: "a.mp4", hash: "1", settings: ["start": 60])
    // A newer one that is not whole hides nothing.
    try put("e", ["orbit"], minutes: 4, uri: "a.mp4", hash: "1", status: .partial)
    #expect(try runs(query { _ in }) == ["e", "d", "c", "b", "a"])
    #expect(try runs(query { $0.isNewestOnly = true }) == ["d", "c", "b"])
    #expect(try runs(query { ($0.isNewestOnly, $0.prompt) = (true, "transcribe") }) == ["d", "b"])
    try store.deleteRun("b")
    #expect(try runs(query { ($0.isNewestOnly, $0.prompt) = (true, "transcribe") }) == ["d", "a"])
  }

  private var quotes: Table {
    var table = Table(
      name: "quotes",
      columns: [
        Column(name: "start", role: .start), Column(name: "quote"), Column(name: "why"),
        Column(name: "count", type: .integer),
      ]
    )
    table.append([
      .time(Timecode(milliseconds: 42_000)), .text("A small step"), .text("famous"), .integer(7),
    ])
    table.append([.missing, .text("月面着陸"), .missing, .missing])
    return table
  }

  @Test func rowsOfOtherTablesAreFound() throws {
    var rows = Table(name: "rows", columns: [Column(name: "text", role: .text)])
    rows.append([.text("in the transcript")])
    let item = try put("a", ["in the transcript"], uri: "a.mp4", tables: [rows, quotes])
    let hit = try #require(try store.search(SearchQuery("famous step", context: 1)).hits.first)
    #expect(hit.row.table == "quotes" && hit.row.row == 0 && hit.row.speaker == nil)
    #expect(hit.row.start?.milliseconds == 42_000)
    #expect(hit.row.text == "A small step · famous")
    #expect(hit.pieces.filter(\.isMatch).map(\.text) == ["step", "famous"])
    #expect(hit.after.map(\.text) == ["月面着陸"])
    #expect(try store.search(SearchQuery("着陸")).hits.map(\.row.table) == ["quotes"])
    // The transcript itself is not found twice.
    #expect(try store.search(SearchQuery("transcript")).hits.count == 1)
    #expect(try store.search(query("step") { $0.speaker = "Shepard" }).hits.isEmpty)
    try store.save(Sample.document(["other"]), files: [], status: .complete, for: item)
    #expect(try store.search(SearchQuery("famous")).hits.isEmpty)
    #expect(try store.problems() == [])
  }

  @Test func whatTheMachineWroteIsFoundOnRequest() throws {
    let item = try put("a", ["before", "the orbiter", "behind"], uri: "a.mp4")
    let correction: JSONValue = [
      "id": "c", "at": "2026-03-12T18:04:00Z", "kind": "text", "row": 1, "startMS": 10_000,
      "before": "the orbiter", "after": "the order",
    ]
    try store.setCorrections([StoredCorrection(correction)], of: item)
    #expect(try store.search(SearchQuery("orbiter")).hits.isEmpty)
    #expect(try store.search(SearchQuery("order")).hits.count == 1)
    let machine = query("orbiter") { ($0.isMachine, $0.context) = (true, 1) }
    let hit = try #require(try store.search(machine).hits.first)
    #expect(hit.row.isMachine && hit.row.row == 1 && hit.row.start?.milliseconds == 10_000)
    #expect(hit.row.speaker == "Alan Shepard")
    #expect(hit.before.map(\.text) == ["before"] && hit.after.map(\.text) == ["behind"])
    #expect(try store.search(query("order") { $0.isMachine = true }).hits.isEmpty)
    #expect(try store.search(query("the") { $0.isMachine = true }).hits.count == 1)
    try store.setCorrections([StoredCorrection(correction, isUndone: true)], of: item)
    #expect(try store.search(SearchQuery("orbiter")).hits.count == 1)
    #expect(try store.problems() == [])
  }

  @Test func bySourceTheBestComesFirstAndFacetsCountRows() throws {
    try put("a", ["orbit", "orbit orbit", "the sun and the moon"], uri: "/v/a.mp4")
    try put("b", ["an orbit", "orbit"], uri: "/v/b.mp4", model: "gemini-3.8-flash")
    try put("c", ["no orbit"], uri: "/w/c.mp4", prompt: "quotes")
    var query = SearchQuery("orbit", limit: 1)
    let all = try store.searchBySource(query, offset: 0, limit: 2)
    #expect(all.sourceCount == 3 && all.hitCount == 5 && all.areAll)
    #expect(all.groups.map { $0.hits.first?.place.run } == ["a", "b"])
    #expect(all.groups.map(\.count) == [2, 2])
    #expect(all.groups[0].hits.map(\.row.text) == ["orbit orbit"])
    #expect(all.facets.models.map(\.value) == ["gemini-3.5-flash", "gemini-3.8-flash"])
    #expect(all.facets.models.map(\.count) == [3, 2])
    #expect(all.facets.folders.map(\.value) == ["/v", "/w"])
    let rest = try store.searchBySource(query, offset: 2, limit: 2)
    #expect(rest.groups.map { $0.hits.first?.place.run } == ["c"])
    #expect(try store.searchBySource(query, offset: 9, limit: 2).groups.isEmpty)
    // What is chosen shows what could be chosen instead.
    query.prompt = "quotes"
    let narrow = try store.searchBySource(query, offset: 0, limit: 2)
    #expect(narrow.hitCount == 1)
    #expect(narrow.facets.prompts.map(\.count) == [4, 1])
    #expect(narrow.facets.models.map(\.count) == [1])
  }
}
