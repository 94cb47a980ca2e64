import Foundation
internal import RunStore
import Testing

/// What is remembered of things that services keep.
@Suite struct ServiceNoteTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  @Test func anUploadIsKnownUntilTheServiceForgetsIt() throws {
    let store = try place.open()
    try store.note(Sample.upload(1), from: Sample.file(1), at: Sample.start)
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start) == [Sample.upload(1)])
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start + 1000).isEmpty)
    #expect(try store.uploads(size: 10, account: "b", at: Sample.start).isEmpty)
    #expect(try store.uploads(size: 11, account: "a", at: Sample.start).isEmpty)
    // The next one to be noted sweeps out what has expired.
    try store.note(Sample.upload(2), from: Sample.file(2), at: Sample.start + 999)
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start).count == 2)
    try store.forgetUpload("files/1")
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start) == [Sample.upload(2)])
    try store.note(Sample.upload(3), from: Sample.file(3), at: Sample.start + 1000)
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start) == [Sample.upload(3)])
  }

  @Test func aFileIsKnownWhileItStaysAsItWas() throws {
    let store = try place.open()
    try store.note(Sample.upload(1), from: Sample.file(1), at: Sample.start)
    #expect(try store.digest(of: Sample.file(1)) == "d1")
    #expect(try store.digest(of: Sample.file(1, modified: 2)) == nil)
    var changed = Sample.upload(1)
    changed.digest = "d2"
    try store.note(changed, from: Sample.file(1, modified: 2), at: Sample.start)
    #expect(try store.digest(of: Sample.file(1)) == nil)
    #expect(try store.digest(of: Sample.file(1, modified: 2)) == "d2")
  }

  @Test func aNoteAboutACacheIsReplacedByItsLabel() throws {
    let store = try place.open()
    var cache = StoredCache(label: "one", account: "a", expiresAt: Sample.start)
    try store.note(cache)
    (cache.name, cache.expiresAt) = ("cachedContents/1", Sample.start + 60)
    try store.note(cache)
    #expect(try store.caches() == [cache])
    #expect(cache.process == .current && !cache.process.isGone)
    try store.forgetCache("one")
    #expect(try store.caches().isEmpty)
  }

  @Test func factsOfAFileHoldWhileItStaysAsItIs() throws {
    let store = try place.open()
    try store.note(facts: "one", of: Sample.file(1), at: Sample.start)
    try store.note(facts: "two", of: Sample.file(2), at: Sample.start + 86_400)
    #expect(try store.facts(of: Sample.file(1)) == "one")
    #expect(try store.facts(of: Sample.file(1, modified: 2)) == nil)
    try store.note(facts: "new", of: Sample.file(1, modified: 2), at: Sample.start)
    #expect(try store.facts(of: Sample.file(1)) == nil)
    #expect(try store.facts(of: Sample.file(1, modified: 2)) == "new")
    // A year later the first is forgotten, the second not yet.
    let later = Sample.start + 365.5 * 86_400
    try store.note(facts: "three", of: Sample.file(3), at: later)
    #expect(try store.facts(of: Sample.file(1, modified: 2)) == nil)
    #expect(try store.facts(of: Sample.file(2)) == "two")
  }

  /// The first release had no tables for this, and a column that nobody filled.
  @Test func aStoreOfTheFirstReleaseIsBroughtUpToDate() async throws {
    let item = try place.open().put(Sample.document(["in orbit"]), run: "a")
    let request = try place.open().begin(NewRequest(bodyDigest: "d"), of: item)
    try place.open().finish(request: request, RequestEnding(.answered))
    try place.write(
      """
      DROP VIEW view_runs; DROP VIEW view_rows; DROP VIEW view_speakers; DROP VIEW view_costs;
      DROP VIEW view_scores;
      DROP TABLE lab_cells; DROP TABLE lab_variants; DROP TABLE lab_rounds; DROP TABLE lab_baselines;
      DROP INDEX items_answered_by_identity;
      DROP TABLE uploads; DROP TABLE known_files; DROP TABLE caches;
      ALTER TABLE requests ADD COLUMN details TEXT NOT NULL DEFAULT 'null';
      ALTER TABLE runs DROP COLUMN known_speakers;
      ALTER TABLE runs DROP COLUMN cost_limit;
      DROP TABLE results;
      ALTER TABLE items ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
      UPDATE items SET files = '["/videos/talk.html"]';
      ALTER TABLE items DROP COLUMN estimate;
      ALTER TABLE items DROP COLUMN stand_in;
      ALTER TABLE items DROP COLUMN language;
      DROP INDEX sources_by_content;
      DROP VIEW searched_texts; DROP TABLE passages; DROP TABLE text_words;
      CREATE VIRTUAL TABLE segment_words USING fts5 (text, content = 'segments', content_rowid = 'id');
      ALTER TABLE requests DROP COLUMN expected_cost;
      DROP INDEX requests_by_batch;
      ALTER TABLE requests DROP COLUMN batch;
      ALTER TABLE requests DROP COLUMN body;
      ALTER TABLE requests DROP COLUMN sent_digest;
      ALTER TABLE runs DROP COLUMN work;
      DROP TABLE batch_answers;
      DROP TABLE batches;
      DROP TABLE file_facts;
      DELETE FROM migrations WHERE name > 'm001CreateRuns';
      """
    )
    #expect(try code(of: { try RunStore(readingFrom: place.path) }) == .olderVersion)
    let store = try await confirmation(expectedCount: 1) { told in
      try RunStore(path: place.path, whenOlder: { told() })
    }
    try await confirmation(expectedCount: 0) { told in
      _ = try RunStore(path: place.path, whenOlder: { told() })
    }
    #expect(try store.requests(of: item).map(\.request.bodyDigest) == ["d"])
    #expect(try store.search(SearchQuery("orbit")).hits.count == 1)
    #expect(try store.item(writtenTo: "/videos/talk.html")?.id == item)
    try store.note(Sample.upload(1), from: Sample.file(1), at: Sample.start)
    #expect(try store.problems().isEmpty)
  }
}
