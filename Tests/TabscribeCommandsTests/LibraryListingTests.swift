import Foundation
import HTMLReports
import LoopbackHTTP
import OrderedJSON
import RunStore
import Testing

@testable import TabscribeCommands

/// The list of a library: sorted, narrowed and paged by its address.
@Suite struct LibraryListingTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  /// 230 transcripts of two prompts in runs of ten.
  init() throws {
    folder = try TemporaryFolder()
    store = try RunStore(path: "\(folder.path)/runs.db")
    for run in 0..<23 {
      let items = (0..<10).map { place in
        let number = run * 10 + place
        return NewItem(
          position: place + 1,
          source: StoredSource(
            uri: "/v/\(number).mp4",
            kind: "file",
            stem: number == 7 ? "Über & <b>" : "talk \(number)",
            durationMS: number * 1000
          ),
          identity: "identity \(number)",
          model: "gemini-3.5-flash",
          prompt: .init(name: number.isMultiple(of: 5) ? "sounds" : "transcribe", text: "p"),
          schema: .init(name: "s", text: "{}"),
          config: [:],
          settings: [:]
        )
      }
      _ = try store.begin(
        NewRun(
          id: "run \(run)",
          startedAt: .init(timeIntervalSince1970: 1_700_000_000 + Double(run)),
          tool: "t",
          arguments: [],
          workingFolder: "/",
          knownSpeakers: nil,
          costLimit: nil
        ),
        items,
        isAlone: false
      )
    }
  }

  private func listing(
    _ query: (name: String, value: String)...
  ) throws -> HTMLLibrary.Listing {
    try LibraryListing(RequestHead(method: "GET", path: "/", query: query)).listing(in: store)
  }

  @Test func aPageHoldsAHundredAndLeadsToTheOthers() throws {
    let first = try listing()
    #expect(first.heading == "1–100 of 230 transcripts")
    #expect(first.items.map(\.title).prefix(2) == ["talk 220", "talk 221"])
    #expect(first.pages.map(\.label) == ["1–100", "101–200", "201–230"])
    #expect(first.pages.map(\.address) == ["/", "/?page=2", "/?page=3"])
    #expect(first.pages.map(\.isCurrent) == [true, false, false])
    let last = try listing(("page", "3"), ("order", "length"))
    #expect(last.items.count == 30)
    #expect(last.items.last?.title == "talk 0")
    #expect(last.pages[1].address == "/?order=length&page=2")
    for page in ["0", "-7", "9223372036854775807", "x"] {
      #expect(try listing(("page", page)).pages.contains { $0.address == "/" })
    }
  }

  @Test func aPressOnAHeadingSortsAndTurns() throws {
    let made = try listing()
    let title = made.headings[0].link.address
    #expect(title == "/?order=title")
    let sorted = try listing(("order", "title"))
    #expect(sorted.items.first?.title == "talk 0")
    #expect(sorted.headings[0].isAscending == true)
    #expect(sorted.headings[0].link.address == "/?order=title&reversed=1")
    let turned = try listing(("order", "title"), ("reversed", "1"))
    #expect(turned.items.first?.title == "Über & <b>")
    #expect(turned.headings[0].isAscending == false)
    #expect(turned.headings[0].link.address == "/?order=title")
    #expect(try listing(("order", "length")).items.first?.title == "talk 229")
    let unknown = try listing(("order", "; DROP TABLE items"))
    #expect(unknown.items.first?.title == "talk 220")
  }

  @Test func aFacetNarrowsAndKeepsTheRest() throws {
    let all = try listing(("order", "length"))
    let prompts = try #require(all.facets.first { $0.name == "Prompt" })
    #expect(prompts.choices.map(\.label) == ["all", "transcribe 184", "sounds 46"])
    #expect(prompts.choices[2].address == "/?order=length&prompt=sounds")
    let sounds = try listing(("prompt", "sounds"), ("order", "length"))
    #expect(sounds.heading == "46 transcripts")
    #expect(sounds.items.first?.title == "talk 225")
    #expect(try listing(("prompt", "sounds"), ("title", "TALK 22")).items.count == 2)
    #expect(try listing(("status", "complete")).items.isEmpty)
  }

  @Test func hostileTitlesAndParametersStayText() throws {
    let page = HTMLLibrary(try listing(("title", "<b>"), ("prompt", "\"><script>")))
    let empty = String(decoding: page.rendered(), as: UTF8.self)
    #expect(!empty.contains("\"><script>"))
    #expect(empty.contains("Nothing fits."))
    let found = String(
      decoding: HTMLLibrary(try listing(("title", "<B>"))).rendered(),
      as: UTF8.self
    )
    #expect(found.contains("Über &amp; &lt;b&gt;"))
  }
}
