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
    let forms = await Self.forms(rows, languages, speaker)
    let normal = Self.normalised(forms, languages, rows, check, sound.activity)
    let cepstra = sound.cepstra()
    let frames = cepstra.count / Cepstra.count
    let fits = RowWarp(normal, expected: check.startsMS.map { Double($0) / 1000 })
      .fits(cepstra, speech: (0..<frames).map(sound.speech))
    var placed: [Row] = []
    var reached = 0
    for row in rows.indices {
      let next = fits[(row + 1)...].lazy.compactMap(\.frames?.lowerBound).first ?? frames
      let place = Self.placed(
        rows[row],
        fits[row],
        normal[row],
        check.startsMS[row],
        sound.activity,
        between: reached..<max(reached, next * SoundProfile.frames)
      )
      if place.isFound { reached = place.endMS / 10 }
      placed.append(place)
    }
    self.rows = Self.ordered(placed)
  }

  /// Speaks all rows, a few at a time.
  private static func forms(
    _ rows: [SpokenRow],
    _ languages: [String],
    _ speaker: RowSpeaker
  ) async -> [SpokenForm] {
    var forms = [SpokenForm?](repeating: nil, count: rows.count)
    await withTaskGroup(of: (Int, SpokenForm).self) { group in
      var next = 0
      func speakNext() {
        guard next < rows.count else { return }
        let (row, text) = (next, rows[next].words)
        let voice = speaker.voice(for: languages[row]) ?? "en-us"
        next += 1
        group.addTask { (row, SpokenForm(samples: await speaker.samples(text, voice: voice))) }
      }
      for _ in 0..<4 { speakNext() }
      while let (row, form) = await group.next() {
        forms[row] = form
        speakNext()
      }
    }
    return forms.map { $0 ?? SpokenForm(samples: []) }
  }

  /// The forms of each language at the pace it is spoken at here, and with the same spread of sounds.
  private static func normalised(
    _ forms: [SpokenForm],
    _ languages: [String],
    _ rows: [SpokenRow],
    _ check: TimeCheck,
    _ activity: SpeechActivity
  ) -> [SpokenForm] {
    var result = forms
    for (_, members) in Dictionary(grouping: rows.indices, by: { languages[$0] }) {
      let ratios = members.compactMap { row -> Double? in
        guard row + 1 < rows.count, forms[row].seconds > 0.8 else { return nil }
        let (start, next) = (
          Double(check.startsMS[row]) / 1000, Double(check.startsMS[row + 1]) / 1000
        )
        guard next > start else { return nil }
        return activity.spoken(start, next) / forms[row].seconds
      }
      let pace = ratios.count < 8 ? 1 : max(0.6, min(1.7, TimeLine.median(ratios[...])))
      var all: [Float] = []
      for row in members {
        result[row].stretch(pace)
        all += result[row].cepstra
      }
      let statistics = Cepstra.statistics(all, frames: Array(0..<all.count / Cepstra.count))
      for row in members {
        Cepstra.normalise(&result[row].cepstra, frames: 0..<result[row].frames, statistics)
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
