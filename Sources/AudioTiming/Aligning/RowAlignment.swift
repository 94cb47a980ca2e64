public import TranscriptModel

/// When rows and their words are spoken, set by the sound.
public struct RowAlignment: Sendable {
  /// A row.
  public struct Row: Hashable, Sendable {
    /// When it begins, in milliseconds.
    public let startMS: Int
    /// When it ends, in milliseconds.
    public let endMS: Int
    /// How well its words fit what is heard there, 0 to 1; 0 for a row that was not found.
    public let confidence: Double
    /// When each of its words is spoken; none for a row that was not found.
    public let words: [WordTime]

    /// A row, as the sound or the words of another program tell.
    package init(startMS: Int, endMS: Int, confidence: Double, words: [WordTime]) {
      (self.startMS, self.endMS) = (startMS, endMS)
      (self.confidence, self.words) = (confidence, words)
    }

    /// Whether the sound told its time; else it is the stated one, moved with its neighbours when all are off.
    public var isFound: Bool { confidence > 0 }
  }

  /// The rows, in the order given.
  public let rows: [Row]

  /// What the right words differ from the sound, and what any words do; found on recorded phrases.
  private static let (right, wrong): (Float, Float) = (0.45, 0.9)
  /// How far from where rhythm puts it a row may be found, in milliseconds: further off it is another row's sound.
  private static let furthestMS = 2500
  /// How much of the beginning and the end of a row may be too soft to be told by its sounds, in frames of 10 ms,
  /// where speech goes on without a break.
  private static let (softStart, softEnd) = (90, 40)
  /// How far speech may begin from where words were found to begin, in frames of 10 ms.
  private static let nearOnset = 35

  /// Looks for rows in a recording.
  ///
  /// - Parameters:
  ///   - rows: The rows, in the order of their times; those without a language are spoken in one guessed from their words
  ///     and their neighbours'.
  ///   - sound: The recording, listened to in detail.
  ///   - check: How the stated times follow the sound.
  ///   - speaker: Who speaks the rows.
  public init(
    _ rows: [SpokenRow],
    in sound: SoundProfile,
    from check: TimeCheck,
    by speaker: RowSpeaker
  ) async {
    let languages = LanguageGuess.languages(of: rows)
    let source = CepstraSource(sound)
    let parts = Self.parts(rows.count)
    var placed: [Row] = []
    placed.reserveCapacity(rows.count)
    var forms = await Self.forms(rows, parts.first?.around ?? 0..<0, [:], languages, speaker)
    for (index, part) in parts.enumerated() {
      // The next rows are spoken while these are looked for.
      let next = index + 1 < parts.count ? parts[index + 1].around : 0..<0
      let known = forms
      async let following = Self.forms(rows, next, known, languages, speaker)
      let normal = Self.normalised(
        part.around.map { forms[$0] ?? SpokenForm(samples: []) },
        part.around,
        languages,
        rows,
        check,
        sound.activity
      )
      placed += Self.placed(
        part,
        normal,
        rows,
        check,
        source,
        reached: placed.last { $0.isFound }?.endMS ?? 0
      )
      forms = await following
    }
    self.rows = Self.ordered(placed)
  }

  /// Rows that are looked for together, so that memory does not grow with the recording.
  private struct Part {
    /// The rows.
    let rows: Range<Int>
    /// These with some before and behind them, which keep the outer ones in place.
    let around: Range<Int>
  }

  /// How many rows are looked for together: half an hour or so.
  private static let partRows = 400
  /// How many more on either side: a minute, far more than rows are looked for around where they are expected.
  private static let contextRows = 12
  /// How far behind the outer rows the sound is listened to, in seconds: further than rows are looked for.
  private static let margin = 10.0

  private static func parts(_ count: Int) -> [Part] {
    stride(from: 0, to: count, by: partRows).map { start in
      let end = min(count, start + partRows)
      let around = max(0, start - contextRows)..<min(count, end + contextRows)
      return Part(rows: start..<end, around: around)
    }
  }

  /// Looks for the rows of a part.
  ///
  /// - Parameters:
  ///   - normal: What the rows of it and around it sound like.
  ///   - reached: Where the row before it ends, in milliseconds.
  private static func placed(
    _ part: Part,
    _ normal: [SpokenForm],
    _ rows: [SpokenRow],
    _ check: TimeCheck,
    _ source: CepstraSource,
    reached: Int
  ) -> [Row] {
    let expected = part.around.map { Double(check.startsMS[$0]) / 1000 }
    let begin = (expected.min() ?? 0) - margin
    let end = zip(expected, normal).map { $0 + 1.3 * $1.seconds }.max() ?? 0
    let first = max(0, min(source.frames, Int(begin * 25)))
    let last = max(first, min(source.frames, Int((end + margin) * 25)))
    let fits = RowWarp(normal, expected: expected.map { $0 - Double(first) / 25 })
      .fits(source.cepstra(first..<last), speech: (first..<last).map(source.sound.speech))
      .map { $0.moved(by: first) }
    var reached = reached / 10
    var placed: [Row] = []
    for row in part.rows {
      let place = row - part.around.lowerBound
      let next = fits[(place + 1)...].lazy.compactMap(\.frames?.lowerBound).first ?? source.frames
      let found = Self.placed(
        rows[row],
        fits[place],
        normal[place],
        check.startsMS[row],
        source.sound.activity,
        between: reached..<max(reached, next * SoundProfile.frames)
      )
      if found.isFound { reached = found.endMS / 10 }
      placed.append(found)
    }
    return placed
  }

  /// Speaks rows, a few at a time, but those that have been.
  private static func forms(
    _ rows: [SpokenRow],
    _ wanted: Range<Int>,
    _ known: [Int: SpokenForm],
    _ languages: [String],
    _ speaker: RowSpeaker
  ) async -> [Int: SpokenForm] {
    var forms = known.filter { wanted.contains($0.key) }
    await withTaskGroup(of: (Int, SpokenForm).self) { group in
      var waiting = wanted.filter { forms[$0] == nil }.makeIterator()
      func speakNext() {
        guard let row = waiting.next() else { return }
        let text = rows[row].words
        let voice = speaker.voice(for: languages[row]) ?? "en-us"
        group.addTask { (row, SpokenForm(samples: await speaker.samples(text, voice: voice))) }
      }
      for _ in 0..<4 { speakNext() }
      while let (row, form) = await group.next() {
        forms[row] = form
        speakNext()
      }
    }
    return forms
  }

  /// The forms of each language at the pace it is spoken at here, and with the same spread of sounds.
  ///
  /// - Parameters:
  ///   - forms: What some rows sound like.
  ///   - around: Which rows.
  private static func normalised(
    _ forms: [SpokenForm],
    _ around: Range<Int>,
    _ languages: [String],
    _ rows: [SpokenRow],
    _ check: TimeCheck,
    _ activity: SpeechActivity
  ) -> [SpokenForm] {
    var result = forms
    let first = around.lowerBound
    for (_, members) in Dictionary(grouping: forms.indices, by: { languages[first + $0] }) {
      let ratios = members.compactMap { place -> Double? in
        let row = first + place
        guard row + 1 < rows.count, forms[place].seconds > 0.8 else { return nil }
        let (start, next) = (
          Double(check.startsMS[row]) / 1000, Double(check.startsMS[row + 1]) / 1000
        )
        guard next > start else { return nil }
        return activity.spoken(start, next) / forms[place].seconds
      }
      let pace = ratios.count < 8 ? 1 : max(0.6, min(1.7, TimeLine.median(ratios[...])))
      var all: [Float] = []
      for place in members {
        result[place].stretch(pace)
        all += result[place].cepstra
      }
      let statistics = Cepstra.statistics(all, frames: Array(0..<all.count / Cepstra.count))
      for place in members {
        Cepstra.normalise(&result[place].cepstra, frames: 0..<result[place].frames, statistics)
      }
    }
    return result
  }

  private static func placed(
    _ row: SpokenRow,
    _ fit: RowWarp.Fit,
    _ form: SpokenForm,
    _ expected: Int,
    _ activity: SpeechActivity,
    between neighbours: Range<Int>
  ) -> Row {
    let confidence = Double(max(0, min(1, (wrong - fit.distance) / (wrong - right))))
    guard let frames = fit.frames, confidence > 0,
      abs(frames.lowerBound * 40 - expected) <= furthestMS
    else {
      let length = row.endMS.map { $0 - row.startMS } ?? Int(row.seconds * 1000)
      return Row(startMS: expected, endMS: expected + max(0, length), confidence: 0, words: [])
    }
    let (found, last) = (frames.lowerBound * 4, (frames.upperBound + 1) * 4)
    let start =
      activity.beginning(of: found, after: max(neighbours.lowerBound, found - softStart))
      ?? activity.onset(near: found, within: nearOnset) ?? found
    let spoken = activity.lastSpeech(in: start..<max(start + 1, last))
    let end = max(
      start + 5,
      activity.end(of: spoken, before: min(neighbours.upperBound, spoken + softEnd))
    )
    let words = words(of: row.text, fit, form).map { max(start, min(end, $0 * 4)) }
    return Row(
      startMS: start * 10,
      endMS: end * 10,
      confidence: confidence,
      words: wordTimes(words, within: start..<end, activity)
    )
  }

  /// What is no pause between words, in frames of 10 ms: sounds that stop the breath last as long.
  private static let leastPause = 10

  /// When words are spoken: none begins while nobody speaks, and none lasts through a pause.
  ///
  /// - Parameters:
  ///   - starts: The frames at which they begin as far as their letters tell.
  ///   - row: The frames of their row.
  private static func wordTimes(
    _ starts: [Int],
    within row: Range<Int>,
    _ activity: SpeechActivity
  ) -> [WordTime] {
    let limits = starts.dropFirst() + [row.upperBound]
    let begins = zip(starts, limits).enumerated().map { word, times in
      word == 0
        ? row.lowerBound
        : times.0 < times.1 ? activity.firstSpeech(in: times.0..<times.1) : times.0
    }
    return zip(begins, begins.dropFirst() + [row.upperBound]).map { begin, next in
      let last = begin < next ? activity.lastSpeech(in: begin..<next) : next
      let end = next - last >= leastPause ? last : next
      return WordTime(startMS: begin * 10, endMS: end * 10)
    }
  }

  /// The frame of the recording at which each word begins: letters take even parts of what is spoken, and the
  /// path tells where that part is heard.
  private static func words(of text: String, _ fit: RowWarp.Fit, _ form: SpokenForm) -> [Int] {
    guard let frames = fit.frames else { return [] }
    let words = text.split(whereSeparator: \.isWhitespace)
    let letters = words.reduce(0) { $0 + $1.count + 1 }
    var passed = 0
    return words.map { word in
      let own = form.frames * passed / max(1, letters)
      passed += word.count + 1
      let place = fit.path.firstIndex { $0 >= own } ?? fit.path.count - 1
      return frames.lowerBound + place
    }
  }

  /// Rows that were found never lie before one above them; the others keep between their neighbours.
  package static func ordered(_ rows: [Row]) -> [Row] {
    var result = rows
    var reached = 0
    for (index, row) in rows.enumerated() {
      let next = rows[index...].first(where: \.isFound)?.startMS ?? .max
      let start = row.isFound ? max(reached, row.startMS) : max(reached, min(row.startMS, next))
      if start != row.startMS {
        result[index] = Row(
          startMS: start,
          endMS: max(start, row.endMS),
          confidence: row.confidence,
          words: row.words.map {
            WordTime(startMS: max(start, $0.startMS), endMS: max(start, $0.endMS))
          }
        )
      }
      reached = start
    }
    return result
  }
}

extension SpeechActivity {
  /// The frame nearest to one at which speech begins.
  fileprivate func onset(near frame: Int, within reach: Int) -> Int? {
    for distance in 0...reach {
      for candidate in [frame - distance, frame + distance] where candidate > 0 {
        if probability(candidate) >= 0.5, probability(candidate - 1) < 0.5 { return candidate }
      }
    }
    return nil
  }

  /// Where the speech around a frame begins, when that is after a limit: pauses of 0.1 s do not end it.
  fileprivate func beginning(of frame: Int, after limit: Int) -> Int? {
    guard probability(frame) >= 0.4 else { return nil }
    var (quiet, first) = (0, frame)
    for place in stride(from: frame - 1, through: max(0, limit), by: -1) {
      if probability(place) >= 0.5 {
        (quiet, first) = (0, place)
      } else {
        quiet += 1
        if quiet > 10 { return first }
      }
    }
    return nil
  }

  /// Where the speech around a frame ends, but not after a limit.
  fileprivate func end(of frame: Int, before limit: Int) -> Int {
    var end = frame
    while end < limit, probability(end) >= 0.4 { end += 1 }
    return end
  }

  /// The first frame in which somebody speaks; the first of all when nobody does.
  fileprivate func firstSpeech(in range: Range<Int>) -> Int {
    range.first { probability($0) >= 0.4 } ?? range.lowerBound
  }

  /// The end of the last frame in which somebody speaks; the end of the range when nobody does.
  fileprivate func lastSpeech(in range: Range<Int>) -> Int {
    range.last { probability($0) >= 0.4 }.map { $0 + 1 } ?? range.upperBound
  }

  /// The seconds of speech between two moments, pauses of less than a third of a second included, as words hold
  /// such; the first pause that is longer ends them.
  fileprivate func spoken(_ start: Double, _ end: Double) -> Double {
    let rate = Double(Self.rate)
    // Times may lie far behind the end of the sound.
    let first = min(frames.count, Int(start * rate))
    var quiet = 0
    var last = first
    for frame in first..<max(first, min(frames.count, Int(end * rate))) {
      if probability(frame) >= 0.4 {
        quiet = 0
        last = frame
      } else {
        quiet += 1
        if quiet > 33, last > first + 30 { break }
      }
    }
    return Double(last - first) / rate
  }
}
