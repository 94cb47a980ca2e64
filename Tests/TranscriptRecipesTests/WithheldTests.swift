import OrderedJSON
import Testing
import TranscriptModel

@testable import TranscriptRecipes

/// What is withheld is found however it is written, and nothing else is.
@Suite struct WithheldTests {
  private let withheld = Withheld(words: [
    .init("Okoye", kind: "name"), .init("Tomas Okoye", kind: "name"),
    .init("t.okoye@example.org", kind: "e-mail"), .init("555 0100", kind: "phone"),
    .init("田中", kind: "name"), .init("☎︎", kind: "phone"),
  ])

  @Test(
    arguments: [
      ("I am Tomas  Okoye.", "I am [name withheld]."), ("OKOYE, yes", "[name withheld], yes"),
      ("Okoyes and Tomas", "Okoyes and Tomas"),
      ("write to t.okoye@example.org now", "write to [e-mail withheld] now"),
      ("call 555-0100", "call [phone withheld]"), ("これは田中です", "これは[name withheld]です"),
      ("nothing", "nothing"), ("", ""), ("☎︎", "[phone withheld]"),
    ]
  )
  func markersStandForWords(_ text: String, _ masked: String) {
    #expect(withheld.masked(text) == masked)
    #expect(withheld.count(in: masked).isEmpty)
  }

  @Test(
    arguments: [
      "Tomas\nOkoye", "Tomas&nbsp;Okoye", "Tomas <i>Okoye</i>", #"Tom\u0061s\nOkoye"#,
      "<v Tomas Okoye>", "TOM&#65;S &#x4F;koye", "Tomas%20Okoye", #"{"name":"tomas","b":"okoye"}"#,
    ]
  )
  func leaksAreFoundWhateverTheFormat(_ text: String) {
    let words = withheld.leaks(in: text, beside: "xxxxx xxxxx").map(\.text)
    #expect(words.contains("Okoye") || words.contains("Tomas Okoye"), "\(words)")
  }

  @Test func whatTheFormatItselfSaysIsNoLeak() {
    let common = Withheld(words: [.init("row", kind: "name")])
    #expect(common.leaks(in: "row 1: row", beside: "row 1: xxx").map(\.text) == ["row"])
    #expect(common.leaks(in: "row 1: text", beside: "row 1: xxxx").isEmpty)
  }

  @Test func speakersAreWithheldByEachPartOfTheirNames() {
    var document = document()
    document.transcript.speakers = [
      Speaker(voice: 1, name: "Maëlle de la Kervadec"), Speaker(voice: 2, name: "J. von Oe"),
      Speaker(voice: 3),
    ]
    #expect(
      Redactions.names(in: document).map(\.text)
        == ["Maëlle de la Kervadec", "Maëlle", "Kervadec", "J. von Oe"]
    )
  }

  private func document() -> TranscriptDocument {
    let transcript = Transcript(
      segments: ["I am Tomas Okoye.", "My number is 555 0100.", "A secret."].enumerated().map {
        TranscriptSegment(
          row: $0,
          start: Timecode(milliseconds: $0 * 1000),
          end: nil,
          endIsEstimate: true,
          voice: 1,
          text: $1
        )
      },
      speakers: [Speaker(voice: 1, name: "Tomas Okoye", company: "Okoye & Sons")]
    )
    let run = TranscriptDocument.Run(
      id: "r",
      startedAt: "2026-11-28T00:00:00Z",
      tool: "t",
      backend: "b",
      model: "m",
      prompt: "p",
      promptDigest: "",
      schema: "s",
      encoding: "json"
    )
    var table = Table(
      name: "redactions",
      columns: [
        Column(name: "row", type: .integer, role: .row), Column(name: "kind"),
        Column(name: "text", role: .quote),
      ]
    )
    table.append([.integer(1), .text("name"), .text("Tomas Okoye")])
    table.append([.integer(3), .text("other"), .text("the secret of all")])
    var redacting = run
    redacting.schema = Redactions.schema
    var summary = Table(
      name: "summary",
      columns: [Column(name: "row", type: .integer, role: .row), Column(name: "text", role: .text)]
    )
    summary.append([.integer(1), .text("Okoye, Tomas: tomas okoye says who he is.")])
    summary.append([.integer(3), .text("There is one.")])
    let digest = NumberedRows(transcript).digest
    let derivations = [(redacting, table), (run, summary)].map { run, table in
      Derivation(
        run: run,
        variables: [:],
        rowsDigest: digest,
        tables: [table],
        findings: [],
        usage: nil,
        cost: .init(),
        isComplete: true
      )
    }
    var document = TranscriptDocument(
      source: .init(uri: "tomas okoye.mp4", kind: "file", stem: "talk", title: "Tomas Okoye"),
      run: run,
      tables: [],
      transcript: transcript,
      findings: [Finding("gap", .warning, "Tomas Okoye is silent.")],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
    document.derivations = derivations
    return document
  }

  @Test func aDocumentLosesItEverywhere() throws {
    let document = document()
    let found = try Redactions.withheld(in: document)
    // Words that do not stand in their row so take the row with them.
    #expect(found.rows == [2])
    let withheld = Withheld(
      words: found.words + [.init("555 0100", kind: "phone")],
      rows: found.rows
    )
    let out = withheld.applied(to: document)
    #expect(
      out.transcript.segments.map(\.text) == [
        "I am [name withheld].", "My number is [phone withheld].", "[passage withheld]",
      ]
    )
    #expect(out.transcript.speakers[0].name == "[name withheld] 1")
    #expect(out.derivations.count == 1)
    #expect(
      out.derivations[0].tables[0][0, 1] == .text("Okoye, Tomas: [name withheld] says who he is.")
    )
    #expect(out.derivations[0].tables[0][1, 1] == .text("[passage withheld]"))
    let json = String(decoding: out.jsonBytes(), as: UTF8.self)
    let shape = String(decoding: Withheld.shape(of: document).jsonBytes(), as: UTF8.self)
    #expect(withheld.leaks(in: json, beside: shape).isEmpty)
    let whole = String(decoding: document.jsonBytes(), as: UTF8.self)
    #expect(!withheld.leaks(in: whole, beside: shape).isEmpty)
  }

  @Test func wordsThatRunOverTwoRowsAreMaskedInBoth() {
    var document = document()
    document.transcript.segments[0].text = "Call 555 0100: I am Tomas"
    document.transcript.segments[1].text = "Okoye, and 555"
    document.transcript.segments[2].text = "0100 is my number."
    let out = withheld.applied(to: document)
    #expect(
      out.transcript.segments.map(\.text) == [
        "Call [phone withheld]: I am [name withheld]", "[name withheld], and [phone withheld]",
        "[phone withheld] is my number.",
      ]
    )
  }

  @Test func withoutAFreshAndWholeListNothingIsKnown() {
    var document = document()
    document.derivations[0].isComplete = false
    #expect(throws: Redactions.Problem.incomplete) { try Redactions.withheld(in: document) }
    document.derivations[0].rowsDigest = "other"
    #expect(throws: Redactions.Problem.outdated) { try Redactions.withheld(in: document) }
    document.derivations.removeFirst()
    #expect(throws: Redactions.Problem.missing) { try Redactions.withheld(in: document) }
  }
}
