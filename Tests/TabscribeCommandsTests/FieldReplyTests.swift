import CommandLineInterface
import Foundation
import OrderedJSON
import TestSupport
import Testing

/// Replies that failed in the field, each with what is right.
@Suite(.enabled(if: SharedFixtures.isPresent, "needs ../shared")) struct FieldReplyTests {
  private func run(_ name: String, _ arguments: String...) async throws -> CommandRun {
    let path = SharedFixtures.folder.appending(path: "fixtures/field/replies/\(name).txt").path
    return await .tabscribe(["tables", path, "--json"] + arguments, in: try TemporaryFolder())
  }

  private func codes(_ run: CommandRun) throws -> [String] {
    (try run.json["findings"]?.array ?? []).compactMap { $0["code"]?.string }
  }

  @Test(
    "all rows are read, with a finding",
    arguments: [
      ("json-columnar", "json", "columnar"), ("json-repeated-twice", "json", "repeated-document"),
      ("json-schema-echoed-first", "json", "unrelated-json"),
      ("json-string-of-json", "json", "text-of-json"),
      ("json-tables-as-json-strings", "json", "text-of-json"),
      ("tsv-csv-in-tags", "tsv", "comma-separated"),
      ("tsv-markdown-table-in-tags", "tsv", "markdown-table"),
      ("tsv-thought-json-prefix", "tsv", "unrelated-json"),
    ]
  )
  func readsAllRows(_ name: String, _ encoding: String, _ code: String) async throws {
    let run = try await run(name, "--encoding", encoding)
    #expect(run.code == .done, "\(run.output)")
    let rows = try #require(try run.json["tables"]?["transcripts"]?["rows"]?.array)
    #expect(rows.compactMap { $0.array?.first?.string } == ["00:05", "00:12", "00:31"])
    #expect(try run.json["tables"]?["speakers"]?["rows"]?.array?.count == 2)
    #expect(try codes(run).contains(code))
  }

  @Test func anUnrelatedObjectIsNoTranscript() async throws {
    let run = try await run("unrelated-object")
    #expect(run.code == .incomplete)
    #expect(try run.json["tables"]?["transcripts"]?["rows"]?.array?.isEmpty == true)
    #expect(try run.json["tables"]?["speakers"]?["rows"]?.array?.isEmpty == true)
    #expect(try codes(run).contains("no-rows"))
  }

  @Test func latexStaysReadable() async throws {
    let run = try await run("json-latex")
    let text = try run.json["tables"]?["transcripts"]?["rows"]?.array?.first?.array?[1].string
    #expect(text == #"the \alpha and \frac{a}{b} with \theta"#)
    #expect(try codes(run).contains("literal-backslash"))
  }

  @Test(arguments: [
    ("times-whole-minutes-past-the-hour", "1:40:00"), ("times-all-hmmss-whole-minutes", "1:40:00"),
  ])
  func wholeMinutesStayMinutes(_ name: String, _ duration: String) async throws {
    let run = try await run(name, "--duration", duration)
    let rows = try #require(try run.json["tables"]?["transcripts"]?["rows"]?.array)
    #expect(
      rows.compactMap { $0.array?.first?.string } == [
        "00:00", "15:00", "30:00", "45:00", "1:00:00", "1:15:00", "1:30:00",
      ]
    )
  }

  @Test func hundredthsOfAMinuteLongClipAreFound() async throws {
    let run = try await run("times-mm-ss-hundredths-really", "--duration", "1:00")
    let rows = try #require(try run.json["tables"]?["transcripts"]?["rows"]?.array)
    #expect(
      rows.compactMap { $0.array?.first?.string } == [
        "00:00", "00:04.500", "00:11.200", "00:42.750", "00:58.100",
      ]
    )
    #expect(try codes(run).contains("time-ambiguous"))
  }
}
