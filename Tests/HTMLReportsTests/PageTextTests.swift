import Testing
import TranscriptModel

@testable import HTMLReports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct PageTextTests {
  @Test(arguments: [
    ("0.00523", "0.0052 USD"), ("0.0199999", "0.020 USD"), ("1.2349", "1.23 USD"),
    ("0.999", "1.00 USD"),
    ("12", "12.00 USD"), ("0.1", "0.10 USD"), ("9.999", "10.00 USD"), ("0.000004", "0.0000040 USD"),
  ])
  func `money has the digits that matter`(_ amount: String, _ text: String) throws {
    #expect(try PageNumbers.dollars(#require(Decimal(string: amount))) == text)
  }

  @Test(arguments: [
    (0, 10, "0 %"), (1, 3, "33 %"), (2, 3, "67 %"), (1, 1000, "under 1 %"), (5, 5, "100 %"),
    (1, 0, nil),
  ])
  func `shares are whole per cents`(_ part: Int, _ whole: Int, _ text: String?) {
    #expect(PageNumbers.share(part, of: whole) == text)
  }

  @Test(arguments: [(1400, "1.4"), (60_000, "60"), (12_005, "12.005"), (0, "0"), (999, "0.999")])
  func `moments are written as media fragments`(_ milliseconds: Int, _ text: String) {
    #expect(PageNumbers.seconds(Timecode(milliseconds: milliseconds)) == text)
  }

  @Test(arguments: [
    ("2026-03-12T18:04:00Z", "12 March 2026"), ("2026-13-01T00:00:00Z", nil), ("", nil),
    ("soon", nil),
  ])
  func `days are written out`(_ text: String, _ day: String?) {
    #expect(PageNumbers.day(text) == day)
  }

  @Test(arguments: [
    ("my talk #1.mp4", "my%20talk%20%231.mp4"), ("a:b.mp4", "./a:b.mp4"),
    ("../x/50%.webm", "../x/50%25.webm"),
    ("é.mp4", "%C3%A9.mp4"), ("\"><script>", "%22%3E%3Cscript%3E"),
    ("javascript:alert(1)", "./javascript:alert(1)"),
  ])
  func `paths become addresses of the same file`(_ path: String, _ address: String) {
    #expect(PageURL.relative(path) == address)
  }

  @Test(arguments: [
    ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    ("HTTP://example.org/é", "HTTP://example.org/%C3%A9"),
    ("javascript:alert(1)", nil), ("https://exa mple.org", nil), ("data:text/html,x", nil),
    ("ftp://example.org", nil),
    ("https://example.org/\"><script>", "https://example.org/%22%3E%3Cscript%3E"),
  ])
  func `only web addresses become links`(_ text: String, _ address: String?) {
    #expect(PageURL.web(text) == address)
  }

  @Test(arguments: [
    ("https://www.youtube.com/watch?v=abc_DEF-123", "abc_DEF-123"),
    ("https://youtu.be/abc_DEF-123?t=4", "abc_DEF-123"),
    ("https://www.youtube.com/watch?t=4&v=abc_DEF-123&x=1", "abc_DEF-123"),
    ("https://www.youtube.com/shorts/abc_DEF-123", "abc_DEF-123"),
    ("https://www.youtube.com/live/abc_DEF-123", "abc_DEF-123"),
    ("https://www.youtube.com/watch?v=short", nil),
    ("https://www.youtube.com/watch?v=abc\"DEF-123", nil),
  ])
  func `the id of a video is found in its address`(_ address: String, _ id: String?) {
    #expect(PageURL.youTubeID(address) == id)
  }

  @Test(arguments: [
    ("[laughter] yes", ["[laughter]"], []), ("so [?] it", ["[?]"], ["[?]"]),
    ("[Kerva?]", ["[Kerva?]"], ["[Kerva?]"]),
    ("a [ b", [], []), ("[]", [], []), ("[[a]", ["[a]"], []), ("[a\nb]", [], []),
    ("[" + String(repeating: "x", count: 80) + "]", [], []),
  ])
  func `bracketed remarks are marked`(_ text: String, _ remarks: [String], _ doubts: [String]) {
    let page = Page(makeDocument(texts: [(0, 1, text)]))
    let marked = page.rows[0].descendants.filter { $0.name == "i" }
    #expect(marked.map(\.text) == remarks)
    #expect(marked.filter { $0.classes.contains("q") }.map(\.text) == doubts)
    #expect(page.rows[0].cells[2].text == text)
  }

  @Test(arguments: [
    ("shown at 1:02:03 and 00:05.", ["#t=3723", "#t=5"]), ("ratio 16:9", []), ("00:75", []),
    ("1:2:3:4", []), ("12", []),
    ("65:42", ["#t=3942"]),
  ])
  func `times in sentences become links`(_ text: String, _ links: [String]) {
    let page = Page(makeDocument { $0.findings = [Finding("gap", .note, text)] })
    let found = page.element(id: "finding-1")?.descendants.compactMap { $0["href"] }
    #expect(found == links)
  }

  @Test(arguments: [
    ("ja", true), ("pt-BR", true), ("zh-Hant-TW", true), ("english", false), ("e\"n", false),
    ("", false),
  ])
  func `only language tags become lang`(_ text: String, _ isTag: Bool) {
    #expect((LanguageTag(text) != nil) == isTag)
  }
}
