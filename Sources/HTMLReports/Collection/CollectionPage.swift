internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The parts of a collection's page, put into their template.
struct CollectionPage {
  let title: String
  /// The run that made them all, where it is one.
  private let run: String?
  private let videos: [CollectedVideo]
  private let people: [CollectedPerson]

  /// More text than this is left to the search of the run store.
  private static let textLimit = 4_000_000

  init(_ collection: HTMLCollection) {
    (title, run) = (collection.title, collection.run)
    videos = collection.entries.map(CollectedVideo.init)
    people = CollectedPerson.all(in: videos)
  }

  /// A person of hundreds of videos is led to the first of them; the others are folded.
  private static let placesInSight = 5

  func rendered() -> [UInt8] {
    let template = PageTemplate(named: "collection.html")
    template.slot("page-title").append(text: title)
    template.slot("title").append(text: title)
    template.slot("byline").append(text: totals)
    template.slot("checked").append(text: checked)
    template.slot("video-count").append(text: NumberText.grouped(videos.count))
    fillVideos(template.slot("videos"))
    template.slot("people-count").append(text: NumberText.grouped(people.count))
    fillPeople(template.slot("people"))
    fillUnnamed(template.slot("unnamed"))
    template.slot("data").append(raw: data.renderedBytes(.script))
    template.seal(media: [])
    return template.rendered()
  }

  private var rowCount: Int { videos.reduce(0) { $0 + $1.rows.count } }

  private var totals: String {
    let duration = videos.reduce(0) { $0 + $1.durationMS }
    var parts = [
      NumberText.counted(videos.count, "video"), PageNumbers.length(milliseconds: duration),
      NumberText.counted(rowCount, "row"), NumberText.counted(people.count, "person", "people"),
    ]
    let costs = videos.filter { $0.document.run.standIn == nil }
      .compactMap(\.document.cost.billed)
    if !costs.isEmpty { parts.append(PageNumbers.dollars(costs.reduce(0, +))) }
    if let run { parts.append("run \(run)") }
    return parts.joined(separator: " · ")
  }

  private var checked: String {
    let checked = videos.reduce(0) { $0 + $1.corrected.checkedRowCount }
    guard checked > 0 else { return "No row was checked by a person." }
    let all = NumberText.counted(rowCount, "row")
    return "\(NumberText.grouped(checked)) of \(all) checked by a person."
  }

  private func fillVideos(_ body: HTMLElement) {
    for video in videos {
      let document = video.document
      CatalogueRow(
        title: video.title,
        address: video.address,
        recordedAt: document.source.recordedAt,
        length: PageNumbers.length(milliseconds: video.durationMS),
        prompt: document.run.prompt,
        model: document.run.modelVersion ?? document.run.model,
        speakerCount: video.speakers.count,
        who: names(of: video),
        rowCount: video.rows.count,
        checkedCount: video.corrected.checkedRowCount,
        findingCount: document.findings.count,
        status: document.isComplete ? "complete" : "partial",
        cost: document.run.standIn?.participle
          ?? document.cost.billed.map { MoneyText.rendered($0) } ?? "?",
        made: String(document.run.startedAt.prefix(10))
      ).append(to: body)
    }
  }

  @discardableResult
  private func appendNumber(_ text: String, to row: HTMLElement) -> HTMLElement {
    row.append("td", text).with("class", "n")
  }

  /// The names of those who speak, as many as a line holds.
  private func names(of video: CollectedVideo) -> String {
    let names = video.speakers.compactMap(\.name)
    let more = names.count > 4 ? " and \(names.count - 4) more" : ""
    return names.prefix(4).joined(separator: ", ") + more
  }

  private func fillPeople(_ body: HTMLElement) {
    for person in people {
      let row = body.append("tr")
      row.append("th", person.name).with("scope", "row").with("dir", "auto")
      row.append("td", person.descriptions.joined(separator: "; ")).with("dir", "auto")
      appendNumber(PageNumbers.length(milliseconds: person.talkTimeMS), to: row)
      appendNumber(NumberText.grouped(person.rowCount), to: row)
      let cell = row.append("td")
      // One more than fits is not worth a press.
      let isShort = person.places.count <= Self.placesInSight + 1
      let inSight = isShort ? person.places.count : Self.placesInSight
      appendLinks(to: person.places.prefix(inSight), in: cell)
      if !isShort {
        let rest = cell.append("details")
        rest.append("summary", "\(NumberText.grouped(person.places.count - inSight)) more")
        appendLinks(to: person.places.dropFirst(inSight), in: rest)
      }
      body.append(text: "\n")
    }
  }

  private func appendLinks(to places: ArraySlice<(video: Int, speaker: Int)>, in cell: HTMLElement)
  {
    for (index, place) in places.enumerated() {
      if index > 0 { cell.append(text: ", ") }
      let video = videos[place.video]
      cell.append("a", video.title).with("href", video.address + "#speaker-\(place.speaker + 1)")
    }
  }

  private func fillUnnamed(_ line: HTMLElement) {
    let unnamed = videos.reduce(0) { $0 + $1.speakers.count { !$0.isIdentified } }
    guard unnamed > 0 else {
      line.remove()
      return
    }
    line.append(text: "And \(NumberText.counted(unnamed, "voice")) that nobody named.")
  }

  /// Titles and addresses, and what was said unless that is too much for a page.
  private var data: JSONValue {
    var data: JSONObject = [
      "videos": .array(videos.map { ["title": .string($0.title), "href": .string($0.address)] })
    ]
    let size = videos.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.text.utf8.count } }
    if size <= Self.textLimit {
      var speakers = SpeakerList()
      data["rows"] = .array(
        videos.enumerated().flatMap { number, video in
          zip(video.rows, video.corrected.transcript.rowLabels()).map { row, label in
            let start = row.start.map { JSONValue($0.milliseconds) } ?? .null
            return .array([
              .init(number), start, .string(row.text), .init(speakers.place(of: label.text)),
            ])
          }
        }
      )
      data["speakers"] = .array(speakers.labels.map { .string($0) })
    }
    return .object(data)
  }
}

/// Who speaks in some rows, each once.
private struct SpeakerList {
  private(set) var labels: [String] = []
  private var places: [String: Int] = [:]

  mutating func place(of label: String) -> Int {
    if let place = places[label] { return place }
    places[label] = labels.count
    labels.append(label)
    return labels.count - 1
  }
}
