internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel
internal import TranscriptScoring

/// How good the results of a lab's cells are.
struct LabScoring {
  let file: LabFile
  let context: CommandContext
  /// The references by video, read once.
  private let references: [SpokenRecord?]

  /// - Throws: `CommandError` when a reference cannot be read.
  init(_ file: LabFile, _ context: CommandContext) throws {
    self.file = file
    self.context = context
    references = try file.videos.map { video in
      try video.reference.map { try Self.reference($0, of: video, context) }
    }
  }

  private static func reference(
    _ text: String,
    of video: LabFile.Video,
    _ context: CommandContext
  ) throws -> SpokenRecord {
    let found = try SpokenOperand.all(text, context)
    guard found.count == 1 else {
      throw CommandError.usage(
        "The reference \(SafeText.quoted(text)) of \(SafeText.quoted(video.name)) has "
          + "\(found.count) transcripts.",
        remedy: "Name one of them, such as \(text).1."
      )
    }
    return found[0].record
  }

  /// The part of a video's reference that a clip has; `nil` where there is none, or its rows have no
  /// times to cut it by.
  func reference(of cell: LabCell) -> SpokenRecord? {
    guard var record = references[cell.video] else { return nil }
    guard let clip = cell.clip else { return record }
    guard record.utterances.allSatisfy({ $0.start != nil }) else { return nil }
    let (start, end) = (
      Double(clip.start.milliseconds) / 1000, Double(clip.end.milliseconds) / 1000
    )
    record.utterances.removeAll { utterance in
      let begins = utterance.start ?? 0
      return begins < start || begins >= end
    }
    return record
  }

  /// What keeps references from being used, a sentence each.
  var notes: [String] {
    zip(file.videos, references).compactMap { video, record in
      guard let record, !video.clips.isEmpty, record.utterances.contains(where: { $0.start == nil })
      else { return nil }
      return
        "The reference of \(SafeText.quoted(video.name)) has no times, so that clips of it are "
        + "not scored against it."
    }
  }

  /// The scores of a result by metric, a numerator and a denominator each.
  ///
  /// - Parameter others: The other repeats of the same.
  func scores(
    of result: TranscriptOperand,
    _ cell: LabCell,
    among others: [TranscriptDocument]
  ) throws -> JSONObject {
    var scores: JSONObject = [:]
    let measures = try TranscriptMeasures(result)
    let sheet = reference(of: cell).map { reference in
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
      return Measurement(
        Double(measures.findings),
        weight: Double(measures.durationMS) / 3_600_000
      )
    case .agreement:
      guard !others.isEmpty else { return nil }
      let shares = others.map { agreement(document.transcript, $0.transcript) }
      return Measurement(shares.reduce(0, +) / Double(shares.count))
    case .tokens: return measures.usage.map { Measurement(Double($0.totalTokens)) }
    case .cost: return measures.cost.flatMap(Double.init).map { Measurement($0) }
    case .latency: return measures.latencyMS.map { Measurement(Double($0)) }
    default: return nil
    }
  }

  /// Of all rows of either, the share that both have with the same words and voice.
  static func agreement(_ one: Transcript, _ other: Transcript) -> Double {
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
