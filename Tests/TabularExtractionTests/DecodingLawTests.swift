import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

/// What holds for every reply, tried on many made by chance; a failure names its seed.
@Suite struct DecodingLawTests {
  /// Seeds in portions, so that a portion is one case of a test.
  static let portions = stride(from: 1, to: 1001, by: 125).map { UInt64($0)..<UInt64($0 + 125) }

  @Test(arguments: portions, ReplyEncoding.allCases)
  func whatIsWrittenIsReadBack(_ seeds: Range<UInt64>, _ encoding: ReplyEncoding) throws {
    var rows = 0
    for seed in seeds {
      var generator = TableGenerator(seed: seed)
      let schema = try generator.schema()
      let tables = generator.tables(of: schema)
      rows += tables.map(\.rowCount).reduce(0, +)
      let reply = ReplyEncoder(schema: schema).encoded(tables, as: encoding)
      let decoded = decode(reply, encoding, schema: schema)
      #expect(decoded.tables == tables, "seed \(seed): \(String(decoding: reply, as: UTF8.self))")
      #expect(decoded.isComplete, "seed \(seed): \(decoded.findings)")
    }
    #expect(rows > 1000)
  }

  @Test(arguments: portions, ReplyEncoding.allCases)
  func piecesOfAnySizeGiveTheSame(_ seeds: Range<UInt64>, _ encoding: ReplyEncoding) throws {
    for seed in seeds {
      var generator = TableGenerator(seed: seed)
      let schema = try generator.schema()
      let tables = generator.tables(of: schema, rows: 6)
      let encoder = ReplyEncoder(schema: schema)
      var reply = encoder.encoded(tables, as: generator.chance(90) ? encoding : .json)
      if generator.chance(80) { reply = generator.damaged(reply) }
      let whole = decode(reply, encoding, schema: schema)
      let bytewise = decode(reply, encoding, schema: schema, pieces: { _ in 1 })
      let text = "seed \(seed): \(String(decoding: reply, as: UTF8.self))"
      expectSame(bytewise, whole, "byte by byte, " + text)
      for _ in 0..<2 {
        let pieces = decode(
          reply,
          encoding,
          schema: schema,
          pieces: { Int.random(in: 1...$0, using: &generator.random) }
        )
        expectSame(pieces, whole, "in pieces, " + text)
      }
    }
  }

  private func expectSame(_ one: DecodedReply, _ other: DecodedReply, _ comment: String) {
    #expect(one.tables == other.tables, Comment(rawValue: comment))
    #expect(one.findings == other.findings, Comment(rawValue: comment))
    #expect(one.refusals == other.refusals, Comment(rawValue: comment))
    #expect(one.isComplete == other.isComplete, Comment(rawValue: comment))
  }

  @Test(arguments: portions, ReplyEncoding.allCases)
  func aCutKeepsExactlyTheRowsBeforeIt(_ seeds: Range<UInt64>, _ encoding: ReplyEncoding) throws {
    for seed in seeds where seed % 20 == 0 {
      var generator = TableGenerator(seed: seed, hasMarkup: false)
      let schema = try generator.schema()
      let tables = generator.tables(of: schema, rows: 4)
      let reply = ReplyEncoder(schema: schema).encoded(tables, as: encoding)
      let whole = decode(reply, encoding, schema: schema)
      for cut in reply.indices.dropLast() {
        let decoded = decode(Array(reply[..<cut]), encoding, schema: schema)
        let counts = whole.tables.map { rows(of: $0, before: cut, encoding) }
        #expect(decoded.tables.map(\.rowCount) == counts, "seed \(seed), cut at \(cut)")
        #expect(isPrefix(decoded.tables, of: whole.tables), "seed \(seed), cut at \(cut)")
        #expect(!decoded.isComplete, "seed \(seed), cut at \(cut)")
      }
    }
  }

  /// The rows that end before a cut; a line of TSV ends with its line feed.
  private func rows(of table: Table, before cut: Int, _ encoding: ReplyEncoding) -> Int {
    let feed = encoding == .tsv ? 1 : 0
    return (0..<table.rowCount).count { row in
      table.replyRange(row: row).map { $0.upperBound + feed <= cut } ?? false
    }
  }

  private func isPrefix(_ tables: [Table], of whole: [Table]) -> Bool {
    zip(tables, whole).allSatisfy { table, whole in
      (0..<table.rowCount).allSatisfy { row in
        table.columns.indices.allSatisfy { table[row, $0] == whole[row, $0] }
      }
    }
  }

  /// Every line inside a block that is no tag, header or fence is in a row or kept as refused.
  @Test(arguments: portions) func noLineOfABlockIsLost(_ seeds: Range<UInt64>) throws {
    for seed in seeds {
      var generator = TableGenerator(seed: seed)
      let schema = try generator.schema()
      var marks = 0
      var reply = ""
      for table in schema.tables {
        reply += "<\(table.tag)>\n" + (generator.chance(70) ? "\(table.header[0])\n" : "")
        for _ in 0..<Int.random(in: 1...8, using: &generator.random) {
          let cells = (0..<Int.random(in: 1...6, using: &generator.random)).map { _ in
            generator.pick(["", " ", "00:05", "7", "<b>", "&amp;", "a  b", "\\n", "\\t", "?", "c0"])
          }
          reply += cells.joined(separator: generator.pick(["\t", "\t", "  ", "\\t"]))
          reply += "§\(marks)§" + generator.pick(["\n", "\n", "\r\n", "\n\n"])
          marks += 1
        }
        reply += generator.chance(80) ? "</\(table.tag)>\n" : ""
      }
      let decoded = decode(Array(reply.utf8), .tsv, schema: schema)
      let kept = decoded.tables.flatMap { table in
        (0..<table.rowCount).compactMap { table.originalText(row: $0) }
      }
      let all = kept.joined(separator: "\n") + decoded.refusals.map(\.text).joined(separator: "\n")
      for mark in 0..<marks {
        #expect(all.contains("§\(mark)§"), "seed \(seed), line \(mark) of \(reply)")
      }
    }
  }

  @Test(arguments: portions, ReplyEncoding.allCases)
  func damageNeverCrashesAndRowsOfFindingsExist(
    _ seeds: Range<UInt64>,
    _ encoding: ReplyEncoding
  ) throws {
    for seed in seeds {
      var generator = TableGenerator(seed: seed)
      let schema = try generator.schema()
      var reply = ReplyEncoder(schema: schema).encoded(generator.tables(of: schema), as: encoding)
      for _ in 0..<3 {
        reply = generator.damaged(reply)
        let decoded = decode(reply, encoding, schema: schema, modelStopped: generator.chance(50))
        let counts = Dictionary(uniqueKeysWithValues: decoded.tables.map { ($0.name, $0.rowCount) })
        let rows = decoded.findings.flatMap(\.rows)
        #expect(rows.allSatisfy { $0.index < counts[$0.table] ?? 0 }, "seed \(seed)")
        #expect(decoded.isComplete == !decoded.codes.contains { $0.hasSuffix("!") }, "seed \(seed)")
        for table in decoded.tables where table.rowCount > 0 {
          for column in table.columns.indices {
            let isValid = table.withUTF8(row: table.rowCount - 1, column: column) {
              String(validating: $0, as: UTF8.self) != nil
            }
            #expect(isValid, "seed \(seed)")
          }
        }
      }
    }
  }

  struct Hostile: Sendable, CustomTestStringConvertible {
    let name: String
    let piece: String
    var start = #"{"task1_transcripts": [{"start": "0:01", "text": ""#
    var encoding = ReplyEncoding.json
    var testDescription: String { name }
  }

  static let block = "<TASK1_TRANSCRIPTS_TSV>\n"
  static let hostile = [
    Hostile(name: "quotes", piece: "\""),
    Hostile(name: "quotes and commas", piece: "\" , \"a"),
    Hostile(name: "keys that are none", piece: "\", \"key\", "),
    Hostile(name: "backslashes", piece: "\\"),
    Hostile(name: "open brackets", piece: "[", start: ""),
    Hostile(name: "brackets in text", piece: "{[ ", start: ""),
    Hostile(name: "open comments", piece: "/* ", start: "{"),
    Hostile(name: "objects", piece: "{\"a\": {", start: ""),
    Hostile(name: "bare words", piece: "a:b ", start: "{\"a\": "),
    Hostile(name: "spaces", piece: " ", start: "{\"a\": \"b\""),
    Hostile(name: "angle brackets", piece: "<", start: block, encoding: .tsv),
    Hostile(name: "tabs", piece: "\t", start: block, encoding: .tsv),
    Hostile(name: "ampersands", piece: "&amp", start: block, encoding: .tsv),
    Hostile(name: "tags", piece: "<TASK1_TRANSCRIPTS_TSV>", start: "", encoding: .tsv),
    Hostile(
      name: "closing tags",
      piece: "</TASK1_TRANSCRIPTS_TSV> x",
      start: block,
      encoding: .tsv
    ),
    Hostile(name: "short lines", piece: "0:01\ta\nb\n", start: block, encoding: .tsv),
    Hostile(name: "one word lines", piece: "0:01\ta\n" + "b\n\n", start: block, encoding: .tsv),
    Hostile(name: "literal tabs", piece: "\\t\\n", start: block, encoding: .tsv),
  ]

  /// Anything that grows with the square of the length would take hours here.
  @Test(.timeLimit(.minutes(2)), arguments: hostile)
  func hostileRepliesTakeLinearTime(_ example: Hostile) {
    let count = 100_000 / example.piece.utf8.count
    let reply = Array((example.start + String(repeating: example.piece, count: count)).utf8)
    let whole = decode(reply, example.encoding)
    let pieces = decode(reply, example.encoding, pieces: { min($0, 7) })
    #expect(whole.tables == pieces.tables)
    #expect(whole.codes == pieces.codes)
  }
}
