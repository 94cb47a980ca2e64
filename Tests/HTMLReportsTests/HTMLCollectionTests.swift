import ReportSamples
import Testing
import TranscriptModel

@testable import HTMLReports

@Suite struct HTMLCollectionTests {
  private func page(_ entries: [HTMLCollection.Entry]) -> Page {
    Page(bytes: HTMLCollection(entries).rendered())
  }

  @Test func `lists videos with links that are relative and encoded`() {
    let page = page([
      .init(makeDocument(), path: "first talk.html"),
      .init(makeDocument { $0.source.title = nil }, path: "more/a:b.html"),
    ])
    let links = page.elements("th").flatMap(\.descendants).compactMap { $0["href"] }
    #expect(links == ["first%20talk.html", "more/a:b.html"])
    #expect(page.texts(class: "byline") == ["2 videos · 2:00 · 6 rows · 1 person · 0.010 USD"])
  }

  @Test func `people of one name are one person across videos`() throws {
    let page = page([
      .init(makeDocument(), path: "a.html"), .init(makeDocument(), path: "b.html"),
    ])
    let people = try #require(page.elements("table", class: "people").first)
    let rows = people.descendants.filter { $0.name == "tr" }.dropFirst()
    #expect(
      rows.map { $0.cells.map(\.text) } == [["Ada Abara", "Chair", "0:04", "4", "A talk, A talk"]]
    )
    #expect(page.source.contains("And 2 voices that nobody named."))
  }

  @Test func `a collection of nothing is a page`() {
    #expect(page([]).texts(class: "byline") == ["0 videos · 0:00 · 0 rows · 0 people"])
  }

  @Test func `what was said is left out where it is too much`() {
    let long = makeDocument(texts: [(0, 1, String(repeating: "tide ", count: 900_000))])
    #expect(page([.init(long, path: "a.html")]).bytes.count < 200_000)
  }

  @Test func `nothing may load, and all scripts are listed`() {
    let page = page([.init(makeDocument(), path: "a.html")])
    #expect(page.policy.hasPrefix("default-src 'none'; script-src 'sha256-"))
    #expect(!page.policy.contains("unsafe"))
    #expect(!page.source.contains("data-slot"))
  }
}
