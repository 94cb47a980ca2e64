internal import TranscriptModel

/// A transcript as the collection lists it, corrections applied.
struct CollectedVideo {
  let document: TranscriptDocument
  let corrected: CorrectedTranscript
  let statistics: TranscriptStatistics
  /// The address of its report.
  let address: String

  init(_ entry: HTMLCollection.Entry) {
    document = entry.document
    corrected = entry.document.corrected
    statistics = corrected.transcript.statistics()
    address = PageURL.relative(entry.path)
  }

  var title: String { corrected.title ?? document.source.stem }
  var speakers: [Speaker] { corrected.transcript.speakers }
  var rows: [TranscriptSegment] { corrected.transcript.segments }

  /// The length of the video, else when the last row ends.
  var durationMS: Int {
    document.source.durationMS
      ?? rows.reduce(0) { max($0, ($1.end ?? $1.start)?.milliseconds ?? 0) }
  }
}

/// A person across videos: everybody of the same name.
struct CollectedPerson {
  let name: String
  /// What is known of the person, each once, in order of videos.
  var descriptions: [String] = []
  var talkTimeMS = 0
  var rowCount = 0
  /// Videos and places in their speakers tables.
  var places: [(video: Int, speaker: Int)] = []

  /// The people of all videos, those who talk longest first.
  static func all(in videos: [CollectedVideo]) -> [CollectedPerson] {
    var people: [CollectedPerson] = []
    var indexByName: [String: Int] = [:]
    for (number, video) in videos.enumerated() {
      for (place, speaker) in video.speakers.enumerated() {
        guard let name = speaker.name else { continue }
        let index = indexByName[name] ?? people.count
        if index == people.count {
          people.append(CollectedPerson(name: name))
          indexByName[name] = index
        }
        people[index].add(speaker, video.statistics.speakers[place], at: (number, place))
      }
    }
    let order = people.indices.sorted { one, other in
      (people[other].talkTimeMS, one) < (people[one].talkTimeMS, other)
    }
    return order.map { people[$0] }
  }

  private mutating func add(
    _ speaker: Speaker,
    _ counts: SpeakerStatistics,
    at place: (video: Int, speaker: Int)
  ) {
    let parts = [speaker.position, speaker.company].compactMap(\.self)
    let description = parts.joined(separator: ", ")
    if !description.isEmpty, !descriptions.contains(description) {
      descriptions.append(description)
    }
    talkTimeMS += counts.talkTimeMS
    rowCount += counts.rows
    places.append(place)
  }
}
