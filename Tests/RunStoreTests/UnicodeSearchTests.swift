internal import RunStore
import TestSupport
import Testing
internal import TranscriptModel

/// What people type finds what was said, in whichever script, and shows where.
@Suite(.eachEngine) struct UnicodeSearchTests {
  private let place: TemporaryStore

  init() throws { place = try TemporaryStore() }

  @Test func eachScriptIsFoundAsPeopleTypeIt() throws {
    let store = try place.open()
    let cases = try SearchCase.all()
    #expect(cases.count >= 200)
    try store.put(Sample.document(cases.map(\.text), speakers: []), run: "a")
    for (index, value) in cases.enumerated() {
      let hits = try store.search(SearchQuery(value.words, order: .time, limit: 1000)).hits
      let found = hits.first { $0.row.row == index }.map { hit in
        let bytes = Array(hit.row.text.utf8)
        return hit.matches.map { String(decoding: bytes[$0], as: UTF8.self) }
          .joined(separator: "|")
      }
      #expect(found == value.found, "\(value.words) in \(value.text)")
    }
    #expect(try store.problems() == [])
  }

  @Test func speakersAreFoundAsPeopleTypeThem() throws {
    let store = try place.open()
    let speakers = [
      Speaker(voice: 1, name: "Łukasz Żółć", company: "Ærø Straße"),
      Speaker(voice: 2, name: "山田太郎", company: "東京電力"),
    ]
    try store.put(Sample.document(["one", "two"], speakers: speakers), run: "a")
    for (speaker, company, text) in [
      ("lukasz", nil, "one"), ("ZOLC", "aero", "one"), ("山田", nil, "two"), ("太郎", "電力", "two"),
    ] {
      var query = SearchQuery(order: .time)
      query.speaker = speaker
      query.company = company
      #expect(try store.search(query).hits.map(\.row.text) == [text], "\(speaker)")
    }
  }
}
