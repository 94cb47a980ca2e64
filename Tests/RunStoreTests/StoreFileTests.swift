import Foundation
internal import RunStore
import Testing

/// A store as a file.
@Suite struct StoreFileTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  @Test func theFileAndItsFolderAreTheUsersAlone() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    for path in [place.path, place.path + "-wal"] {
      let facts = try FileManager.default.attributesOfItem(atPath: path)
      #expect(facts[.posixPermissions] as? Int == 0o600)
    }
    let folder = (place.path as NSString).deletingLastPathComponent
    let facts = try FileManager.default.attributesOfItem(atPath: folder)
    #expect(facts[.posixPermissions] as? Int == 0o700)
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
      DROP TABLE part_items; DROP TABLE parts; DROP TABLE workers; DROP TABLE holds;
      ALTER TABLE sources DROP COLUMN recorded_ms; ALTER TABLE items DROP COLUMN title;
      ALTER TABLE items DROP COLUMN folded_title; ALTER TABLE items DROP COLUMN checked;
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
