import Testing
import TranscriptModel

@testable import HTMLReports

@Suite("rows that are written from bytes") struct PlainRowTests {
  private static func rows(_ texts: [String], names: [String] = ["Ada"]) -> TranscriptRows {
    let document = makeDocument(
      // A fraction, an hour, and two rows that begin together.
      texts: texts.enumerated().map { ($0 / 2 * 1_234_500, $0 % names.count + 1, $1) },
      speakers: names.enumerated().map { Speaker(voice: $0 + 1, name: $1, nameStatus: .shown) }
    ) {
      $0.findings = [
        Finding(
          "odd",
          .note,
          "<Look>",
          rows: [3, 4].map { .init(table: "transcripts", index: $0) }
        ),
        Finding(
          "worse",
          .error,
          "<Look>",
          rows: [2, 4].map { .init(table: "transcripts", index: $0) }
        ),
      ]
    }
    return TranscriptRows(document, document.corrected)
  }

  private static func html(_ write: (HTMLSink) -> Void) -> String {
    let sink = HTMLSink()
    write(sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  /// A row as the tree writes it, and from bytes where it is.
  private static func both(_ rows: TranscriptRows, _ position: Int) -> (tree: String, plain: String)
  {
    let style = SpeakerStyle(0, rows.speakers[0])
    let tree = html { sink in
      let document = HTMLDocument(forParts: ())
      let row = document.makeElement("tr")
      rows.fill(row, position, style)
      document.write(row, to: sink)
    }
    return (tree, html { _ = rows.writePlain(position, style, to: $0) })
  }

  @Test("bytes and tree are one row, whatever it says")
  func equalsTree() {
    let words = [
      "Good morning, everyone.", "It's \"quoted\" — “so”, 100 % of 3 × 4 = 12?", "", " ", "a\tb\nc",
      "é", "日本語のテキスト", "שלום עולם", "مرحبا", "\u{A0}", "\u{2028}x", "🙂 e\u{301}", "\u{7F}",
      "\u{85}",
      "\u{1B}[31m", "a<b", "a>b", "R&D", "[laughter]", "1]2", "12345678&", "\u{FFFE}", "x\r\ny",
      "`{|}~",
    ]
    let rows = Self.rows(words, names: ["Ada", "Zoë & Sons", "<b>"])
    for position in words.indices {
      let (tree, plain) = Self.both(rows, position)
      #expect(plain.isEmpty || plain == tree)
    }
  }

  @Test(
    "what needs marks, escapes or stand-ins is left to the tree",
    arguments: [
      "a<b", "a>b", "R&D", "12345678&", "[laughter]", "12345678[", "\u{7F}", "1234567\u{1B}",
      "\u{85}", "\u{FFFE}",
    ]
  )
  func leavesToTree(text: String) {
    #expect(Self.both(Self.rows([text]), 0).plain.isEmpty)
  }

  @Test("usual rows are written from bytes, and those that point to a finding; its sentence is not")
  func writesUsualRows() {
    let rows = Self.rows(Array(repeating: "Good morning; ça va ? 日本語", count: 6))
    let isPlain = (0..<6).map { !Self.both(rows, $0).plain.isEmpty }
    #expect(isPlain == [true, true, false, false, true, true])
    let (tree, plain) = Self.both(rows, 4)
    #expect(plain == tree && plain.contains("#finding-2"))
  }
}
