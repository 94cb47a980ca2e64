internal import OrderedJSON
import Testing
import TranscriptModel

/// Corrections of one transcript, carried to another of the same recording.
@Suite struct CorrectionRebaseTests {
  private static func document(
    _ run: String,
    _ rows: [(start: Int, voice: Int, text: String)],
    _ names: [Int: String] = [:]
  ) -> TranscriptDocument {
    let voices = Set(rows.map(\.voice)).sorted()
    let segments = rows.enumerated().map { row, one in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: one.start),
        end: nil,
        endIsEstimate: true,
        voice: one.voice,
        text: one.text
      )
    }
    return TranscriptDocument(
      source: .init(uri: "talk.mp4", kind: "file", stem: "talk"),
      run: .init(
        id: run,
        startedAt: "2026-11-20T10:15:00Z",
        tool: "t",
        backend: "ai-studio",
        model: "m",
        prompt: "p",
        promptDigest: "",
        schema: "s",
        encoding: "json"
      ),
      tables: [],
      transcript: Transcript(
        segments: segments,
        speakers: voices.map { Speaker(voice: $0, name: names[$0]) }
      ),
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
  }

  private static func text(_ row: Int, _ start: Int, _ before: String, _ after: String) -> JSONValue
  {
    [
      "id": .string("c\(row)"), "at": "2026-11-20T10:15:00Z", "kind": "text", "row": .init(row),
      "startMS": .init(start), "before": .string(before), "after": .string(after),
    ]
  }

  private static func outcomes(_ corrections: [JSONValue]) -> [String] {
    corrections.map { CarriedCorrection($0)?.outcome.rawValue ?? "?" }
  }

  @Test func whatIsWithheldStaysSoWhateverIsSaidThen() {
    var old = Self.document(
      "one",
      [(1000, 1, "Hello."), (5000, 1, "My number is 7."), (9000, 1, "Bye.")]
    )
    func withhold(_ id: String, _ members: JSONObject) -> JSONValue {
      var object: JSONObject = [
        "id": .string(id), "at": "2026-11-20T10:15:00Z", "kind": "withhold",
      ]
      for (key, value) in members.members { object[key] = value }
      return .object(object)
    }
    old.corrections = [
      withhold("w1", ["rows": [["row": 1, "startMS": 5000]]]), withhold("w2", ["words": "Ada"]),
      withhold("w3", ["all": "speakers"]),
    ]
    #expect(old.hasRestrictions && old.corrected.problems.isEmpty)
    // Two rows now, in other words.
    var new = Self.document(
      "two",
      [(1000, 1, "Hello."), (5200, 1, "Mine's"), (7000, 1, "seven."), (9000, 1, "Bye.")]
    )
    #expect(Self.outcomes(new.carry(correctionsOf: old)) == ["moved", "kept", "kept"])
    guard case .rows(let places)? = new.corrected.restrictions.first else {
      Issue.record("\(new.corrected)")
      return
    }
    #expect(places.map(\.row) == [1, 2])
    // Where nothing is said then, a person has to look, and until then nothing goes out.
    var none = Self.document("three", [(60_000, 1, "Elsewhere.")])
    #expect(Self.outcomes(none.carry(correctionsOf: old)).first == "conflict")
    #expect(none.hasRestrictions && none.corrected.problems.count == 1)
    // What cannot be read is not passed over.
    old.corrections = [withhold("w4", ["rows": []])]
    #expect(old.hasRestrictions && old.corrected.problems.map(\.code) == [.malformed])
  }

  @Test(arguments: [
    (nil, "kept"), ("talk of the town", "conflict"), ("The tide drawer", "obsolete"),
  ])
  func aTitleIsCarriedToWhatHasNoOther(_ own: String?, _ outcome: String) {
    var old = Self.document("one", [(1000, 1, "Hello.")])
    old.corrections = [
      [
        "id": "t1", "at": "2026-11-20T10:15:00Z", "kind": "title", "before": .null,
        "after": "The tide drawer",
      ]
    ]
    var new = Self.document("two", [(1200, 1, "Hello there.")])
    new.source.title = own
    #expect(Self.outcomes(new.carry(correctionsOf: old)) == [outcome])
    #expect(new.corrected.title == (outcome == "conflict" ? own : "The tide drawer"))
  }

  @Test func eachIsKeptMovedAConflictOrObsolete() {
    var old = Self.document(
      "old",
      [
        (0, 1, "We are in orbit."), (5000, 2, "Roger that, Abel."), (9000, 1, "Fuel is go."),
        (14_000, 1, "Cabin is at five."), (20_000, 2, "Say again?"),
      ]
    )
    old.corrections = [
      Self.text(0, 0, "We are in orbit.", "We are in Paris."),
      Self.text(1, 5000, "Roger that, Abel.", "Roger that, Abe."),
      Self.text(2, 9000, "Fuel is go.", "Fuel is low."),
      Self.text(3, 14_000, "Cabin is at five.", "Cabin is at nine."),
      Self.text(4, 20_000, "Say again?", "Say it again?"),
    ]
    var new = Self.document(
      "new",
      [
        (0, 1, "We are in orbit."), (4000, 1, "Hm."), (6500, 2, "Okay, roger that, Abel, out."),
        (9500, 1, "Fuel is low."), (14_500, 1, "Cabin is at six."),
      ]
    )
    new.corrections = []
    let carried = new.carry(correctionsOf: old)
    #expect(Self.outcomes(carried) == ["kept", "moved", "obsolete", "conflict", "conflict"])
    #expect(new.corrections.count == 5)
    let corrected = new.corrected
    let texts = corrected.transcript.segments.map(\.text)
    #expect(texts[0] == "We are in Paris.")
    #expect(texts[2] == "Okay, roger that, Abe, out.")
    #expect(corrected.problems.map(\.code) == [.conflict, .conflict])
    #expect(new.carry(correctionsOf: old).isEmpty)
  }

  @Test func aChangeOfWordsGoesWhereTheWordsAreNow() {
    var old = Self.document("old", [(0, 1, "I saw Jon Smyth in the old town hall yesterday.")])
    old.corrections = [
      Self.text(
        0,
        0,
        "I saw Jon Smyth in the old town hall yesterday.",
        "I saw John Smith in the old town hall yesterday."
      )
    ]
    var new = Self.document(
      "new",
      [
        (1200, 1, "Well,"), (2000, 1, "I saw Jon Smyth in the old town hall."),
        (5000, 1, "Yesterday."),
      ]
    )
    #expect(Self.outcomes(new.carry(correctionsOf: old)) == ["moved"])
    #expect(new.corrected.transcript.segments[1].text == "I saw John Smith in the old town hall.")
    #expect(CarriedCorrection(new.corrections[0])?.row == 0)
  }

  @Test func voicesAreFoundByTheirNamesAndTimes() {
    var old = Self.document(
      "old",
      [(0, 1, "One two three."), (5000, 2, "Four five six."), (9000, 3, "Seven eight.")],
      [1: "Ada"]
    )
    old.corrections = [
      [
        "id": "a", "at": "t", "kind": "speaker", "voice": 2, "field": "name", "before": .null,
        "after": "Bob",
      ],
      ["id": "b", "at": "t", "kind": "voice", "row": 2, "startMS": 9000, "before": 3, "after": 2],
      ["id": "c", "at": "t", "kind": "merge", "voice": 3, "into": 2],
      ["id": "d", "at": "t", "kind": "checked", "row": 0, "startMS": 0, "checked": true],
      ["id": "e", "at": "t", "kind": "checked", "row": 1, "startMS": 5000, "checked": true],
    ]
    var new = Self.document(
      "new",
      [(0, 7, "One two three."), (5200, 4, "Four, five, six!"), (9000, 5, "Seven eight.")],
      [7: "Ada"]
    )
    #expect(
      Self.outcomes(new.carry(correctionsOf: old)) == [
        "moved", "moved", "moved", "kept", "conflict",
      ]
    )
    let corrected = new.corrected.transcript
    #expect(corrected.speaker(voice: 4)?.name == "Bob")
    #expect(corrected.segments.map(\.voice) == [7, 4, 4])
    #expect(corrected.speakers.map(\.voice) == [4, 7])
  }

  @Test func carriedOnceMoreTheyStillStand() {
    var first = Self.document("a", [(0, 1, "We are in orbit."), (5000, 1, "Nothing like it.")])
    first.corrections = [
      Self.text(0, 0, "We are in orbit.", "We are in Paris."),
      Self.text(1, 5000, "Nothing like it.", "Nothing like this."),
    ]
    var second = Self.document("b", [(300, 1, "We are in orbit.")])
    _ = second.carry(correctionsOf: first)
    var third = Self.document("c", [(0, 1, "Hm."), (900, 1, "We are in orbit.")])
    #expect(Self.outcomes(third.carry(correctionsOf: second)) == ["moved", "conflict"])
    #expect(third.corrected.transcript.segments[1].text == "We are in Paris.")
  }

  private static func made(_ id: String, _ kind: String, _ members: JSONObject) -> JSONValue {
    var object: JSONObject = [
      "id": .string(id), "at": "2026-11-20T10:15:00Z", "kind": .string(kind),
    ]
    for (key, value) in members.members { object[key] = value }
    return .object(object)
  }

  @Test func rowsThatCameWentAndMovedAreCarried() {
    var old = Self.document(
      "old",
      [
        (0, 1, "We are in orbit. Roger that."), (5000, 2, "Fuel is"), (9000, 2, "go for launch."),
        (14_000, 1, "Thanks for watching!"), (20_000, 2, "Say again?"),
      ]
    )
    old.corrections = [
      Self.made(
        "c1",
        "divide",
        [
          "row": 0, "startMS": 0, "before": "We are in orbit. Roger that.",
          "first": "We are in orbit.", "second": "Roger that.", "atMS": 3000, "newRow": 50,
        ]
      ),
      Self.made("c2", "voice", ["row": 50, "startMS": 3000, "before": 1, "after": 2]),
      Self.made(
        "c3",
        "join",
        [
          "row": 1, "startMS": 5000, "before": "Fuel is", "next": 2, "nextBefore": "go for launch.",
          "after": "Fuel is go for launch.",
        ]
      ),
      Self.made("c4", "delete", ["row": 3, "startMS": 14_000, "before": "Thanks for watching!"]),
      Self.made(
        "c5",
        "insert",
        [
          "row": 4, "startMS": 20_000, "newRow": 51, "after": ["startMS": 23_000, "endMS": 25_000],
          "voice": 1, "text": "Five by five.",
        ]
      ),
      Self.made(
        "c6",
        "retime",
        [
          "row": 4, "startMS": 20_000, "before": ["startMS": 20_000, "endMS": .null],
          "after": ["startMS": 20_500, "endMS": 21_000],
        ]
      ),
    ]
    #expect(old.corrected.problems.isEmpty)

    // Another run with one row more at the beginning, and otherwise the same rows.
    var moved = Self.document(
      "new",
      [
        (0, 1, "Hello."), (400, 1, "We are in orbit. Roger that."), (5000, 2, "Fuel is"),
        (9000, 2, "go for launch."), (14_000, 1, "Thanks for watching!"), (20_000, 2, "Say again?"),
      ]
    )
    #expect(
      Self.outcomes(moved.carry(correctionsOf: old))
        == ["moved", "kept", "moved", "moved", "moved", "moved"]
    )
    let corrected = moved.corrected
    #expect(corrected.problems.isEmpty)
    #expect(
      corrected.transcript.segments.map(\.text) == [
        "Hello.", "We are in orbit.", "Roger that.", "Fuel is go for launch.", "Say again?",
        "Five by five.",
      ]
    )
    #expect(corrected.transcript.segments[2].voice == 2)
    #expect(corrected.transcript.segments[4].start?.milliseconds == 20_500)

    // A run that has it all already, and one that says other things.
    var same = Self.document(
      "same",
      [
        (0, 1, "We are in orbit."), (3000, 2, "Roger that."), (5000, 2, "Fuel is go for launch."),
        (20_500, 2, "Say again?"), (23_000, 1, "Five by five."),
      ]
    )
    #expect(
      Self.outcomes(same.carry(correctionsOf: old))
        == ["obsolete", "obsolete", "obsolete", "obsolete", "obsolete", "moved"]
    )
    #expect(same.corrected.problems.isEmpty)
    var other = Self.document(
      "other",
      [
        (0, 1, "We are in orbit, Roger, that"), (5000, 2, "Fuel is going"),
        (14_000, 1, "Thanks for watching this!"), (20_000, 2, "Say it again?"),
      ]
    )
    let conflicts = Self.outcomes(other.carry(correctionsOf: old))
    #expect(conflicts == ["conflict", "conflict", "conflict", "conflict", "moved", "conflict"])
    #expect(other.corrections.count == 6)
  }

  @Test func wordsThatAreWithheldStaySoInOtherRows() {
    var old = Self.document(
      "old",
      [(0, 1, "My name is Abel, and I live here."), (5000, 1, "Call me."), (9000, 2, "Roger.")]
    )
    old.corrections = [
      Self.made("c1", "withhold", ["rows": [["row": 0, "startMS": 0]]]),
      Self.made(
        "c2",
        "divide",
        [
          "row": 0, "startMS": 0, "before": "My name is Abel, and I live here.",
          "first": "My name is Abel,", "second": "and I live here.", "atMS": 2000, "newRow": 9,
        ]
      ),
      Self.made(
        "c3",
        "join",
        [
          "row": 1, "startMS": 5000, "before": "Call me.", "next": 2, "nextBefore": "Roger.",
          "after": "Call me. Roger.",
        ]
      ),
      Self.made("c4", "withhold", ["rows": [["row": 9, "startMS": 2000]]]),
    ]
    func rows(_ document: TranscriptDocument) -> [[Int]] {
      document.corrected.restrictions.map { restriction in
        guard case .rows(let places) = restriction else { return [] }
        return places.map(\.row)
      }
    }
    #expect(rows(old) == [[0, 9], [9]])
    var new = old
    new.corrections = []
    new.run.id = "new"
    #expect(Self.outcomes(new.carry(correctionsOf: old)) == ["kept", "kept", "kept", "kept"])
    #expect(rows(new).first == [0, 9])
    old.corrections[0] = Self.made("c1", "withhold", ["rows": [["row": 2, "startMS": 9000]]])
    #expect(rows(old) == [[2, 1], [9]])
  }
}
