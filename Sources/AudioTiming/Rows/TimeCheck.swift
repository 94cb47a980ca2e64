public import TranscriptModel

/// The stated times of rows, held against the sound.
public struct TimeCheck: Sendable {
  /// Speech that no row covers.
  public struct Stretch: Hashable, Sendable {
    /// Where it is.
    public let range: TimeRange
    /// The milliseconds of speech in it.
    public let speechMS: Int
    /// The row before it, by the order of rows; `nil` for the beginning.
    public let after: Int?
  }

  /// How stated times follow the sound.
  public let line: TimeLine
  /// Whether the times are off by more than a second somewhere, or run away from the sound.
  public let isOff: Bool
  /// When each row begins by the sound, in milliseconds.
  public let startsMS: [Int]
  /// The rows where nobody speaks, not near either.
  public let silentRows: [Int]
  /// The stretches that nobody transcribed.
  public let untranscribed: [Stretch]
  /// The milliseconds of speech in all.
  public let speechMS: Int

  /// How much speech that is left over counts as missed, and tells of three seconds that nobody transcribed: from
  /// its first sound to its last and in speech, both in seconds.
  private struct Least {
    let length: Double
    let speech: Double
    /// Where the row before ends is stated: the sound of what is missing is nearly whole.
    static let behindEnd = Least(length: 2.7, speech: 2.0)
    /// Where only its words tell how long it takes: they may have taken a part of it along.
    ///
    /// Chosen with ``slack`` and the shares on eight hours of recorded phrases under noise, of which 95 % of those
    /// longer than three seconds are found then; of six other hours 93 %.
    static let behindWords = Least(length: 2.0, speech: 1.7)
  }
  /// How much speech such a stretch must hold as a share of it, and as a share of what the row before takes: how long
  /// that is is known the less the longer it is.
  private static let (leastShare, leastShareOfRow) = (0.3, 0.2)
  /// How much longer than usual here words may take.
  private static let slack = 1.1
  /// How many rows on either side tell how fast words are said here: languages and people differ by a third.
  private static let paceRows = 12
  /// The slopes that are tried; what lies between is found from the nearest.
  private static let slopes = [0, -0.1, -0.05, 0.05, 0.1]
  /// How much better a row must lie on speech, on average, before stated times are not believed.
  private static let leastGain: Float = 0.15
  /// And how much better all rows together, so that a few of them do not prove it by chance.
  private static let leastGainOfAll: Float = 3

  /// Holds rows against the sound.
  ///
  /// - Parameters:
  ///   - rows: The rows in the order of their times.
  ///   - activity: Where somebody speaks.
  ///   - stretch: What was to be transcribed; `nil` for everything. Speech elsewhere is not missed.
  public init(_ rows: [SpokenRow], in activity: SpeechActivity, of stretch: TimeRange? = nil) {
    let stated = rows.map { Double($0.startMS) / 1000 }
    let length = Double(activity.durationMS) / 1000
    let tracker = OffsetTracker(
      activity,
      rows,
      reachSeconds: max(60, min(600, 0.2 * max(length, stated.last ?? 0)))
    )
    let (track, slope) = Self.track(tracker, stated)
    let (begin, end) = Self.bounds(stretch, length)
    speechMS = Int(activity.speech(begin, end) * 1000)
    let gain = track.score - tracker.statedScore
    // Of a recording that is cut off, most of what is said is not heard: then nothing follows from the rest.
    let said = rows.reduce(0) { $0 + $1.seconds }
    let isBetter =
      gain > Self.leastGainOfAll && gain > Self.leastGain * Float(rows.count)
      && activity.speech(0, length) > said / 2
    let found = isBetter ? track.starts : stated
    let line = TimeLine(stated: stated, found: found, slope: isBetter ? slope : 0)
    self.line = line
    let places = stated.indices.map { row in
      let place = line.place(stated[row], row: row)
      return abs(found[row] - place) < 1.5 ? found[row] : place
    }
    startsMS = places.map { Int(max(0, $0) * 1000) }
    isOff = stated.indices.contains { abs(line.place(stated[$0], row: $0) - stated[$0]) > 1 }
    silentRows = rows.indices.filter { row in
      rows[row].isSpoken && Self.isSilent(places[row], rows[row].seconds, activity)
    }
    untranscribed = Self.missed(rows, places, activity, within: stretch)
  }

  private static func track(
    _ tracker: OffsetTracker,
    _ stated: [Double]
  ) -> (OffsetTracker.Track, Double) {
    let isLong = (stated.last ?? 0) - (stated.first ?? 0) > 120 && stated.count >= 16
    var best: (track: OffsetTracker.Track, slope: Double) = (tracker.track(slope: 0), 0)
    guard isLong else { return best }
    for slope in slopes.dropFirst() {
      let track = tracker.track(slope: slope)
      if track.score > best.track.score { best = (track, slope) }
    }
    for _ in 0..<2 {
      let slope = TimeLine.roughSlope(stated: stated, found: best.track.starts)
      guard abs(slope) < 0.3 else { break }
      let track = tracker.track(slope: slope)
      if track.score < best.track.score { break }
      best = (track, slope)
    }
    return best
  }

  /// Whether there is less than a fifth of a second of speech within a second of the row.
  private static func isSilent(
    _ start: Double,
    _ seconds: Double,
    _ activity: SpeechActivity
  ) -> Bool {
    let (begin, end) = (start - 1, start + min(seconds, 10) + 1)
    guard begin >= 0 || end > 0 else { return false }
    return activity.speech(max(0, begin), end) < 0.1 * (end - begin)
  }

  /// Speech between the beginnings of two rows that is more than the words of the first take.
  private static func missed(
    _ rows: [SpokenRow],
    _ places: [Double],
    _ activity: SpeechActivity,
    within stretch: TimeRange?
  ) -> [Stretch] {
    let (begin, length) = bounds(stretch, Double(activity.durationMS) / 1000)
    let order = places.indices.sorted { places[$0] < places[$1] }
    let paces = paces(rows, places, order, activity)
    var missed: [Stretch] = []
    var reached = begin
    var last: Int?
    var words = 0.0
    func note(until end: Double) {
      guard reached < end, let extent = activity.extent(reached, end) else { return }
      let (length, speech) = (extent.end - extent.start, activity.speech(extent.start, extent.end))
      let least = words > 0 ? Least.behindWords : .behindEnd
      guard length >= least.length,
        speech >= max(least.speech, leastShare * length, leastShareOfRow * words)
      else { return }
      let range = TimeRange(
        start: Timecode(milliseconds: Int(extent.start * 1000)),
        end: Timecode(milliseconds: Int(extent.end * 1000))
      )
      missed.append(Stretch(range: range, speechMS: Int(speech * 1000), after: last))
    }
    for (row, pace) in zip(order, paces) {
      note(until: min(length, places[row]))
      let stated = rows[row].endMS.map { places[row] + Double($0 - rows[row].startMS) / 1000 }
      let own = stated == nil ? rows[row].seconds * pace * slack : 0
      let end = stated ?? spoken(places[row], own, activity)
      if end > reached { (last, words) = (row, own) }
      reached = max(reached, end)
    }
    note(until: length)
    return missed
  }

  /// The seconds at which a stretch begins and ends.
  private static func bounds(_ stretch: TimeRange?, _ length: Double) -> (Double, Double) {
    guard let stretch else { return (0, length) }
    return (
      Double(stretch.start.milliseconds) / 1000,
      min(length, Double(stretch.end.milliseconds) / 1000)
    )
  }

  /// How long words take around each row of the order, compared with the usual pace: a half to double.
  private static func paces(
    _ rows: [SpokenRow],
    _ places: [Double],
    _ order: [Int],
    _ activity: SpeechActivity
  ) -> [Double] {
    let ratios = zip(order, order.dropFirst()).map { row, next -> Double? in
      let speech = activity.speech(places[row], places[next])
      return speech > 0.3 && rows[row].seconds > 1 ? speech / rows[row].seconds : nil
    }
    return order.indices.map { place in
      let around = max(0, place - paceRows)..<min(ratios.count, place + paceRows + 1)
      let near = around.isEmpty ? [] : ratios[around].compactMap(\.self)
      return near.count < 5 ? 1 : max(0.5, min(2, TimeLine.median(near[...])))
    }
  }

  /// The moment at which so many seconds of speech have passed, no later than three times as many after it.
  private static func spoken(
    _ start: Double,
    _ seconds: Double,
    _ activity: SpeechActivity
  ) -> Double {
    var end = start + seconds
    let limit = start + 3 * seconds + 1
    while end < limit, activity.speech(start, end) < seconds { end += 0.1 }
    return min(end, limit)
  }
}
