import TabularExtraction
import Testing
import TranscriptModel

/// One transcript in the ways in which models write it; the rows are always the same.
@Suite struct SameRowsTests {
  static let rows = [
    [
      "00:01|Welcome to R&D, <laughs> \"live\".|1",
      "00:07|Thanks, it's 5 < 6.|2",
      "01:02|?|2",
    ],
    ["1|Ada Brown|host", "2|?|guest"],
  ]

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var encoding = ReplyEncoding.json
    let reply: String
    var codes: [String] = []
    var isComplete = true
    var testDescription: String { name }
  }

  static let json = """
    {"task1_transcripts": [
      {"start": "00:01", "text": "Welcome to R&D, <laughs> \\"live\\".", "voice": 1},
      {"start": "00:07", "text": "Thanks, it's 5 < 6.", "voice": 2},
      {"start": "01:02", "text": null, "voice": 2}],
     "task2_speakers": [
      {"voice": 1, "name": "Ada Brown", "kind": "host"},
      {"voice": 2, "name": "?", "kind": "guest"}]}
    """

  static let tsv = """
    <TASK1_TRANSCRIPTS_TSV>
    start\ttext\tvoice
    00:01\tWelcome to R&D, <laughs> "live".\t1
    00:07\tThanks, it's 5 < 6.\t2
    01:02\t?\t2
    </TASK1_TRANSCRIPTS_TSV>
    <TASK2_SPEAKERS_TSV>
    voice\tname\tkind
    1\tAda Brown\thost
    2\t?\tguest
    </TASK2_SPEAKERS_TSV>
    """

  static let cases = [
    Case(name: "JSON", reply: json),
    Case(name: "TSV", encoding: .tsv, reply: tsv),
    Case(
      name: "fenced JSON",
      reply: "Here you are:\n```json\n\(json)\n```\n",
      codes: ["extra-text*", "fenced*"]
    ),
    Case(
      name: "entity-escaped TSV",
      encoding: .tsv,
      reply: tsv.replacing("R&D, <laughs>", with: "R&amp;D, &lt;laughs&gt;")
        .replacing("5 < 6", with: "5 &lt; 6"),
      codes: ["entity-escaped*"]
    ),
    Case(
      name: "TSV with CR LF",
      encoding: .tsv,
      reply: tsv.replacing("\n", with: "\r\n"),
      codes: ["carriage-returns*", "carriage-returns*"]
    ),
    Case(
      name: "cut TSV",
      encoding: .tsv,
      reply: tsv.replacing("</TASK2_SPEAKERS_TSV>", with: "3\tBo"),
      codes: ["truncated!"],
      isComplete: false
    ),
    Case(
      name: "cut JSON",
      reply: String(json.dropLast(2)) + #", {"voice": 3, "name": "B"#,
      codes: ["truncated!"],
      isComplete: false
    ),
    Case(
      name: "JSON where TSV was asked for",
      encoding: .tsv,
      reply: json,
      codes: ["other-encoding"]
    ),
    Case(name: "TSV where JSON was asked for", reply: tsv, codes: ["other-encoding"]),
  ]

  @Test(arguments: cases) func givesTheSameRows(_ example: Case) throws {
    let decoded = decode(example.reply, example.encoding)
    #expect(decoded.lines == Self.rows)
    #expect(decoded.codes == example.codes)
    #expect(decoded.isComplete == example.isComplete)
  }

  @Test(arguments: cases) func givesTheSameRowsByteByByte(_ example: Case) throws {
    let decoded = decode(Array(example.reply.utf8), example.encoding, pieces: { _ in 1 })
    #expect(decoded.lines == Self.rows)
    #expect(decoded.codes == example.codes)
    #expect(decoded.isComplete == example.isComplete)
  }

  @Test func cellsHaveTheTypesOfTheirColumns() {
    for reply in [decode(Self.json), decode(Self.tsv, .tsv)] {
      #expect(reply.tables[0][0, 0] == .text("00:01"))
      #expect(reply.tables[0][0, 2] == .integer(1))
      #expect(reply.tables[0][2, 1] == .missing)
      #expect(reply.tables[1][1, 1] == .missing)
    }
  }
}
