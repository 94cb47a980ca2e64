import Foundation
internal import OrderedJSON
internal import RunStore
import TestSupport
import Testing
internal import TranscriptModel

/// What a store on a server has to do that a file has not; all else is in the suites for each engine.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "no PostgreSQL server is installed"))
struct ServerTests {
  private let server: PostgreSQLServer
  private let address: String

  init() throws {
    server = try PostgreSQLServer.shared()
    address = try server.newSchema()
  }

  /// Ends the connections of the store, as a restart of the server does.
  private func cutConnections() throws {
    try server.execute(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE application_name = 'tabscribe' AND pid != pg_backend_pid()
        AND query LIKE '%\(schema)%'
      """,
      at: address
    )
  }

  private var schema: String { String(address.suffix(33)) }

  /// Names the schema in the last statement of the connection, by which it is found.
  private func mark(_ store: RunStore) throws { _ = try store.completeItem(identity: schema) }

  @Test func whatIsNotAStoreIsLeftAlone() throws {
    #expect(try code(of: { try RunStore(readingFrom: address) }) == .missing)
    try server.execute("CREATE TABLE runs (id INTEGER)", at: address)
    #expect(try code(of: { try RunStore(path: address) }) == .notAStore)
    let count = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
    #expect(try server.execute(count, at: address) == ["1"])
    #expect(try code(of: { try RunStore(path: server.address(schema: "none")) }) == .notAStore)
  }

  @Test func aStoreOfANewerVersionIsRefused() throws {
    try RunStore(path: address).begin(Sample.run("a"))
    try server.execute("INSERT INTO migrations VALUES ('m900Future', 0)", at: address)
    for open in [{ try RunStore(path: address) }, { try RunStore(readingFrom: address) }] {
      #expect(try code(of: open) == .newerVersion)
    }
  }

  /// Other programs read both alike; a migration of one is a migration of the other.
  @Test func theTablesAndViewsAreThoseOfAFile() throws {
    _ = try RunStore(path: address)
    let columns = try server.execute(
      """
      SELECT table_name || '.' || column_name FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name NOT LIKE '%words'
      """,
      at: address
    )
    let file = try TemporaryStore(.sqlite)
    _ = try file.open()
    let known = try PlainConnection(file.path).texts(
      """
      SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c
      WHERE m.type IN ('table', 'view') AND m.name NOT LIKE '%words%' AND m.name NOT LIKE 'sqlite%'
      """
    )
    #expect(known.count > 150)
    #expect(
      Set(columns).symmetricDifference(known) == ["sources.folded_stem", "sources.folded_title"]
    )
  }

  @Test func aServerThatIsAwayIsSaid() throws {
    let nowhere = "postgresql:///postgres?host=/tmp/nowhere-\(UUID().uuidString)"
    let error = try #require(
      #expect(throws: RunStoreError.self) { try RunStore(path: nowhere) }
    )
    #expect(error.code == .away)
    #expect(error.remedy.hasPrefix("Start the server or mend the address"))
  }

  @Test(arguments: [
    "postgresql://user:secret123@host/database", "postgres://host/database?password=secret123",
    "postgresql://host/?sslpassword=secret123", "postgresql://host:secret123/x?nothing",
  ])
  func aPasswordInAnAddressIsRefusedAndNotShown(_ address: String) throws {
    let error = try #require(#expect(throws: RunStoreError.self) { try RunStore(path: address) })
    #expect(error.code == .notAStore)
    #expect(!error.description.contains("secret123"))
  }

  @Test func passwordsComeFromTheirFile() throws {
    let name = "guarded"
    _ = try? server.execute("CREATE ROLE \(name) LOGIN PASSWORD 'word'", at: address)
    try server.execute("GRANT ALL ON SCHEMA \(schema) TO \(name)", at: address)
    let guarded = server.address(user: name, schema: schema)
    let error = try #require(#expect(throws: RunStoreError.self) { try RunStore(path: guarded) })
    #expect(error.code == .away && error.remedy.contains("PGPASSFILE"))
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data("*:*:*:\(name):word\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    defer { try? FileManager.default.removeItem(at: file) }
    try RunStore(path: guarded + "&passfile=\(file.path)").begin(Sample.run("a"))
    #expect(try RunStore(readingFrom: address).runs().map(\.id) == ["a"])
  }

  @Test func aRightToReadIsEnoughToRead() throws {
    try RunStore(path: address).put(Sample.document(["in orbit"]), run: "a")
    _ = try? server.execute("CREATE ROLE reader LOGIN", at: address)
    try server.execute(
      """
      GRANT USAGE ON SCHEMA \(schema) TO reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO reader
      """,
      at: address
    )
    let store = try RunStore(readingFrom: server.address(user: "reader", schema: schema))
    #expect(try store.search(SearchQuery("orbit")).hits.count == 1)
    #expect(try store.problems() == [])
    #expect(try code(of: { try store.begin(Sample.run("b")) }) == .readOnly)
    let writing = server.address(user: "reader", schema: schema)
    #expect(try code(of: { try RunStore(path: writing).begin(Sample.run("b")) }) == .readOnly)
  }

  @Test func whatAnyTextHoldsComesBack() throws {
    let store = try RunStore(path: address)
    let texts = [
      "a\tb\\n\n\r\u{b}c", "\\N", "\\.", "'; DROP TABLE runs; --", "zero\u{0}inside", "🛰️",
    ]
    try store.put(Sample.document(texts), run: "a")
    for (words, text) in [("b", texts[0]), ("drop", texts[3]), ("inside", "zero\u{2400}inside")] {
      #expect(try store.search(SearchQuery(words)).hits.map(\.row.text).contains(text))
    }
    #expect(try store.problems() == [])
  }

  @Test func wordsOfAnyLengthAndNumberAreTaken() throws {
    let store = try RunStore(path: address)
    let long = String(repeating: "x", count: 5000)
    let many = (0..<300_000).map { "w\($0)" }.joined(separator: " ")
    try store.put(Sample.document([long, many]), run: "a")
    #expect(try store.search(SearchQuery(long)).hits.count == 1)
    #expect(try store.search(SearchQuery("w1 w9000")).hits.count == 1)
  }

  @Test func pathsAreThoseOfAMachine() throws {
    let store = try RunStore(path: address)
    let item = try store.put(Sample.document(["one"]), run: "a")
    #expect(try store.item(item)?.files == ["/videos/a/talk.html"])
    try server.execute("UPDATE results SET path = 'elsewhere:/videos/a/talk.html'", at: address)
    #expect(try store.item(item)?.files == ["elsewhere:/videos/a/talk.html"])
    #expect(try store.item(writtenTo: "/videos/a/talk.html") == nil)
  }

  @Test func whatLiesInABucketIsThereForEveryMachine() throws {
    let store = try RunStore(path: address)
    let item = try store.put(Sample.document(["one"]), run: "a")
    try store.setFiles(["s3://b/talk.html", "gs://b/talk.json"], of: item)
    let kept = try server.execute("SELECT path FROM results ORDER BY path", at: address)
    #expect(kept == ["gs://b/talk.json", "s3://b/talk.html"])
    #expect(try store.item(writtenTo: "s3://b/talk.html")?.id == item)
    #expect(try store.item(item)?.files == ["s3://b/talk.html", "gs://b/talk.json"])
  }

  @Test func aConnectionThatWasLostIsMadeAnewAndNothingIsDoneTwice() throws {
    let store = try RunStore(path: address)
    try store.begin(Sample.run("a"))
    let item = try store.add(Sample.item(), to: "a")
    let request = try store.begin(NewRequest(bodyDigest: "d"), of: item)
    for number in UInt8(0)..<20 {
      if number.isMultiple(of: 4) {
        try mark(store)
        try cutConnections()
      }
      try store.append([number], to: request)
    }
    #expect(try store.reply(of: request) == Array(0..<20))
    try mark(store)
    try cutConnections()
    try store.save(Sample.document(["in orbit"]), files: [], status: .complete, for: item)
    try mark(store)
    try cutConnections()
    #expect(try store.search(SearchQuery("orbit")).hits.count == 1)
  }

  @Test func aTransactionThatWasCutIsMadeOnceMore() throws {
    let store = try RunStore(path: address)
    let item = try store.put(Sample.document(["one"]), run: "a")
    var rounds = 0
    try store.changeCorrections(of: item) { document in
      rounds += 1
      if rounds == 1 {
        try server.execute(
          """
          SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
          WHERE locktype = 'advisory' AND objid = hashtext('\(schema)')::oid
          """,
          at: address
        )
      }
      document.corrections = [Sample.check("c", row: 0)]
    }
    #expect(rounds == 2)
    #expect(try store.corrections(of: item).count == 1)
  }
}
