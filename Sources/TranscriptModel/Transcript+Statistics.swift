extension TranscriptSegment {
  /// How long the row is spoken, in milliseconds; `nil` without a start.
  ///
  /// A given end is believed. An estimated one is the next row's start, so silence after the row is
  /// taken off: no row lasts longer than 2 seconds and 0.6 seconds for each word, which is slow
  /// speech (100 words a minute; conversation has 120 to 200). Without an end, a word counts 0.4
  /// seconds.
  ///
  /// - Parameter words: The words of the text, when they have been counted already.
  public func talkTimeMS(words: Int? = nil) -> Int? {
    guard let start else { return nil }
    let words = words ?? SpokenWords.count(text)
    guard let end else { return words * 400 }
    let length = Swift.max(0, end.milliseconds - start.milliseconds)
    return endIsEstimate ? Swift.min(length, 2000 + words * 600) : length
  }
}

extension Transcript {
  /// How much is said, and by whom.
  ///
  /// Takes time in proportion to the text.
  ///
  /// - Parameter stretch: What was transcribed, for the coverage.
  public func statistics(of stretch: TimeRange? = nil) -> TranscriptStatistics {
    var tallies: [Int: Tally] = [:]
    var total = Tally()
    var covered = Coverage(stretch)
    var previous: Int?
    for segment in segments {
      let words = SpokenWords.count(segment.text)
      let time = segment.talkTimeMS(words: words) ?? 0
      covered.add(segment.start, milliseconds: time)
      total.add(segment, words: words, time: time, startsTurn: false)
      if let voice = segment.voice {
        tallies[voice, default: Tally()]
          .add(segment, words: words, time: time, startsTurn: voice != previous)
      }
      previous = segment.voice
    }
    let spoken = tallies.values.reduce(0) { $0 + $1.time }
    return TranscriptStatistics(
      speakers: speakers.map { (tallies[$0.voice] ?? Tally()).statistics(of: $0, all: spoken) },
      talkTimeMS: total.time,
      words: total.words,
      coveredMS: covered.milliseconds,
      coverage: covered.share,
      isEstimate: segments.contains { $0.endIsEstimate }
    )
  }
}

/// What is counted for one voice.
private struct Tally {
  var rows = 0
  var turns = 0
  var words = 0
  var time = 0
  var firstHeard: Timecode?
  /// The talk time of the turn that goes on, and of the longest.
  private var turn = 0
  private var longestTurn = 0

  mutating func add(_ segment: TranscriptSegment, words: Int, time: Int, startsTurn: Bool) {
    rows += 1
    turns += startsTurn ? 1 : 0
    self.words += words
    self.time += time
    turn = startsTurn ? time : turn + time
    longestTurn = max(longestTurn, turn)
    if let start = segment.start { firstHeard = firstHeard.map { min($0, start) } ?? start }
  }

  func statistics(of speaker: Speaker, all: Int) -> SpeakerStatistics {
    SpeakerStatistics(
      voice: speaker.voice,
      talkTimeMS: time,
      share: all > 0 ? Double(time) / Double(all) : 0,
      turns: turns,
      rows: rows,
      longestTurnMS: longestTurn,
      words: words,
      firstHeard: firstHeard,
      listenTimeMS: all - time
    )
  }
}

/// The union of stretches of time inside one stretch.
private struct Coverage {
  private let stretch: TimeRange?
  private var stretches: [(start: Int, end: Int)] = []

  init(_ stretch: TimeRange?) { self.stretch = stretch }

  mutating func add(_ start: Timecode?, milliseconds: Int) {
    guard let start = start?.milliseconds, milliseconds > 0 else { return }
    let first = max(start, stretch?.start.milliseconds ?? start)
    let last = min(start + milliseconds, stretch?.end.milliseconds ?? .max)
    guard first < last else { return }
    if let latest = stretches.last, latest.start <= first, first <= latest.end {
      stretches[stretches.count - 1].end = max(latest.end, last)
    } else {
      stretches.append((first, last))
    }
  }

  var milliseconds: Int {
    var covered = 0
    var reached = Int.min
    for (start, end) in stretches.sorted(by: { $0.start < $1.start }) where end > reached {
      covered += end - max(start, reached)
      reached = end
    }
    return covered
  }

  var share: Double? {
    guard let stretch, stretch.milliseconds > 0 else { return nil }
    return Double(milliseconds) / Double(stretch.milliseconds)
  }
}
