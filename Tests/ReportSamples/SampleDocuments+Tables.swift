internal import OrderedJSON
public import TranscriptModel

extension SampleDocuments {
  /// The sample video's rows as a reply's tables would give them, with more columns and tables.
  public static var withTables: TranscriptDocument {
    var document = meeting(rows: 12, speakers: 3, named: 2)
    var table = Table(
      name: "transcripts",
      columns: [
        Column(name: "start", type: .string, role: .start),
        Column(name: "text", type: .string, role: .text),
        Column(name: "voice", type: .integer, role: .voice),
        Column(name: "mood", type: .string, role: .emotion),
        Column(name: "loudness", type: .number),
      ]
    )
    for (row, segment) in document.transcript.segments.enumerated() {
      let start = segment.start.map(Cell.time) ?? .missing
      let mood: Cell = row % 3 == 0 ? .missing : .text("calm \"\(row)\" </b>")
      let loudness: Cell = row == 5 ? .invalid("loud") : .number("1.\(row)0")
      table.append([start, .text(segment.text), .integer(segment.voice ?? 0), mood, loudness])
      document.transcript.segments[row].extras = [
        .init(column: "mood", role: .emotion, value: mood),
        .init(column: "loudness", role: nil, value: loudness),
      ]
    }
    document.tables = [table, sounds]
    return document
  }

  /// The sample video with what recipes made of it; one answer names no row.
  public static var withRecipes: TranscriptDocument? {
    guard var document = sampleVideo else { return nil }
    var chapters = Table(
      name: "chapters",
      columns: [
        Column(name: "row", type: .integer, role: .row), Column(name: "start", role: .start),
        Column(name: "end", role: .end), Column(name: "title", role: .text),
      ]
    )
    var quotes = Table(
      name: "quotes",
      columns: [
        Column(name: "row", type: .integer, role: .row), Column(name: "start", role: .start),
        Column(name: "speaker"), Column(name: "text", role: .quote),
        Column(name: "match", type: .number),
      ]
    )
    let rows = document.transcript.segments
    for (row, title) in [(0, "The drawer"), (5, "What was in it </b>"), (12, "Storms")] {
      let start = rows[row].start.map(Cell.time) ?? .missing
      chapters.append([.integer(row + 1), start, .missing, .text(title)])
      let words = Cell.text(rows[row].text)
      quotes.append([.integer(row + 1), start, .text("Tomas Okoye"), words, .number("1")])
    }
    quotes.append([.integer(99), .missing, .missing, .text("Never said."), .number("0")])
    let unknown = Finding.Row(table: "quotes", index: 3)
    for (table, findings) in [
      (chapters, []), (quotes, [Finding("row-unknown", "No row 99 was shown.", rows: [unknown])]),
    ] {
      var run = document.run
      run.prompt = table.name
      document.derivations.append(
        Derivation(
          run: run,
          variables: [:],
          rowsDigest: "0",
          tables: [table],
          findings: findings,
          usage: nil,
          cost: .init(),
          isComplete: true
        )
      )
    }
    return document
  }

  /// A schema without a transcript: tables are all there is.
  public static var tablesOnly: TranscriptDocument {
    var quotes = Table(
      name: "key_quotes",
      columns: [
        Column(name: "at", type: .string, role: .start),
        Column(name: "quote", type: .string),
        Column(name: "who", type: .string, role: .name),
        Column(name: "weight", type: .number),
      ]
    )
    let lines = [
      "Every Monday but two.", "The pen ran right off the top of the paper at 0:53.",
      "كل يوم اثنين ما عدا اثنين.", "[laughter]",
    ]
    for (row, line) in lines.enumerated() {
      quotes.append([
        .time(Timecode(milliseconds: 93_000 - row * 21_000)), .text(line),
        row == 2 ? .missing : .text(row % 2 == 0 ? "Maëlle Kervadec" : "Edith Marlowe"),
        row == 3 ? .invalid("much") : .number("0.\(9 - row * 3)"),
      ])
    }
    var document = made(
      uri: "sample.webm",
      title: "Ninety-four years of tides",
      segments: [],
      speakers: [],
      durationMS: 98_100
    )
    document.tables = [sounds, quotes]
    return document
  }

  private static var sounds: Table {
    var table = Table(
      name: "sounds",
      columns: [
        Column(name: "start", type: .string, role: .start),
        Column(name: "sound", type: .string),
        Column(name: "seconds", type: .integer),
      ]
    )
    let sounds = [(32_502, "laughter", 2), (93_179, "applause", 4), (0, "music", 12)]
    for (start, sound, seconds) in sounds {
      table.append([
        .time(Timecode(milliseconds: start)), .text(sound), .integer(seconds),
      ])
    }
    return table
  }

  /// The sample video as the sound times it: where somebody speaks, and when each word is spoken, by its letters.
  public static var spoken: TranscriptDocument? {
    guard var document = sampleVideo else { return nil }
    let rows = document.transcript.segments.map { segment -> Correction.RowTime in
      let start = segment.start ?? .zero
      let end = max(start, segment.end ?? start)
      let words = segment.text.split(separator: " ")
      let letters = max(1, words.reduce(0) { $0 + $1.count + 1 })
      var passed = 0
      let times = words.map { word in
        let begin = passed * (end.milliseconds - start.milliseconds) / letters
        passed += word.count + 1
        return WordTime(
          startMS: begin,
          endMS: passed * (end.milliseconds - start.milliseconds) / letters
        )
      }
      return Correction.RowTime(
        row: segment.row,
        before: start,
        start: start,
        end: end,
        confidence: 1,
        words: times
      )
    }
    let times = Correction(id: "times", date: "2026-03-13T09:00:00Z", change: .times(rows))
    document.corrections = [times.json]
    document.speech = SpeechMap(
      rows.map { TimeRange(start: $0.start, end: $0.end) },
      durationMS: document.source.durationMS ?? 0
    )
    return document
  }

  /// The sample video after a person worked on it; one correction no longer fits.
  public static var corrected: TranscriptDocument? {
    guard var document = sampleVideo else { return nil }
    let rows = document.transcript.segments
    func correction(_ id: Int, _ kind: String, _ members: JSONObject) -> JSONValue {
      var object: JSONObject = [
        "id": .string("c\(id)"), "at": "2026-03-13T09:00:00Z", "kind": .string(kind),
      ]
      for (key, value) in members.members { object[key] = value }
      return .object(object)
    }
    document.corrections = [
      correction(
        1,
        "text",
        ["row": 1, "before": .string(rows[1].text), "after": "Tonight: one drawer of <paper>."]
      ),
      correction(2, "checked", ["row": 1, "startMS": 4985, "checked": true]),
      correction(3, "checked", ["row": 0, "checked": true]),
      correction(
        4,
        "speaker",
        ["voice": 3, "field": "name", "before": nil, "after": "Ida \"Idi\" Penrose"]
      ),
      correction(5, "split", ["voice": 1, "rows": [5, 8], "newVoice": 6]),
      correction(6, "merge", ["voice": 5, "into": 3]),
      correction(7, "voice", ["row": 2, "before": 1, "after": 2]),
      correction(8, "text", ["row": 0, "before": "What nobody said.", "after": "x"]),
    ]
    return document
  }
}
