import TabularExtraction
import Testing
import TranscriptModel

/// What models do to JSON and TSV: each case says which rows come out and what is found.
@Suite struct LenientReadingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var encoding = ReplyEncoding.json
    let reply: String
    let rows: [String]
    let codes: [String]
    var testDescription: String { name }
  }

  private static func rows(_ rows: String) -> String {
    #"{"task1_transcripts": \#(rows), "task2_speakers": []}"#
  }

  private static func block(_ lines: String...) -> String {
    "<TASK1_TRANSCRIPTS_TSV>\n" + lines.joined(separator: "\n")
      + "\n</TASK1_TRANSCRIPTS_TSV>\n<TASK2_SPEAKERS_TSV>\nvoice\tname\tkind\n</TASK2_SPEAKERS_TSV>"
  }

  private static let header = "start\ttext\tvoice"

  static let json = [
    Case(
      name: "trailing commas and comments",
      reply: rows(#"[{"start": "0:01", "text": "a", "voice": 1,}, // first\#n /* none */ ]"#),
      rows: ["0:01|a|1"],
      codes: ["stray-comma*", "comment*"]
    ),
    Case(
      name: "single quotes with an apostrophe inside",
      reply: rows("[{'start': '0:01', 'text': 'don't, he said', 'voice': 1}]"),
      rows: ["0:01|don't, he said|1"],
      codes: ["odd-quotes*", "inner-quote", "odd-quotes*"]
    ),
    Case(
      name: "typographic quotes",
      reply: rows("[{“start”: “0:01”, “text”: “so”, “voice”: 1}]"),
      rows: ["0:01|so|1"],
      codes: ["odd-quotes*", "odd-quotes*"]
    ),
    Case(
      name: "quotes that are not escaped",
      reply: rows(#"[{"start": "0:01", "text": "he said "yes", "no", and left", "voice": 1}]"#),
      rows: [#"0:01|he said "yes", "no", and left|1"#],
      codes: ["inner-quote"]
    ),
    Case(
      name: "a line break that is not escaped",
      reply: rows("[{\"start\": \"0:01\", \"text\": \"a\nb\", \"voice\": 1}]"),
      rows: ["0:01|a\nb|1"],
      codes: ["raw-line-break*"]
    ),
    Case(
      name: "a closing quote that is missing",
      reply: rows(#"[{"start": "0:01", "text": "so, "voice": 1}]"#),
      rows: ["0:01|so|1"],
      codes: ["missing-quote"]
    ),
    Case(
      name: "words of Python",
      reply: rows("[{'start': None, 'text': 'x', 'voice': NaN}]"),
      rows: ["?|x|?"],
      codes: ["foreign-word*", "odd-quotes*", "foreign-word*"]
    ),
    Case(
      name: "a wrapper",
      reply: #"{"result": \#(rows(#"[{"start": "0:01", "text": "a", "voice": 1}]"#))}"#,
      rows: ["0:01|a|1"],
      codes: ["wrapped*"]
    ),
    Case(
      name: "two documents",
      reply: #"{"task1_transcripts": [{"start": "0:01", "text": "a", "voice": 1}]}"#
        + #"{"task2_speakers": []}"#,
      rows: ["0:01|a|1"],
      codes: ["several-documents*"]
    ),
    Case(
      name: "a key twice",
      reply: rows(#"[{"start": "0:01", "text": "a", "text": "b", "voice": 1}]"#),
      rows: ["0:01|b|1"],
      codes: ["duplicate-key"]
    ),
    Case(
      name: "rows that run into each other",
      reply: rows(
        #"[{"start": "0:01", "text": "a", "voice": 1, "start": "0:02", "text": "b", "voice": 2}]"#
      ),
      rows: ["0:01|a|1", "0:02|b|2"],
      codes: ["bracket-mismatch"]
    ),
    Case(
      name: "an array that is not closed",
      reply:
        #"{"task1_transcripts": [{"start": "0:01", "text": "a", "voice": 1}, "task2_speakers": []}"#,
      rows: ["0:01|a|1"],
      codes: ["bracket-mismatch"]
    ),
    Case(
      name: "bare rows, told by their columns",
      reply:
        #"[{"start": "0:01", "text": "a", "voice": 1}][{"voice": 1, "name": "Ada", "kind": "host"}]"#,
      rows: ["0:01|a|1"],
      codes: ["bare-rows*", "several-documents*", "bare-rows*"]
    ),
    Case(
      name: "rows as arrays",
      reply: rows(#"[["0:01", "a", 1]]"#),
      rows: ["0:01|a|1"],
      codes: ["row-by-position"]
    ),
    Case(
      name: "voices as text, floats and words",
      reply: rows(
        #"[{"start": "1", "text": "a", "voice": "1"}, {"start": "2", "text": "a", "voice": 2.0},"#
          + #" {"start": "3", "text": "a", "voice": "voice 3"}, {"start": "4", "text": "a", "voice": "?"}]"#
      ),
      rows: ["1|a|1", "2|a|2", "3|a|3", "4|a|?"],
      codes: ["lenient-type*"]
    ),
    Case(
      name: "a voice that is none",
      reply: rows(#"[{"start": "1", "text": "a", "voice": "Ada"}]"#),
      rows: ["1|a|Ada"],
      codes: ["bad-type"]
    ),
    Case(
      name: "columns that were not asked for, or left out",
      reply: rows(#"[{"start": "1", "mood": "sad", "text": "a"}]"#),
      rows: ["1|a|?"],
      codes: ["column-unknown", "short-row"]
    ),
    Case(
      name: "something that is no row",
      reply: rows(#"["a", {"start": "1", "text": "a", "voice": 1}]"#),
      rows: ["1|a|1"],
      codes: ["bad-row!"]
    ),
  ]

  static let tsv = [
    Case(
      name: "no header",
      encoding: .tsv,
      reply: block("0:01\ta\t1"),
      rows: ["0:01|a|1"],
      codes: ["header-missing"]
    ),
    Case(
      name: "columns in another order",
      encoding: .tsv,
      reply: block("voice\tstart\ttext", "1\t0:01\ta"),
      rows: ["0:01|a|1"],
      codes: ["columns-reordered*"]
    ),
    Case(
      name: "tabs inside the text",
      encoding: .tsv,
      reply: block(header, "0:01\ta\tb\tc\t1"),
      rows: ["0:01|a\tb\tc|1"],
      codes: ["surplus-cell"]
    ),
    Case(
      name: "a tab at the end of the line",
      encoding: .tsv,
      reply: block(header, "0:01\ta\t1\t"),
      rows: ["0:01|a|1"],
      codes: ["surplus-cell"]
    ),
    Case(
      name: "a short row",
      encoding: .tsv,
      reply: block(header, "0:01\ta", "0:02\tb\t2"),
      rows: ["0:01|a|?", "0:02|b|2"],
      codes: ["short-row"]
    ),
    Case(
      name: "a line break inside the text",
      encoding: .tsv,
      reply: block(header, "0:01\tone", "two\t1", "0:02\tb\t2"),
      rows: ["0:01|one\ntwo|1", "0:02|b|2"],
      codes: ["continuation-line"]
    ),
    Case(
      name: "a header that comes again",
      encoding: .tsv,
      reply: block(header, "0:01\ta\t1", header, "0:02\tb\t2"),
      rows: ["0:01|a|1", "0:02|b|2"],
      codes: ["header-repeated*"]
    ),
    Case(
      name: "columns aligned with spaces",
      encoding: .tsv,
      reply: block("start   text        voice", "0:01    so it goes  1"),
      rows: ["0:01|so it goes|1"],
      codes: ["space-aligned"]
    ),
    Case(
      name: "a Markdown table",
      encoding: .tsv,
      reply: block("| start | text | voice |", "|---|:--|--:|", #"| 0:01 | a \| b, "c" | 1 |"#),
      rows: [#"0:01|a | b, "c"|1"#],
      codes: ["markdown-table"]
    ),
    Case(
      name: "comma-separated values",
      encoding: .tsv,
      reply: block("start,text,voice", #"0:01,"a, ""b"" c",1"#, #""0:02","one"#, #"two","2""#),
      rows: [#"0:01|a, "b" c|1"#, "0:02|one\ntwo|2"],
      codes: ["comma-separated"]
    ),
    Case(
      name: "values separated by semicolons, without a header",
      encoding: .tsv,
      reply: block("0:01;a, b;1", "0:02;c;2"),
      rows: ["0:01|a, b|1", "0:02|c|2"],
      codes: ["header-missing", "comma-separated"]
    ),
    Case(
      name: "JSON between the tags",
      encoding: .tsv,
      reply: block("[", #"{"start": "0:01", "text": "a", "voice": 1},"#, "]"),
      rows: ["0:01|a|1"],
      codes: ["json-in-tags", "stray-comma*"]
    ),
    Case(
      name: "JSON rows between the tags",
      encoding: .tsv,
      reply: block(
        #"{"start": "0:01", "text": "a", "voice": 1}"#,
        #"{"start": "0:02", "text": "b", "voice": 1}"#
      ),
      rows: ["0:01|a|1", "0:02|b|1"],
      codes: ["json-in-tags", "wrapped*", "several-documents*"]
    ),
    Case(
      name: "tabs spelled out",
      encoding: .tsv,
      reply: block(#"start\ttext\tvoice"#, #"0:01\ta\t1"#),
      rows: ["0:01|a|1"],
      codes: ["literal-tabs"]
    ),
    Case(
      name: "tabs and line ends spelled out",
      encoding: .tsv,
      reply: block(#"start\ttext\tvoice\n0:01\ta\t1\n0:02\tb\t2\n"#),
      rows: ["0:01|a|1", "0:02|b|2"],
      codes: ["literal-tabs"]
    ),
    Case(
      name: "escapes inside the text",
      encoding: .tsv,
      reply: block(header, "0:01\ta\\nb \\\\n c\\d\t1"),
      rows: ["0:01|a\nb \\n c\\d|1"],
      codes: ["escaped-text*"]
    ),
    Case(
      name: "a fence around the block and prose before it",
      encoding: .tsv,
      reply: "Sure!\n```tsv\n" + block(header, "0:01\ta\t1") + "\n```",
      rows: ["0:01|a|1"],
      codes: ["extra-text*", "fenced*"]
    ),
    Case(
      name: "a block that is not closed",
      encoding: .tsv,
      reply: block(header, "0:01\ta\t1").replacing("</TASK1_TRANSCRIPTS_TSV>\n", with: ""),
      rows: ["0:01|a|1"],
      codes: ["unclosed-block"]
    ),
    Case(
      name: "other tags",
      encoding: .tsv,
      reply: block(header, "0:01\ta\t1").replacing(
        "TASK1_TRANSCRIPTS_TSV",
        with: "task1_transcript_csv"
      ),
      rows: ["0:01|a|1"],
      codes: ["tag-renamed*"]
    ),
    Case(
      name: "a tag inside the text",
      encoding: .tsv,
      reply: block(header, "0:01\tclose with </TASK1_TRANSCRIPTS_TSV> now\t1"),
      rows: ["0:01|close with </TASK1_TRANSCRIPTS_TSV> now|1"],
      codes: ["tag-in-text*"]
    ),
    Case(
      name: "entities in a block that is not escaped",
      encoding: .tsv,
      reply: block(header, "0:01\tR&D writes &amp; here\t1"),
      rows: ["0:01|R&D writes &amp; here|1"],
      codes: []
    ),
    Case(
      name: "quotes",
      encoding: .tsv,
      reply: block(header, "0:01\t\"a \"\"b\t1"),
      rows: ["0:01|\"a \"\"b|1"],
      codes: []
    ),
  ]

  @Test(arguments: json + tsv) func reads(_ example: Case) {
    let decoded = decode(example.reply, example.encoding)
    #expect(decoded.lines[0] == example.rows)
    #expect(decoded.codes == example.codes)
  }

  @Test func enumValuesAreSpelledAsTheSchemaHasThem() {
    let decoded = decode(
      #"{"task1_transcripts": [], "task2_speakers": [{"voice": 1, "name": "N/A", "kind": "HOST"},"#
        + #" {"voice": 2, "name": "Bo", "kind": "chef"}]}"#
    )
    #expect(decoded.lines[1] == ["1|?|host", "2|Bo|chef"])
    #expect(decoded.codes == ["missing-word*", "enum-case*", "bad-enum"])
  }

  @Test func oneOddityInManyRowsIsOneFinding() {
    let row = #"{"start": "1", "text": "a", "voice": "1"}"#
    let reply = Array(repeating: row, count: 5000).joined(separator: ",")
    let decoded = decode(#"{"task1_transcripts": [\#(reply)], "task2_speakers": []}"#)
    #expect(decoded.findings.count == 1)
    #expect(decoded.findings.first?.rows.count == 5000)
    #expect(decoded.findings.first?.rows.last == .init(table: "transcripts", index: 4999))
  }

  @Test func aMissingTableIsEmptyAndAnError() {
    let decoded = decode(#"{"task1_transcripts": []}"#)
    #expect(decoded.tables.map(\.rowCount) == [0, 0])
    #expect(decoded.codes == ["missing-table!"])
    #expect(!decoded.isComplete)
  }

  @Test func whatCannotBeReadIsKeptAsItIs() {
    let decoded = decode(#"{"task1_transcripts": [{"start": "1", "text": "cut he"#)
    #expect(decoded.refusals.map(\.text) == [#"{"start": "1", "text": "cut he"#])
    #expect(decoded.refusals.map(\.table) == ["transcripts"])
  }

  @Test func forgottenBracketsAreNoCutWhenTheModelStopped() {
    let reply = #"{"task1_transcripts": [], "task2_speakers": []"#
    #expect(!decode(reply).isComplete)
    #expect(decode(reply, modelStopped: true).isComplete)
  }

  @Test func everyRowShowsWhatTheReplyHad() {
    let decoded = decode(#"{"task1_transcripts": [ {"start":"1" ,"text":"\u0061"} ]}"#)
    #expect(decoded.tables[0].originalText(row: 0) == #"{"start":"1" ,"text":"\u0061"}"#)
    #expect(decoded.tables[0][0, 1] == .text("a"))
  }

  @Test func limitsAreFindings() throws {
    let schema = try #require(Sample.schema)
    let limits = DecodingLimits(depth: 5, cellBytes: 8, rowBytes: 200, replyBytes: 400)
    var decoder = ReplyDecoder(schema: schema, encoding: .json, limits: limits)
    decoder.feed(#"{"task1_transcripts": [{"start": "1", "text": "longer than 8", "voice": 1},"#)
    decoder.feed(#"{"start": "2", "text": "short", "voice": 1}]"#)
    decoder.feed(String(repeating: " ", count: 400))
    let decoded = decoder.finish()
    #expect(decoded.lines[0] == ["2|short|1"])
    #expect(decoded.codes.filter { $0 == "limit-exceeded!" }.count == 2)
  }
}
