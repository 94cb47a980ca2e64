internal import OrderedJSON
internal import RunStore
package import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// How variants did each row of one clip, and where they part.
package struct LabMoments {
  /// How one variant did one row.
  package struct Mark {
    /// How far it is off, the mean of its repeats, `0...1`.
    package let error: Double
    /// The share of repeats that say the most common thing; `nil` with one repeat.
    package let stability: Double?
    /// What the repeat that is furthest off has for the row.
    package let worst: Reading?
    /// Which repeat that is, from 1.
    package let worstRepeat: Int
  }

  /// A row as a result has it.
  package struct Reading {
    package let segment: TranscriptSegment
    package let speaker: String
    package let isOtherSpeaker: Bool
    package let isMoved: Bool
  }

  /// A row that is worth a look.
  package struct Moment {
    package let row: Int
    /// What is said of variants here: `best` or `worst`, by position.
    package var marks: [Int: String]
  }

  /// Starts further apart than this are another moment, in milliseconds; models round to seconds, and
  /// a reader finds the words within a second more.
  private static let tolerance = 2000
  /// Moments shown of a clip, so that the page is read to its end.
  private static let mostMoments = 12
  /// The best and the worst moments of each variant.
  private static let momentsEach = 2
  /// A row that differs from the other variants by less than this is alike in all of them.
  private static let leastSpread = 0.05

  /// What rows are held against.
  package let axis: Transcript
  /// The speakers of the axis by row.
  package let speakers: [String]
  /// The rows of each variant; empty for a variant without a result.
  package let marks: [[Mark]]
  /// The moments, in order of time.
  package let moments: [Moment]

  /// - Parameters:
  ///   - axis: The reference, or a result in its place.
  ///   - results: The results of each variant.
  package init(axis: Transcript, results: [[Transcript]]) {
    self.axis = axis
    speakers = axis.rowLabels().map(\.text)
    marks = results.map { Self.marks(of: $0, against: axis) }
    moments = Self.moments(marks, rows: axis.segments.count)
  }

  private static func marks(of repeats: [Transcript], against axis: Transcript) -> [Mark] {
    guard !repeats.isEmpty else { return [] }
    let readings = repeats.map { Self.readings(of: $0, against: axis) }
    return axis.segments.indices.map { row in
      let all = readings.map { $0[row] }
      let errors = all.map { error(of: $0, against: axis.segments[row].text) }
      var counts: [String: Int] = [:]
      for reading in all {
        counts[reading.map { "\($0.speaker)\u{0}\($0.segment.text)" } ?? "", default: 0] += 1
      }
      let most = counts.values.max() ?? 0
      let worst = errors.firstIndex(of: errors.max() ?? 0) ?? 0
      return Mark(
        error: errors.reduce(0, +) / Double(errors.count),
        stability: all.count > 1 ? Double(most) / Double(all.count) : nil,
        worst: all[worst],
        worstRepeat: worst + 1
      )
    }
  }

  /// What a result has for each row of the axis.
  private static func readings(of result: Transcript, against axis: Transcript) -> [Reading?] {
    var readings = [Reading?](repeating: nil, count: axis.segments.count)
    let (names, labels) = (axis.rowLabels(), result.rowLabels())
    for row in TranscriptComparison(axis, result, tolerance: tolerance).rows {
      guard let place = row.first, let other = row.second else { continue }
      // Where the axis has a name, the name counts, however it is written; else the voice.
      let name = PersonName(names[place].text)
      readings[place] = Reading(
        segment: result.segments[other],
        speaker: labels[other].text,
        isOtherSpeaker: name == nil
          ? row.changes.contains(.speaker) : PersonName(labels[other].text) != name,
        isMoved: row.changes.contains(.time)
      )
    }
    return readings
  }

  /// How far a row is off, `0...1`: a missing one all the way, a wrong speaker half of it, another
  /// moment a quarter, each wrong word its share.
  ///
  /// The weights only order rows for the eye; no score is made of them.
  private static func error(of reading: Reading?, against text: String) -> Double {
    guard let reading else { return 1 }
    let normaliser = TextNormaliser.words
    let counts =
      WordAlignment(
        reference: normaliser.words(of: text),
        hypothesis: normaliser.words(of: reading.segment.text)
      ).counts
    let words = min(1, counts.rate)
    return min(1, words + (reading.isOtherSpeaker ? 0.5 : 0) + (reading.isMoved ? 0.25 : 0))
  }

  private static func moments(_ marks: [[Mark]], rows: Int) -> [Moment] {
    let known = marks.indices.filter { !marks[$0].isEmpty }
    guard !known.isEmpty else { return [] }
    var found: [Int: [Int: String]] = [:]
    for variant in known {
      let gains = (0..<rows).map { row -> (row: Int, gain: Double) in
        let others = known.filter { $0 != variant }.map { marks[$0][row].error }
        // A variant on its own is held against being right.
        let usual = others.isEmpty ? 0 : others.reduce(0, +) / Double(others.count)
        return (row, usual - marks[variant][row].error)
      }
      let ordered = gains.sorted { ($0.gain, $0.row) < ($1.gain, $1.row) }
      for (row, gain) in ordered.prefix(momentsEach) where gain < -leastSpread {
        found[row, default: [:]][variant] = "worst"
      }
      for (row, gain) in ordered.suffix(momentsEach) where gain > leastSpread {
        found[row, default: [:]][variant] = "best"
      }
    }
    let spread = { (row: Int) in
      let errors = known.map { marks[$0][row].error }
      return (errors.max() ?? 0) - (errors.min() ?? 0)
    }
    return found.map { Moment(row: $0.key, marks: $0.value) }
      .sorted { (spread($1.row), $0.row) < (spread($0.row), $1.row) }
      .prefix(mostMoments).sorted { $0.row < $1.row }
  }
}
