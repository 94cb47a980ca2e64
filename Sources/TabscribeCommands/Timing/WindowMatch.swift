internal import AudioTiming
internal import TranscriptModel
internal import TranscriptScoring

/// A short stretch of a recording that was asked about again, and how far the transcript's times lie from it.
///
/// In half a minute times cannot run away, so that the new ones are right within the seconds they are stated in.
struct WindowMatch {
  /// The share of the stretch's words that the transcript must have; below, chance finds as many.
  private static let leastShare = 0.34
  /// The fewest words that tell a time.
  private static let fewestWords = 8
  /// How far around the stretch rows are looked for, in milliseconds and as a share of its time: times that run ahead by a
  /// fifth have been seen.
  private static let (reach, reachShare) = (60_000, 5)

  /// The stretch, in source time.
  let range: TimeRange
  /// The words heard there, and how many of them the transcript has.
  let (words, found): (Int, Int)
  /// What to add to the transcript's times there, in milliseconds; `nil` when too few words are found.
  let offsetMS: Int?

  /// - Parameters:
  ///   - range: The stretch, in source time.
  ///   - rows: The rows of the transcript, in the order of their times.
  ///   - heard: The rows that were heard in the stretch.
  init(_ range: TimeRange, of rows: [SpokenRow], heard: [SpokenRow]) {
    let reach = max(Self.reach, range.start.milliseconds / Self.reachShare)
    let near = range.start.milliseconds - reach...range.end.milliseconds + reach
    let stated = Self.words(of: rows.filter { near.contains($0.startMS) })
    let new = Self.words(of: heard)
    let alignment = WordAlignment(reference: stated.map(\.word), hypothesis: new.map(\.word))
    let offsets = WordMatch.matches(alignment.steps).enumerated().compactMap { place, other in
      other.map { new[$0].startMS - stated[place].startMS }
    }.sorted()
    self.range = range
    (words, found) = (new.count, offsets.count)
    let isKnown =
      offsets.count >= Self.fewestWords
      && Double(offsets.count) >= Self.leastShare * Double(new.count)
    offsetMS = isKnown ? offsets[offsets.count / 2] : nil
  }

  /// The words of rows, each at its share of its row's time.
  private static func words(of rows: [SpokenRow]) -> [(word: Substring, startMS: Int)] {
    rows.enumerated().flatMap { index, row in
      let words = row.text.split(whereSeparator: \.isWhitespace)
      let next = index + 1 < rows.count ? rows[index + 1].startMS : Int.max
      let end = min(row.endMS ?? next, row.startMS + words.count * 500)
      let length = max(0, end - row.startMS)
      return words.enumerated().map { place, word in
        (WordMatch.plain(word), row.startMS + length * place / words.count)
      }
    }
  }
}

/// What short stretches tell of the times of a whole transcript.
struct WindowLine {
  /// What is off: more than whole seconds leave open.
  private static let mostMS = 1000

  /// The stretches, in order.
  let windows: [WindowMatch]
  /// The moments of the recording that are known, and what to add to times stated there.
  private let known: [(at: Int, offset: Int)]

  init(_ windows: [WindowMatch]) {
    self.windows = windows
    known = windows.compactMap { window in
      window.offsetMS.map { (window.range.start.milliseconds - $0, $0) }
    }.sorted { $0.0 < $1.0 }
  }

  /// Whether any stretch told a time.
  var isKnown: Bool { !known.isEmpty }

  /// Whether times are off by more than a second somewhere.
  var isOff: Bool { known.contains { abs($0.offset) > Self.mostMS } }

  /// What the stated times gain on the recording, as a part of it: 0.1 for a drift of 10 %; by the median of all pairs.
  var drift: Double {
    var slopes: [Double] = []
    for (index, one) in known.enumerated() {
      for other in known[(index + 1)...] where other.at - one.at > 30_000 {
        slopes.append(Double(other.offset - one.offset) / Double(other.at - one.at))
      }
    }
    slopes.sort()
    return slopes.isEmpty ? 0 : 1 / (1 + slopes[slopes.count / 2]) - 1
  }

  /// The stretches in which the transcript has too few of the words heard.
  var doubtful: [WindowMatch] { windows.filter { $0.offsetMS == nil && $0.words > 0 } }

  /// When a moment that is stated is: on the straight way between the stretches around it, beyond the outer ones as drift
  /// has it.
  func place(_ stated: Int) -> Int {
    guard let first = known.first, let last = known.last else { return stated }
    let outside = 1 / (1 + drift) - 1
    if stated <= first.at {
      return stated + first.offset + Int(Double(stated - first.at) * outside)
    }
    if stated >= last.at { return stated + last.offset + Int(Double(stated - last.at) * outside) }
    let index = known.firstIndex { $0.at >= stated } ?? known.count - 1
    let (one, other) = (known[max(0, index - 1)], known[index])
    let span = max(1, other.at - one.at)
    return stated + one.offset + (other.offset - one.offset) * (stated - one.at) / span
  }
}
