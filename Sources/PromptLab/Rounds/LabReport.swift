internal import HostSystem
internal import OrderedJSON
internal import PlainText
package import RunStore
package import TranscriptScoring
internal import TranscriptionRuns

/// What a round of a lab says, with how sure that is.
package struct LabReport {
  /// A variant and what it reached.
  package struct Line {
    /// Its position in the round.
    package let variant: Int
    package let name: String
    /// The cells that have a result.
    package let results: Int
    /// All its cells.
    package let cells: Int
    package let samples: [LabMetric: ClusteredSample]
    /// Values with their 95 % intervals.
    package let values: [LabMetric: Value]
  }

  /// A value with its interval.
  package struct Value {
    package let value: Double
    package let interval: Bootstrap.Interval?
  }

  /// How a variant differs from the one that the others are measured by.
  package struct Difference {
    package let line: Line
    package let metric: LabMetric
    package let paired: PairedDifference
    /// The chance of such a difference, corrected for how many variants are compared (Holm 1979).
    package let p: Double?

    /// Whether it stands out of the noise.
    package var isBeyondNoise: Bool { paired.isBeyondNoise && (p ?? 1) <= 0.05 }
    package var isBetter: Bool { paired.difference.map { metric.isBetter($0, than: 0) } ?? false }
  }

  package let round: LabRound
  /// What was measured, as far as anything could be.
  package let metrics: [LabMetric]
  /// The variants, the best of the first metric first.
  package let lines: [Line]
  /// What the others are measured by: the first variant of the lab.
  package let reference: Line?
  /// The differences from it in the first metric.
  package let differences: [Difference]
  /// The clips of the lab, by video and part.
  package let clipCount: Int
  package let repeats: Int

  package init(_ round: LabRound) {
    self.round = round
    let asked = (round.facts["metrics"]?.array ?? []).compactMap(\.string)
      .compactMap(LabMetric.init(rawValue:))
    let all = round.variants.indices.map { Self.line($0, round, asked) }
    metrics = asked.filter { metric in all.contains { $0.samples[metric]?.value != nil } }
    let first = metrics.first
    lines = all.enumerated().sorted { one, other in
      Self.isBefore(one.element, other.element, first) ?? (one.offset < other.offset)
    }.map(\.element)
    reference = all.first
    clipCount = Set(round.cells.map { [$0.video, $0.clip] }).count
    repeats = round.cells.map(\.repetition).max() ?? 1
    differences = first.map { Self.differences(all, in: $0) } ?? []
  }

  /// What results are ordered by; `nil` when there are none.
  package var primary: LabMetric? { metrics.first }

  /// The cells that have no result.
  package var missing: Int { lines.reduce(0) { $0 + $1.cells - $1.results } }

  private static func line(_ variant: Int, _ round: LabRound, _ metrics: [LabMetric]) -> Line {
    let cells = round.cells.filter { $0.variant == variant }
    var samples: [LabMetric: ClusteredSample] = [:]
    var values: [LabMetric: Value] = [:]
    for metric in metrics {
      var clips: [String: [Measurement]] = [:]
      for cell in cells {
        guard let score = cell.scores[metric.rawValue]?.array, score.count == 2,
          let amount = score[0].double, let weight = score[1].double
        else { continue }
        clips["\(cell.video)\u{0}\(cell.clip)", default: []]
          .append(Measurement(amount, weight: weight))
      }
      let sample = ClusteredSample(clips)
      samples[metric] = sample
      values[metric] = sample.value.map {
        Value(value: $0, interval: Bootstrap().interval(of: sample))
      }
    }
    return Line(
      variant: variant,
      name: round.variants[variant].name,
      results: cells.count { $0.item != nil },
      cells: cells.count,
      samples: samples,
      values: values
    )
  }

  /// Which of two comes first; `nil` when nothing tells.
  private static func isBefore(_ one: Line, _ other: Line, _ metric: LabMetric?) -> Bool? {
    guard let metric else { return nil }
    switch (one.values[metric]?.value, other.values[metric]?.value) {
    case (let one?, let other?): return one == other ? nil : metric.isBetter(one, than: other)
    case (nil, nil): return nil
    case (let value, _): return value != nil
    }
  }

  private static func differences(_ lines: [Line], in metric: LabMetric) -> [Difference] {
    guard let reference = lines.first, let sample = reference.samples[metric] else { return [] }
    let pairs = lines.dropFirst().compactMap { line in
      line.samples[metric].map { (line, PairedDifference(from: sample, to: $0)) }
    }
    let corrected = MultipleTests.holm(pairs.map(\.1.p))
    return zip(pairs, corrected).map { pair, p in
      Difference(line: pair.0, metric: metric, paired: pair.1, p: p)
    }
  }
}

// MARK: In words

extension LabReport {
  /// The size of everything, always said.
  package var size: String {
    let clips = NumberText.counted(clipCount, "clip")
    return "\(clips) x \(NumberText.counted(repeats, "repeat"))"
  }

  /// What may be said about which variant is better: no more than the figures bear.
  package var verdict: [String] {
    guard let primary, let reference else { return ["Nothing could be measured."] }
    var sentences: [String] = []
    for difference in differences where difference.isBeyondNoise {
      let word = difference.isBetter ? "better" : "worse"
      sentences.append(
        "\(difference.line.name) is \(word) than \(reference.name) in \(primary.title): "
          + "\(Self.words(difference))."
      )
    }
    if sentences.isEmpty, !differences.isEmpty {
      sentences.append(
        "No variant differs from \(reference.name) in \(primary.title) beyond the noise (\(size))."
      )
    }
    if clipCount == 1 {
      sentences.append(
        "With one clip, intervals cover its repeats alone and say nothing of other videos."
      )
    } else if clipCount < PairedDifference.leastClips, !differences.isEmpty {
      sentences.append(
        "With \(clipCount) clips no test of theirs can reach 95 %; it takes "
          + "\(PairedDifference.leastClips)."
      )
    }
    if missing > 0 {
      sentences.append("\(missing) of \(round.cells.count) results are missing.")
    }
    return sentences
  }

  /// A difference with how sure it is.
  package static func words(_ difference: Difference) -> String {
    guard let value = difference.paired.difference else { return "nothing to compare" }
    var text = difference.metric.difference(value)
    if let interval = difference.paired.interval {
      text += " (95 %: \(difference.metric.difference(interval.low)) to "
      text += "\(difference.metric.difference(interval.high)))"
    }
    if let p = difference.p { text += ", p \(Self.chance(p))" }
    return text
  }

  /// A chance with two decimals.
  package static func chance(_ p: Double) -> String {
    let hundredths = Int((p * 100).rounded())
    if hundredths == 0 { return "under 0.01" }
    return "\(hundredths / 100).\(String(100 + hundredths % 100).dropFirst())"
  }
}

// MARK: In words

extension LabReport {
  /// The lab's name without its folders.
  package var title: String { round.lab.hasPrefix("/") ? FilePath.name(of: round.lab) : round.lab }

  /// A difference as a row of a table.
  package static func cells(_ difference: Difference) -> [String] {
    [
      difference.line.name,
      difference.paired.difference.map(difference.metric.difference) ?? "–",
      difference.paired.interval.map { interval in
        "\(difference.metric.difference(interval.low)) to "
          + difference.metric.difference(interval.high)
      } ?? "one sample",
      difference.p.map(chance) ?? "–",
      difference.isBeyondNoise ? (difference.isBetter ? "better" : "worse") : "within the noise",
    ]
  }

  /// An interval of a metric.
  package static func interval(_ interval: Bootstrap.Interval, _ metric: LabMetric) -> String {
    "\(metric.text(interval.low)) to \(metric.text(interval.high))"
  }
}
