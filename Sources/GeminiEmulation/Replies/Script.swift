internal import OrderedJSON

/// What is heard in a piece of media: the content of an answer, before any schema.
struct Script: Sendable {
  /// One row of a transcript.
  struct Segment: Sendable {
    var startMS: Int
    var endMS: Int
    var text: String
    var voice: Int
    /// The number that a prompt gives the row; `nil` for rows that are heard.
    var number: Int?
  }

  /// One voice; `?` where something is not known.
  struct Speaker: Sendable {
    var voice: Int
    var name: String
    var company: String
    var position: String
    var role: String
  }

  var segments: [Segment]
  var speakers: [Speaker]

  init(segments: [Segment], speakers: [Speaker]) {
    self.segments = segments
    self.speakers = speakers
  }

  /// Reads the sample's reference.
  init(reference: JSONValue) {
    segments = (reference["task1_transcripts"]?.array ?? []).map { row in
      Segment(
        startMS: row["startMS"]?.int ?? 0,
        endMS: row["endMS"]?.int ?? 0,
        text: row["text"]?.string ?? "",
        voice: row["voice"]?.int ?? 0
      )
    }
    speakers = (reference["task2_speakers"]?.array ?? []).map { row in
      func text(_ key: String) -> String { row[key]?.string ?? "?" }
      return Speaker(
        voice: row["voice"]?.int ?? 0,
        name: text("name"),
        company: text("company"),
        position: text("position"),
        role: text("role")
      )
    }
  }

  /// The rows that start inside a clip, with the voices numbered anew as they come up.
  ///
  /// A model that sees only a clip cannot know how voices were numbered before it. Times stay those
  /// of the source, as measured of the service.
  func clipped(to clip: Range<Int>) -> Script {
    let rows = segments.filter { clip.contains($0.startMS) }
    var numbers: [Int: Int] = [:]
    for row in rows where numbers[row.voice] == nil { numbers[row.voice] = numbers.count + 1 }
    return Script(
      segments: rows.map { row in
        var row = row
        row.voice = numbers[row.voice] ?? row.voice
        return row
      },
      speakers: speakers.compactMap { speaker in
        guard let number = numbers[speaker.voice] else { return nil }
        var speaker = speaker
        speaker.voice = number
        return speaker
      }.sorted { $0.voice < $1.voice }
    )
  }
}
