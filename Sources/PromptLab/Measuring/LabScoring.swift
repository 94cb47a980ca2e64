internal import HTMLReports
package import OrderedJSON
internal import RunStore
internal import TranscriptFormats
package import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptScoring
package import TranscriptionRuns

/// How good the results of a lab's cells are.
package struct LabScoring {
  package let file: LabFile
  package let references: LabReferences

  /// The scores of a result by metric, a numerator and a denominator each.
  ///
  /// - Parameter others: The other repeats of the same.
  package func scores(
    of result: TranscriptOperand,
    _ cell: LabCell,
    among others: [TranscriptDocument]
  ) throws -> JSONObject {
    var scores: JSONObject = [:]
    let measures = try TranscriptMeasures(result)
    let reference = references.record(video: cell.video, clip: cell.clip)
    let sheet = reference.map { reference in
      var settings = file.scoring
      settings.metrics = file.metrics.compactMap(\.scored)
      let record = SpokenRecord(result.document.transcript)
      return ScoreSheet((result.spelling, record), against: ("reference", reference), settings)
    }
    for metric in file.metrics {
      let score =
        metric.scored == nil
        ? Self.score(metric, measures, result.document, others)
        : sheet.flatMap { $0.measured(metric) }
      if let score { scores[metric.rawValue] = [.init(score.amount), .init(score.weight)] }
    }
    return scores
  }

  private static func score(
    _ metric: LabMetric,
    _ measures: TranscriptMeasures,
    _ document: TranscriptDocument,
    _ others: [TranscriptDocument]
  ) -> Measurement? {
    switch metric {
    case .identified:
      return Measurement(Double(measures.namedWords), weight: Double(measures.words))
    case .unknown:
      return Measurement(
        Double(measures.gaps.reduce(0) { $0 + $1.missing }),
        weight: Double(measures.gaps.reduce(0) { $0 + $1.count })
      )
    case .findings:
      return Measurement(Double(measures.findings), weight: hours(measures, document))
    case .captions:
      let problems = ExportedTranscript(document).captionProblems(FormatOptions())
      return Measurement(Double(problems.count), weight: hours(measures, document))
    case .answers:
      return Measurement(Double(document.tables.reduce(0) { $0 + $1.rowCount }))
    case .quotes:
      let matches = document.tables.flatMap(\.quoteMatches)
      guard !matches.isEmpty else { return nil }
      return Measurement(
        Double(matches.count { $0 >= QuoteScore.least }),
        weight: Double(matches.count)
      )
    case .agreement:
      guard !others.isEmpty else { return nil }
      let shares = others.map { agreement(document, $0) }
      return Measurement(shares.reduce(0, +) / Double(shares.count))
    case .tokens: return measures.usage.map { Measurement(Double($0.totalTokens)) }
    case .cost: return measures.cost.flatMap(Double.init).map { Measurement($0) }
    case .latency: return measures.latencyMS.map { Measurement(Double($0)) }
    default: return nil
    }
  }

  /// How long a result is; what a recipe made has no rows that last, its transcript has.
  private static func hours(
    _ measures: TranscriptMeasures,
    _ document: TranscriptDocument
  ) -> Double {
    let length = measures.durationMS > 0 ? measures.durationMS : document.source.durationMS ?? 0
    return Double(length) / 3_600_000
  }

  /// The same of what recipes made: the share of answers, by table and row, that both have.
  private static func agreement(_ one: TranscriptDocument, _ other: TranscriptDocument) -> Double {
    let answers = [one, other].map { $0.tables.flatMap(\.answerPlaces) }
    guard !answers.joined().isEmpty else { return agreement(one.transcript, other.transcript) }
    let both = Set(answers[0]).intersection(answers[1]).count
    return Double(both) / Double(Set(answers.joined()).count)
  }

  /// Of all rows of either, the share that both have with the same words and voice.
  package static func agreement(_ one: Transcript, _ other: Transcript) -> Double {
    let rows = TranscriptComparison(one, other, tolerance: .max).rows
    let same = rows.count { $0.changes.isDisjoint(with: [.text, .speaker, .added, .missing]) }
    return rows.isEmpty ? 1 : Double(same) / Double(rows.count)
  }
}

extension ScoreSheet {
  /// A metric as a numerator and a denominator; `nil` when it could not be taken.
  fileprivate func measured(_ metric: LabMetric) -> Measurement? {
    guard let scored = metric.scored else { return nil }
    switch scored {
    case .der:
      return diarization.map {
        Measurement($0.missed + $0.falseAlarm + $0.confusion, weight: $0.total)
      }
    case .names:
      return names.map {
        Measurement(Double($0.attributedWords), weight: Double($0.namedWords))
      }
    case .timing: return timing.map { Measurement($0.median) }
    default:
      return (counts[scored] ?? speakers[scored]?.counts).map {
        Measurement(Double($0.errors), weight: Double($0.referenceCount))
      }
    }
  }
}

extension Table {
  /// How well copied words agree with the transcript, `0...1` each.
  fileprivate var quoteMatches: [Double] {
    guard let column = columns.firstIndex(where: { $0.name == "match" }), self.column(.quote) != nil
    else { return [] }
    return (0..<rowCount).compactMap { row in
      if case .number(let text) = self[row, column] { Double(text) } else { nil }
    }
  }

  /// What answers are about: the table and the row of each; none where they are tied to no rows.
  fileprivate var answerPlaces: [String] {
    guard let column = self.column(.row), self.column(.start) != nil,
      self.column(.voice) == nil
    else { return [] }
    return (0..<rowCount).map { "\(name) \(self[$0, column].rendered)" }
  }
}
