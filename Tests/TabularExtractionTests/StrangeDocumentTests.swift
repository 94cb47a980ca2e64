import TabularExtraction
import Testing
import TranscriptModel

/// What stands beside, around or instead of the tables: nothing is invented, and nothing that came
/// is lost without a word.
@Suite struct StrangeDocumentTests {
  static let speakers = #"[{"voice": 1, "name": "Ada", "kind": "host"}]"#
  static let rows =
    #"[{"start": "0:01", "text": "a", "voice": 1}, {"start": "0:05", "text": "b", "voice": 1}]"#
  static let document = #"{"task1_transcripts": \#(rows), "task2_speakers": \#(speakers)}"#
  static let expected = [["0:01|a|1", "0:05|b|1"], ["1|Ada|host"]]

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var encoding = ReplyEncoding.json
    let reply: String
    var rows = StrangeDocumentTests.expected
    /// A finding that is to be there.
    var code: String?
    var isComplete = true
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static let tsv = """
    <TASK1_TRANSCRIPTS_TSV>\nstart\ttext\tvoice\n0:01\ta\t1\n0:05\tb\t1\n</TASK1_TRANSCRIPTS_TSV>
    <TASK2_SPEAKERS_TSV>\nvoice\tname\tkind\n1\tAda\thost\n</TASK2_SPEAKERS_TSV>
    """

  static let cases = [
    Case(
      testDescription: "unrelated objects",
      reply: #"{"people": [{"name": "Bob", "age": 4}], "notes": [{"text": "He is four."}]}"#,
      rows: [[], []],
      code: "missing-table!",
      isComplete: false
    ),
    Case(
      testDescription: "an object that begins with a column",
      reply: #"{"text": "Sorry, I cannot do this."}"#,
      rows: [[], []],
      code: "missing-table!",
      isComplete: false
    ),
    Case(
      testDescription: "the schema before the answer",
      reply: Sample.schemaText + "\n" + document,
      code: "unrelated-json"
    ),
    Case(
      testDescription: "a thought before the answer",
      reply: #"{"thought": "I hear two voices."}"# + document,
      code: "unrelated-json"
    ),
    Case(
      testDescription: "a text beside the tables",
      reply:
        #"{"text": "Here you are", "task1_transcripts": \#(rows), "task2_speakers": \#(speakers)}"#
    ),
    Case(
      testDescription: "a thought object before TSV",
      encoding: .tsv,
      reply: "{\"thought\": \"rows\"}\n" + tsv,
      code: "unrelated-json"
    ),
    Case(testDescription: "twice", reply: document + "\n" + document, code: "repeated-document*"),
    Case(
      testDescription: "three times",
      reply: [document, document, document].joined(separator: "\nAgain:\n"),
      code: "repeated-document*"
    ),
    Case(
      testDescription: "TSV twice",
      encoding: .tsv,
      reply: tsv + "\n" + tsv,
      code: "repeated-document*"
    ),
    Case(
      testDescription: "a fuller second try",
      reply:
        #"{"task1_transcripts": [{"start": "0:01", "text": "x", "voice": 1}], "task2_speakers": []}"#
        + "\nCorrection:\n" + document,
      code: "differing-tables!",
      isComplete: false
    ),
    Case(
      testDescription: "a poorer second try",
      reply: document
        + #"{"task1_transcripts": [{"start": "0:01", "text": "x", "voice": 1}], "task2_speakers": []}"#,
      code: "differing-tables!",
      isComplete: false
    ),
    Case(
      testDescription: "a second document that goes on",
      reply: #"{"task1_transcripts": [{"start": "0:01", "text": "a", "voice": 1}]}"#
        + #"{"task1_transcripts": [{"start": "0:05", "text": "b", "voice": 1}],"#
        + #" "task2_speakers": \#(speakers)}"#,
      code: "repeated-table"
    ),
    Case(
      testDescription: "the document in a string",
      reply: quoted(document),
      code: "text-of-json"
    ),
    Case(
      testDescription: "the document in a string of a string",
      reply: quoted(quoted(document)),
      rows: [[], []],
      code: "missing-table!",
      isComplete: false
    ),
    Case(
      testDescription: "the tables in strings",
      reply: #"{"task1_transcripts": \#(quoted(rows)), "task2_speakers": \#(quoted(speakers))}"#,
      code: "text-of-json"
    ),
    Case(
      testDescription: "the document in a string under another name",
      reply: #"{"response": \#(quoted(document)), "text": "done"}"#,
      code: "text-of-json"
    ),
    Case(
      testDescription: "rows in strings",
      reply: #"{"task1_transcripts": ["#
        + quoted(#"{"start": "0:01", "text": "a", "voice": 1}"#) + ","
        + quoted(#"{"start": "0:05", "text": "b", "voice": 1}"#) + "],"
        + #""task2_speakers": \#(speakers)}"#,
      code: "text-of-json"
    ),
    Case(
      testDescription: "a string that is cut",
      reply: String(quoted(document).dropLast(30)),
      rows: [["0:01|a|1", "0:05|b|1"], []],
      code: "truncated!",
      isComplete: false
    ),
    Case(
      testDescription: "columns in place of rows",
      reply:
        #"{"task1_transcripts": {"start": ["0:01", "0:05"], "text": ["a", "b"], "voice": [1, 1]},"#
        + #" "task2_speakers": \#(speakers)}"#,
      code: "columnar"
    ),
    Case(
      testDescription: "columns of different lengths",
      reply: #"{"task1_transcripts": {"start": ["0:01", "0:05"], "text": ["a"], "voice": [1, 1]},"#
        + #" "task2_speakers": \#(speakers)}"#,
      rows: [[], ["1|Ada|host"]],
      code: "uneven-columns!",
      isComplete: false
    ),
    Case(
      testDescription: "speakers by their voice",
      reply:
        #"{"task1_transcripts": \#(rows), "task2_speakers": {"1": {"name": "Ada", "kind": "host"}}}"#,
      code: "keyed-rows"
    ),
    Case(
      testDescription: "names by their voice",
      reply: #"{"task1_transcripts": \#(rows), "task2_speakers": {"1": "Ada"}}"#,
      rows: [["0:01|a|1", "0:05|b|1"], []],
      code: "missing-table!",
      isComplete: false
    ),
    Case(
      testDescription: "rows by their number",
      reply: #"{"task1_transcripts": {"0": {"start": "0:01", "text": "a", "voice": 1},"#
        + #" "1": {"start": "0:05", "text": "b", "voice": 1}}, "task2_speakers": \#(speakers)}"#,
      code: "wrapped*"
    ),
    Case(
      testDescription: "lines of nothing but tabs",
      encoding: .tsv,
      reply: tsv.replacing("0:01", with: "\t\t\n0:01").replacing("0:05", with: "\t\t\n0:05")
    ),
    Case(
      testDescription: "escapes between single quotes",
      reply: #"{'task1_transcripts': [{'start': '0:01', 'text': 'it\'s', 'voice': 1}],"#
        + #" 'task2_speakers': \#(speakers)}"#,
      rows: [["0:01|it's|1"], ["1|Ada|host"]],
      code: "odd-quotes*"
    ),
    Case(
      testDescription: "escapes between typographic quotes",
      reply: #"{“task1_transcripts”: [{“start”: “0:01”, “text”: “a \"b\" c”, “voice”: 1}],"#
        + #" “task2_speakers”: \#(speakers)}"#,
      rows: [["0:01|a \"b\" c|1"], ["1|Ada|host"]],
      code: "odd-quotes*"
    ),
    Case(
      testDescription: "a row that lacks its voice among whole ones",
      reply: #"[{"start": "0:01", "text": "a", "voice": 1}, {"start": "0:05", "text": "b"}]"#
        + speakers,
      rows: [["0:01|a|1", "0:05|b|?"], ["1|Ada|host"]],
      code: "short-row"
    ),
    Case(
      testDescription: "a row that lacks its voice before whole ones",
      reply: #"[{"start": "0:01", "text": "a"}, {"start": "0:05", "text": "b", "voice": 1}]"#
        + speakers,
      rows: [["0:05|b|1"], ["1|Ada|host"]],
      code: "bad-row!",
      isComplete: false
    ),
  ]

  @Test(arguments: cases) func isReadRightlyOrNamed(_ example: Case) {
    let decoded = decode(example.reply, example.encoding)
    #expect(decoded.lines == example.rows)
    if let code = example.code { #expect(decoded.codes.contains(code), "\(decoded.codes)") }
    #expect(decoded.isComplete == example.isComplete, "\(decoded.findings)")
  }

  @Test(arguments: cases) func isTheSameAtEveryCut(_ example: Case) {
    let reply = Array(example.reply.utf8)
    let whole = decode(reply, example.encoding)
    for cut in 1..<reply.count {
      var isFirst = true
      let pieces = decode(reply, example.encoding) { rest in
        defer { isFirst = false }
        return isFirst ? cut : rest
      }
      #expect(pieces.tables == whole.tables, "cut at \(cut)")
      #expect(pieces.findings == whole.findings, "cut at \(cut)")
    }
  }

  @Test("a table of speakers that was not asked for makes no rows")
  func leavesOtherTables() throws {
    let schema = try TableSchema(
      name: "first pass",
      parsing: """
        {"type": "object", "properties": {"task1_transcripts": {"type": "array", "items": {
          "type": "object", "properties": {
            "start": {"type": "string", "x-role": "start"},
            "text": {"type": "string", "x-role": "text"},
            "voice": {"type": "integer", "x-role": "voice"}}}}}}
        """
    )
    for reply in [Self.document, Self.rows + Self.speakers, Self.speakers + Self.rows] {
      let decoded = decode(reply, schema: schema)
      #expect(decoded.lines == [Self.expected[0]], "\(reply)")
      #expect(decoded.codes.contains("unrelated-json"), "\(reply): \(decoded.codes)")
    }
    let alone = decode(Self.speakers, schema: schema)
    #expect(alone.lines == [[]])
    #expect(!alone.isComplete)
  }

  @Test(
    "a backslash of LaTeX or of a path is text; escapes of JSON stay what they are",
    arguments: [
      (#"\frac{a}{b}"#, #"\frac{a}{b}"#), (#"the \beta of it"#, #"the \beta of it"#),
      (#"angle \theta"#, #"angle \theta"#), (#"\nabla f"#, #"\nabla f"#), (#"\rho"#, #"\rho"#),
      (#"a \times b \to \alpha"#, #"a \times b \to \alpha"#), (#"x\neq y"#, #"x\neq y"#),
      (#"\underline{x} and \u12"#, #"\underline{x} and \u12"#),
      (#"open C:\new\table.txt now"#, #"open C:\new\table.txt now"#),
      (#"in D:\temp"#, #"in D:\temp"#), (#"one\ntwo"#, "one\ntwo"), (#"a\tb"#, "a\tb"),
      (#"Hi\nI see"#, "Hi\nI see"), (#"cosa?\ne poi"#, "cosa?\ne poi"), (#"A:\nyes"#, "A:\nyes"),
      (#"end\r\nnext"#, "end\r\nnext"), (#"\u00e9 \/ \" \\n"#, "é / \" \\n"),
      (#"C:\\new \ntail"#, "C:\\new \ntail"),
    ]
  )
  func keepsBackslashes(_ written: String, _ text: String) {
    let json = decode(
      #"{"task1_transcripts": [{"start": "0:01", "text": "\#(written)", "voice": 1}]}"#
    )
    #expect(json.tables[0][0, 1] == .text(text))
    let isKept = text.contains(#"\"#) && json.finding("bad-escape") == nil && text != #"é / " \n"#
    if isKept, !written.contains(#"\\"#) { #expect(json.finding("literal-backslash") != nil) }
    #expect(
      !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r" }
    )
  }

  @Test("a row with very many keys takes linear time", .timeLimit(.minutes(1)))
  func readsManyKeys() {
    let keys = (0..<200_000).map { #""k\#($0)": \#($0)"# }.joined(separator: ", ")
    let row = #"{"start": "0:01", "text": "a", "voice": 1, \#(keys)}"#
    #expect(decode(#"{"task1_transcripts": [\#(row)]}"#).lines[0] == ["0:01|a|1"])
    #expect(decode("[\(row)]").lines[0].isEmpty)
  }
}
