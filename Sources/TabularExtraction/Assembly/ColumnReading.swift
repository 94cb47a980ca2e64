internal import TranscriptModel

/// Finds how the times of a whole column are meant: the reading that fits the length of the media,
/// the clip and the order of the rows together.
///
/// Of each reading it is counted how many times cannot be read so, lie outside, or go back. The one
/// with the fewest wins, and where several have as few, the spelling that was asked for. Three
/// readings also win over it where they fit as well and only they make sense of the whole: they
/// reach through half of the media or more where what was asked for would end at its very beginning
/// or would be said faster than anybody speaks.
///
/// Takes time in proportion to the rows; a column without anything odd is looked at once.
struct ColumnReading {
  /// Models round times up.
  private static let grace = 1000
  /// No media that models take is longer: 9.5 hours of audio is the most of any published limit,
  /// rounded up generously.
  private static let longest = 24 * 3_600_000
  private static let hour = 3_600_000

  /// What was decided.
  struct Choice {
    let reading: TimeReading
    /// The time of each row in milliseconds, or `TimeColumn.none`.
    let times: [Int]
    /// Another reading that is as good, so that a person should look.
    var rival: TimeReading?
  }

  /// A reading and what speaks against it.
  private struct Candidate {
    let reading: TimeReading
    let times: [Int]
    /// How many times cannot be meant so, lie outside, or go back.
    var misfits = 0
    /// How many different times there are, as long as they go forward.
    var moments = 0
    var first = Int.max
    var last = 0
  }

  private let fields: [ClockFields?]
  /// The times of rows that have no other reading.
  private let fixed: [Int]
  private let texts: [Int]?
  private let windows: [Range<Int>]
  private let mayShift: Bool
  private let frameRate: Int
  private let textBytes: Int
  private let rowCount: Int

  /// - Parameters:
  ///   - fields: The numbers of each row's time, where it is made of such.
  ///   - fixed: The time of each row by its usual reading, or `TimeColumn.none`.
  ///   - texts: The bytes of each row's text, when rows have one.
  ///   - frame: What is known of the media.
  init(_ fields: [ClockFields?], fixed: [Int], texts: [Int]?, in frame: TimeFrame) {
    self.fields = fields
    self.fixed = fixed
    self.texts = texts
    windows = frame.windows.map { window in
      let start = window.lowerBound - Self.grace
      return start..<max(start, min(window.upperBound, Self.longest) + Self.grace + 1)
    }
    mayShift = frame.mayShift
    frameRate = Self.frameRate(fields)
    textBytes = (texts ?? []).reduce(0, +)
    rowCount = fixed.count { $0 != TimeColumn.none }
  }

  func choice() -> Choice {
    var best = candidate(.clock)
    guard rowCount > 0 else { return Choice(reading: .clock, times: best.times) }
    let asked = best
    var rival: TimeReading?
    for reading in TimeReading.allCases.dropFirst() {
      guard let other = applicable(reading, beside: asked) else { continue }
      if fitsMore(other, than: best) || isBetter(other, than: best, asked) {
        best = other
      } else if best.reading == .clock, isRival(other, of: asked) {
        rival = rival ?? reading
      }
    }
    return Choice(
      reading: best.reading,
      times: best.times,
      rival: best.reading == .clock ? rival : nil
    )
  }

  // MARK: Candidates

  /// A reading under which at least one time is another; `nil` where it makes no difference.
  private func applicable(_ reading: TimeReading, beside asked: Candidate) -> Candidate? {
    switch reading {
    case .clock: return nil
    case .hourWrap: return asked.misfits > 0 ? wrapped(asked) : nil
    case .tape: return shifted(asked)
    case .hundredths, .milliseconds, .hoursAndMinutes, .minutesPointSeconds:
      let count =
        switch reading {
        case .hundredths: 3
        case .hoursAndMinutes: 2
        default: 1
        }
      let isPointed = reading == .minutesPointSeconds
      guard
        fields.contains(where: { $0?.count == count && (!isPointed || $0?.fractionDigits == 2) })
      else { return nil }
      let other = candidate(reading)
      return other.times == asked.times ? nil : other
    }
  }

  private func candidate(_ reading: TimeReading) -> Candidate {
    var unreadable = 0
    let times = fixed.indices.map { row -> Int in
      guard fixed[row] != TimeColumn.none, let fields = fields[row] else { return fixed[row] }
      if let time = reading.milliseconds(fields, frameRate: frameRate) { return time }
      unreadable += 1
      return fixed[row]
    }
    return measured(reading, times, unreadable)
  }

  /// The least by which times fall where a new hour begins; rows out of order are nearer.
  private static let leastFall = 600_000

  /// `MM:SS` with an hour added wherever it falls and stays below; a single row that is out of place
  /// is none of that.
  private func wrapped(_ asked: Candidate) -> Candidate? {
    let rows = asked.times.indices.filter { asked.times[$0] != TimeColumn.none }
    var hours = 0
    var times = asked.times
    for (place, row) in rows.enumerated() {
      let time = asked.times[row]
      guard fields[row]?.count == 2, time < Self.hour else { return nil }
      if place > 0 {
        let before = asked.times[rows[place - 1]]
        let next = place + 1 < rows.count ? asked.times[rows[place + 1]] : time
        if before - time >= Self.leastFall, next < before { hours += 1 }
      }
      times[row] += hours * Self.hour
    }
    return hours > 0 ? measured(.hourWrap, times, 0) : nil
  }

  /// The times without the whole hours at which the first of them stands.
  private func shifted(_ asked: Candidate) -> Candidate? {
    guard mayShift, asked.first >= Self.hour, asked.first != .max else { return nil }
    let written = fields.compactMap(\.self)
    let isTape = !written.isEmpty && written.allSatisfy { $0.count == 4 && $0.lastDigits == 2 }
    guard asked.misfits > 0 || isTape && windows.isEmpty else { return nil }
    let offset = asked.first / Self.hour * Self.hour
    let times = asked.times.map { $0 == TimeColumn.none ? $0 : $0 - offset }
    return measured(.tape, times, 0)
  }

  private func measured(_ reading: TimeReading, _ times: [Int], _ unreadable: Int) -> Candidate {
    var result = Candidate(reading: reading, times: times, misfits: unreadable)
    var outside = Array(repeating: 0, count: max(1, windows.count))
    var before = 0
    for time in times where time != TimeColumn.none {
      if time < before { result.misfits += 1 }
      if time > before || result.moments == 0 { result.moments += 1 }
      before = time
      result.first = min(result.first, time)
      result.last = max(result.last, time)
      for (index, window) in windows.enumerated() where !window.contains(time) {
        outside[index] += 1
      }
      if windows.isEmpty, time > Self.longest { outside[0] += 1 }
    }
    result.misfits += outside.min() ?? 0
    return result
  }

  /// The usual frame rate that the greatest count of frames leaves possible.
  private static func frameRate(_ fields: [ClockFields?]) -> Int {
    let frames = fields.lazy.compactMap { $0.flatMap { $0.count == 4 ? $0.values.3 : nil } }.max()
    return [25, 30, 50, 60].first { $0 > frames ?? 0 } ?? 100
  }

  // MARK: Which one

  /// Moments below which a column shows neither how far its times reach nor how fast it is spoken:
  /// two of them have one distance, which is no pattern.
  private static let fewestMoments = 3

  /// Whether a reading has fewer misfits than the best so far; minutes in place of seconds need more
  /// than a few times to be believed.
  private func fitsMore(_ other: Candidate, than best: Candidate) -> Bool {
    other.misfits < best.misfits && (!isCoarse(other) || other.moments >= Self.fewestMoments)
  }

  /// Whether the last number of a time is not its seconds, or is so by a point.
  private func isCoarse(_ candidate: Candidate) -> Bool {
    candidate.reading == .hoursAndMinutes || candidate.reading == .minutesPointSeconds
  }

  /// Whether a reading with as few misfits is the better one all the same.
  private func isBetter(_ other: Candidate, than best: Candidate, _ asked: Candidate) -> Bool {
    guard other.misfits == best.misfits else { return false }
    let isPattern = other.moments >= Self.fewestMoments
    guard best.reading == .clock else {
      let isBetter = coverage(other) > 2 * coverage(best) || isTooFast(best) && !isTooFast(other)
      return isPattern && isBetter
    }
    switch other.reading {
    case .hoursAndMinutes, .minutesPointSeconds:
      // That all of many decimals are below 60 is no chance; two fields are always.
      let isPointed = other.reading == .minutesPointSeconds && rowCount > 4
      return isPattern
        && (isTooFast(asked) || reachesOnly(other, asked) && (isPointed || isTooSlow(asked)))
    case .hundredths:
      return isPattern && !windows.isEmpty && coverage(asked) < 0.5
        && pace(asked).map { $0 < Self.silence } == true
        && pace(other).map(Self.speech.contains) == true
    case .tape: return windows.isEmpty
    case .clock, .hourWrap, .milliseconds: return false
    }
  }

  /// Whether a reading that did not win is one that a person should know of.
  private func isRival(_ other: Candidate, of asked: Candidate) -> Bool {
    isCoarse(other) && other.misfits == asked.misfits && other.moments >= Self.fewestMoments
      && reachesOnly(other, asked)
  }

  /// Whether a reading reaches through half of the media or more, and the one asked for through a
  /// twentieth or less.
  private func reachesOnly(_ other: Candidate, _ asked: Candidate) -> Bool {
    !windows.isEmpty && coverage(other) >= 0.5 && coverage(asked) <= 0.05
  }

  private func coverage(_ candidate: Candidate) -> Double {
    let fitting = windows.map { window in
      let reached = min(candidate.last, window.upperBound) - window.lowerBound
      return Double(max(0, reached)) / Double(max(1, window.count))
    }
    return fitting.max() ?? 0
  }

  /// Words in a second of connected speech: from a slow speaker with pauses to the quickest.
  private static let speech = 0.7...6.0
  /// Words in a second below which nearly all is silence.
  private static let silence = 0.1
  /// More words than can be said in a second.
  private static let tooFast = 7.0

  /// Words in a second; `nil` where there is no text or no time between the rows.
  private func pace(_ candidate: Candidate) -> Double? {
    guard texts != nil, candidate.last > candidate.first else { return nil }
    // Six bytes are about a word.
    return Double(textBytes) / 6 * 1000 / Double(candidate.last - candidate.first)
  }

  private func isTooFast(_ candidate: Candidate) -> Bool {
    pace(candidate).map { $0 > Self.tooFast } ?? false
  }

  private func isTooSlow(_ candidate: Candidate) -> Bool {
    pace(candidate).map { $0 < Self.speech.lowerBound } ?? true
  }
}

/// What is known of the media when times are read.
struct TimeFrame {
  /// Where times can lie, in milliseconds: one stretch for each thing they may count from.
  var windows: [Range<Int>]
  /// Whether times may count from something else than the source or the clip.
  var mayShift: Bool

  init(clip: TimeRange?, duration: Timecode?, timebase: Timebase) {
    mayShift = timebase != .source
    guard let clip else {
      windows = duration.map { [0..<max(1, $0.milliseconds)] } ?? []
      return
    }
    let source = clip.start.milliseconds..<max(clip.end.milliseconds, clip.start.milliseconds + 1)
    let own = 0..<max(1, clip.milliseconds)
    windows =
      switch timebase {
      case .source: [source]
      case .clip: [own]
      case .auto: [source, own]
      }
  }
}
