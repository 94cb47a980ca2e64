import OrderedJSON
import ReportSamples
import Testing
import TranscriptModel

@testable import HTMLReports

@Suite struct HTMLReportTests {
  @Test func `shows every row with its time, speaker and text, in reply order`() throws {
    let document = try #require(SampleDocuments.sampleVideo)
    let page = Page(document)
    let rows = page.rows.map { $0.cells.prefix(3).map(\.text) }
    let expected = document.transcript.segments.map { segment in
      [
        segment.start?.rendered ?? "?",
        segment.voice.flatMap(document.transcript.speaker(voice:))?.label ?? "",
        segment.text,
      ]
    }
    #expect(rows == expected)
    #expect(rows.count == 22)
  }

  @Test func `marks a repeated speaker to the eye and names it to screen readers`() {
    let page = Page(makeDocument())
    #expect(page.rows.map { $0.classes.contains("d") } == [false, true, false])
    #expect(page.rows[1].cells[1].text == "Ada Abara")
  }

  @Test func `rows are addressed by their start, and by number where that is missing or taken`() {
    let document = makeDocument(texts: [
      (12_500, 1, "a"), (12_500, 1, "b"), (nil, 1, "c"), (13_000, 1, "d"),
    ])
    #expect(Page(document).rows.map { $0["id"] } == ["t=12.5", "r2", "r3", "t=13"])
  }

  @Test func `every link inside the page is a moment or leads somewhere`() throws {
    for (name, document) in SampleDocuments.shapes {
      let page = Page(document)
      let targets = Set(page.elements.compactMap { $0["id"] })
      let links = page.elements("a").compactMap { $0["href"] }.filter { $0.hasPrefix("#") }
      let broken = links.filter {
        !$0.hasPrefix("#t=") && !targets.contains(String($0.dropFirst()))
      }
      #expect(broken == [], "\(name)")
    }
  }

  @Test func `ids are unique`() {
    for (name, document) in SampleDocuments.shapes {
      let ids = Page(document).elements.compactMap { $0["id"] }
      #expect(Set(ids).count == ids.count, "\(name)")
    }
  }

  @Test func `people with a name get a colour, voices without one a grey and a dashed chip`() {
    let page = Page(makeDocument())
    let speakers = page.elements.filter { $0["id"]?.hasPrefix("speaker-") ?? false }
    #expect(speakers.map(\.classes) == [["s0"], ["s1", "g"]])
    #expect(page.source.contains(".s0{--s:oklch(var(--sl) var(--sc) "))
    #expect(page.source.contains(".s1{--s:oklch(calc(var(--gl) + 0) 0 0)}"))
    #expect(speakers[1].text.contains("unidentified"))
  }

  @Test func `a voice without a speaker row is shown as such`() {
    let page = Page(makeDocument(speakers: [Speaker(voice: 1, isDescribed: false)]))
    #expect(page.element(id: "speaker-1")?.text.contains("not in the speakers table") == true)
  }

  @Test func `a row whose voice is unknown says so`() {
    let page = Page(makeDocument(texts: [(0, nil, "Who is this?")], speakers: []))
    #expect(page.rows[0].cells[1].text == "[voice ?]")
  }

  @Test func `findings stand beside their first row and in the review list`() {
    let rows = [1, 2].map { Finding.Row(table: "transcripts", index: $0) }
    let page = Page(
      makeDocument {
        $0.findings = [Finding("gap", .warning, "Nothing from 00:05 to 00:09.", rows: rows)]
      }
    )
    #expect(page.rows[1].cells[3].text.hasSuffix("Nothing from 00:05 to 00:09."))
    #expect(page.rows[2].descendants.compactMap { $0["href"] }.contains("#finding-1"))
    let item = page.element(id: "finding-1")
    #expect(item?.descendants.compactMap { $0["href"] } == ["#t=4.985", "#t=5", "#t=9"])
  }

  @Test func `a finding about a speaker leads to the speaker`() {
    let row = Finding.Row(table: "speakers", index: 1)
    let page = Page(
      makeDocument {
        $0.findings = [Finding("unused-speaker", .note, "Voice 2 says nothing.", rows: [row])]
      }
    )
    let link = page.element(id: "finding-1")?.descendants.first { $0.name == "a" }
    #expect(link?["href"] == "#speaker-2")
    #expect(link?.text == "[voice 2]")
  }

  @Test func `shows a local file by its name and not where it lies`() {
    let page = Page(makeDocument { $0.source.uri = "/home/ada/private/talk.mp4" })
    #expect(page.texts(class: "byline").first?.hasSuffix(" · talk.mp4") == true)
    #expect(!page.source.contains("/home/ada"))
  }

  @Test func `settings stand by their own names however they are grouped`() {
    let page = Page(
      makeDocument { $0.run.parameters = ["thinkingConfig": ["thinkingLevel": "LOW"], "seed": 7] }
    )
    let terms = page.elements("dt").map(\.text)
    #expect(terms.contains("thinkingLevel") && terms.contains("seed"))
    #expect(!terms.contains("thinkingConfig"))
  }

  @Test func `says how much a person corrected`() {
    #expect(
      Page(makeDocument()).texts(class: "provenance").first?.contains("No row was checked") == true
    )
    let page = Page(
      makeDocument {
        $0.corrections = [
          ["id": "a", "at": "2026-03-13T09:00:00Z", "kind": "checked", "row": 1, "checked": true],
          [
            "id": "b", "at": "2026-03-13T09:00:00Z", "kind": "text", "row": 0, "before": "x",
            "after": "y",
          ],
        ]
      }
    )
    #expect(
      page.texts(class: "provenance").first?.hasSuffix(
        "1 of 3 rows checked by a person, 1 correction by people, "
          + "1 correction that could not be applied."
      ) == true
    )
  }

  @Test func `shows corrections as applied, and keeps what the machine wrote`() throws {
    let page = Page(try #require(SampleDocuments.corrected))
    #expect(page.rows[1].classes == ["s0", "d", "k", "w"])
    #expect(page.rows[1].cells[0].text == "✓ checked 00:04")
    #expect(
      page.rows[1].cells[2].text.hasPrefix("Tonight: one drawer of <paper>.Machine: Tonight is")
    )
    #expect(page.rows[2].cells[1].text == "Maëlle Kervadec")
    #expect(page.rows[2].cells[2].text.hasSuffix("Machine: Tomas Okoye"))
    #expect(page.element(id: "speaker-3")?.text.contains("Ida \"Idi\" Penrose") == true)
    #expect(page.element(id: "speaker-3")?.text.contains("name corrected") == true)
  }

  @Test func `a schema without a transcript is shown as its tables`() {
    let page = Page(SampleDocuments.tablesOnly)
    #expect(page.elements("table", class: "sortable").count == 2)
    #expect(page.elements("section", class: "timeline").first?["hidden"] != nil)
    #expect(page.elements("table", class: "rows").first?["hidden"] != nil)
    #expect(page.texts(class: "end") == [])
  }

  @Test func `the request is bounded and holds nothing that looks like a key`() {
    var request = SampleDocuments.request(quoting: "A talk")
    request.reply = String(repeating: "é", count: 300_000) + "AIzaSyA-0123456789abcdefghijk"
    let page = Page(makeDocument(), .init(request: request))
    #expect(page.texts(class: "request").first?.contains("Cut here, after 65,536 bytes") == true)
    #expect(!page.source.contains("AIzaSy"))
    #expect(page.bytes.count < 350_000)
    #expect(Page(makeDocument()).texts(class: "request") == [])
  }

  @Test func `a transcript without findings says that there is nothing to review`() {
    #expect(
      Page(makeDocument()).element(id: "findings")?.text.contains("Nothing to review") == true
    )
  }

  @Test func `an incomplete transcript never looks complete`() {
    let page = Page(
      makeDocument {
        $0.isComplete = false
        $0.findings = [Finding("truncated", .error, "The reply was cut.")]
      },
      .init(resumeCommand: "tabscribe runs resume 7")
    )
    #expect(page.texts(class: "banner").first?.contains("The reply was cut.") == true)
    #expect(page.texts(class: "banner").first?.contains("tabscribe runs resume 7") == true)
    #expect(page.texts(class: "end") == ["The transcript stops here; it is incomplete."])
    #expect(Page(makeDocument()).texts(class: "banner") == [])
  }

  @Test func `same document, same bytes`() {
    let document = SampleDocuments.meeting(rows: 200, speakers: 5, named: 3)
    #expect(HTMLReport(document).rendered() == HTMLReport(document).rendered())
  }

  @Test func `nothing of the template's sample content is left`() {
    let page = Page(makeDocument())
    #expect(!page.source.contains("data-slot"))
    #expect(!page.source.contains("customs house"))
    #expect(!page.source.contains("Okoye"))
  }

  @Test func `every element the scripts ask for by id is in the template`() throws {
    let page = Page(makeDocument())
    let asked = page.source.split(separator: "byId('").dropFirst().map { $0.prefix { $0 != "'" } }
    let ids = Set(page.elements.compactMap { $0["id"] })
    #expect(asked.count > 10)
    // `load` is there on YouTube pages only.
    #expect(Set(asked.map(String.init)).subtracting(ids) == ["load"])
  }
}
