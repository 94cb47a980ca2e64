import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

/// The stores of two machines become one.
@Suite struct MergeTests {
  let here: TemporaryStore
  let there: TemporaryStore

  init() throws {
    (here, there) = (try TemporaryStore(), try TemporaryStore(.other))
  }

  /// A run with a request, a reply, a correction and a round of a lab.
  private func fill(_ place: TemporaryStore, run: String, _ text: String) throws {
    let store = try place.open()
    let item = try store.put(Sample.document([text, "And again."]), run: run)
    let request = try store.begin(NewRequest(bodyDigest: "d \(run)"), of: item)
    try store.append(Array("reply of \(run)".utf8), to: request)
    try store.finish(request: request, RequestEnding(.answered))
    try store.setCorrections([StoredCorrection(Sample.check("c", row: 0))], of: item)
    _ = try store.add(
      LabRound(
        lab: "/labs/\(run).yaml",
        startedAt: Sample.start,
        folder: "/labs",
        facts: [:],
        variants: [.init(name: "a", prompt: ["text": "Write."], settings: [:])],
        cells: [
          .init(variant: 0, video: "v", clip: "c", repetition: 1, item: item, scores: [:])
        ]
      )
    )
  }

  @Test(.eachPairOfEngines) func whatIsOnlyThereIsTakenInWithAllThatBelongsToIt() throws {
    try fill(here, run: "a", "We are in orbit.")
    try fill(there, run: "b", "The orbit is low.")
    try fill(there, run: "c", "No orbit at all.")
    let store = try here.open()
    let report = try store.merge(from: there.path)
    #expect(report.taken == ["b", "c"])
    #expect(report.results == 2 && report.labRounds == 2 && report.known == 0)
    #expect(Set(try store.runs().map(\.id)) == ["a", "b", "c"])
    let hits = try store.search(SearchQuery("orbit", order: .time)).hits
    #expect(hits.map(\.place.run) == ["c", "b", "a"])
    let item = try store.resolveItem("c")
    #expect(try store.document(of: item.id)?.transcript.segments[0].text == "No orbit at all.")
    #expect(try store.corrections(of: item.id).map(\.value) == [Sample.check("c", row: 0)])
    let request = try #require(try store.requests(of: item.id).first)
    #expect(try store.reply(of: request.id) == Array("reply of c".utf8))
    #expect(try store.newestLabRound(of: "/labs/c.yaml")?.cells.first?.item == item.id)
    #expect(item.files == ["/videos/c/talk.html"])
    #expect(try store.problems() == [])
  }

  @Test(.eachPairOfEngines) func takenInTwiceNothingChanges() throws {
    try fill(here, run: "a", "We are in orbit.")
    try fill(there, run: "b", "The orbit is low.")
    _ = try here.open().merge(from: there.path)
    let first = try content(of: here)
    let report = try here.open().merge(from: there.path)
    #expect(report.taken == [] && report.known == 1 && report.differing == [])
    #expect(report.labRounds == 0)
    #expect(try content(of: here) == first)
    // And back: the other machine gets only what it lacks.
    #expect(try there.open().merge(from: here.path).taken == ["a"])
    #expect(try there.open().merge(from: here.path).taken == [])
    #expect(try there.open().search(SearchQuery("orbit")).hits.count == 2)
  }

  private func content(of place: TemporaryStore) throws -> [String] {
    let tables = [
      "runs", "items", "sources", "texts", "requests", "reply_chunks", "documents", "segments",
      "speakers", "findings", "corrections", "results", "lab_rounds", "lab_cells", "lab_variants",
    ]
    let connection = try PlainConnection(place.path)
    return try tables.map { table in
      try connection.texts("SELECT count(*) || ' \(table)' FROM \(table)")[0]
    }
  }

  @Test(.eachPairOfEngines) func aRunThatStandsOtherwiseStaysAndIsNamed() throws {
    try fill(here, run: "a", "We are in orbit.")
    try here.open().backup(to: there.folder.path + "/copy.db")
    let copy = try RunStore(path: there.folder.path + "/copy.db")
    let item = try copy.resolveItem("a")
    try copy.setCorrections([], of: item.id)
    #expect(try here.open().merge(from: copy.path).differing == [])
    try copy.setCorrections([StoredCorrection(Sample.check("d", row: 1))], of: item.id)
    let report = try here.open().merge(from: copy.path)
    #expect(report.differing == ["a"] && report.taken == [])
    let kept = try here.open().corrections(of: item.id)
    #expect(kept.map(\.value) == [Sample.check("c", row: 0)])
  }

  @Test(.eachPairOfEngines) func whatIsBeingWorkedOnIsLeftOut() throws {
    let store = try there.open()
    try store.begin(Sample.run("b"))
    _ = try store.add(Sample.item(), to: "b")
    let report = try here.open().merge(from: there.path)
    #expect(report.underWay == ["b"] && report.taken == [])
    // On another machine nobody can be at work on a file that was brought here.
    try there.write("UPDATE runs SET host = 'elsewhere'")
    #expect(try here.open().merge(from: there.path).taken == ["b"])
    #expect(try here.open().runs().map(\.status) == [.interrupted])
  }

  @Test func anOlderStoreIsTakenInAndStaysAsItIs() throws {
    try fill(there, run: "b", "The orbit is low.")
    try there.write(
      """
      DROP VIEW view_runs; DROP VIEW view_costs;
      ALTER TABLE items DROP COLUMN stand_in;
      CREATE VIEW view_runs AS SELECT 1; CREATE VIEW view_costs AS SELECT 1;
      ALTER TABLE items DROP COLUMN language;
      DROP INDEX sources_by_content;
      DROP VIEW searched_texts; DROP TABLE passages; DROP TABLE text_words;
      CREATE VIRTUAL TABLE segment_words USING fts5 (text, content = 'segments', content_rowid = 'id');
      DROP TABLE part_items; DROP TABLE parts; DROP TABLE workers; DROP TABLE holds;
      ALTER TABLE sources DROP COLUMN recorded_ms; ALTER TABLE items DROP COLUMN title;
      ALTER TABLE items DROP COLUMN folded_title; ALTER TABLE items DROP COLUMN checked;
      DELETE FROM migrations WHERE name >= 'm010MarkStandIns';
      """
    )
    #expect(try here.open().merge(from: there.path).taken == ["b"])
    #expect(try code(of: { try RunStore(readingFrom: there.path) }) == .olderVersion)
    let left = try FileManager.default.contentsOfDirectory(atPath: here.folder.path + "/data")
    #expect(!left.contains { $0.contains("merging") })
  }

  @Test func itselfAndWhatIsDamagedAreRefused() throws {
    try fill(here, run: "a", "We are in orbit.")
    let store = try here.open()
    #expect(try code(of: { try store.merge(from: here.path) }) == .inconsistent)
    try fill(there, run: "b", "The orbit is low.")
    try there.write("PRAGMA foreign_keys = OFF; DELETE FROM items")
    #expect(try code(of: { try store.merge(from: there.path) }) == .damaged)
    #expect(try store.runs().map(\.id) == ["a"])
  }
}
