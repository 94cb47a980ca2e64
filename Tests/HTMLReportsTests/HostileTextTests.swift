import Foundation
import OrderedJSON
import ReportSamples
import TestSupport
import Testing
import TranscriptModel

@testable import HTMLReports

@Suite struct HostileTextTests {
  /// The number of elements of each name, and every attribute's name that begins with `on`.
  private func shape(_ page: Page) -> [String: Int] {
    page.elements.reduce(into: [:]) { $0[$1.name, default: 0] += 1 }
  }

  @Test(arguments: HostileTexts.all) func `text stays text in every field`(_ text: String) {
    let page = Page(HostileTexts.document(with: text))
    let plain = Page(HostileTexts.document(with: "plain"))
    var shape = shape(page)
    var expected = self.shape(plain)
    // A bracketed remark or a time inside the text is marked up; nothing else may appear.
    for name in ["i", "a"] {
      shape[name] = nil
      expected[name] = nil
    }
    #expect(shape == expected)
    let shown = PageText.shown(text)
    #expect(page.rows.first?.cells[2].text.utf8.starts(with: shown.utf8) == true)
    #expect(page.rows.first?.cells[1].text == shown)
    #expect(page.elements("h1").first?.text == shown)
    #expect(page.elements("title").first?.text == shown + ": transcript")
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func `the naughty strings stay text`() throws {
    let list = try JSONValue(
      parsing: Array(SharedFixtures.data("fixtures/hostile-text/naughty-strings.json"))
    )
    let texts = try #require(list.array).compactMap(\.string)
    #expect(texts.count > 50)
    for text in texts { `text stays text in every field`(text) }
  }

  @Test func `control characters are shown, not dropped`() {
    let page = Page(makeDocument(texts: [(0, 1, "a\u{0}b\u{1B}c\u{7F}d\u{85}e\u{FFFF}f\r\ng")]))
    #expect(page.rows[0].cells[2].text == "a␀b␛c␡d\u{FFFD}e\u{FFFD}f\ng")
  }

  @Test func `JSON for the script cannot close its element`() {
    let page = Page(makeDocument { $0.source.title = "</script><script>alert(1)</script><!--" })
    #expect(!page.source.contains("</script><script>alert"))
    #expect(page.source.contains("\\u003c/script>\\u003cscript>alert(1)"))
  }
}

extension PageText {
  /// The text as a page shows it.
  static func shown(_ text: String) -> String {
    var text = text
    return text.withUTF8 { String(decoding: cleaned($0), as: UTF8.self) }
  }
}
