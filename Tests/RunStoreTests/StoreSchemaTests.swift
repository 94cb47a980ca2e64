import Foundation
import RunStore
import TestSupport
import Testing

/// The schema as the documentation prints it, for people who read the store with their own tools.
@Suite struct StoreSchemaTests {
  private static let article = SharedFixtures.projectRoot.appending(
    path: "Sources/Transcribing/Documentation.docc/StoreSchema.md"
  )

  /// What a new store is made of, in the order in which it is made; the tables that keep the
  /// full-text indexes are SQLite's own.
  private func schema() async throws -> String {
    let store = try TemporaryStore()
    _ = try store.open()
    let connection = try PlainConnection(store.path)
    let statements = try connection.texts(
      """
      SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'
      ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, tbl_name, name
      """
    )
    return statements.map { $0 + ";\n" }.joined()
  }

  @Test func theDocumentedSchemaIsThatOfTheStore() async throws {
    let text = String(decoding: try Data(contentsOf: Self.article), as: UTF8.self)
    let (open, close) = ("```sql\n", "```\n")
    let begin = try #require(text.range(of: open)).upperBound
    let end = try #require(text.range(of: close, range: begin..<text.endIndex)).lowerBound
    let schema = try await schema()
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      let rewritten = text[..<begin] + schema + text[end...]
      try Data(rewritten.utf8).write(to: Self.article)
    }
    #expect(text[begin..<end] == schema, "RECORD_SNAPSHOTS=1 rewrites it; look at it")
  }
}
