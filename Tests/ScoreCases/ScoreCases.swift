import OrderedJSON
import TranscriptScoring

/// Scores cases from standard input, one JSON object a line, and prints one object a line: what the
/// comparison with other tools runs.
@main
struct ScoreCases {
  static func main() throws {
    while let line = readLine() {
      let json = try JSONValue(parsing: Array(line.utf8))
      print(try score(json).rendered())
    }
  }

  private static func score(_ json: JSONValue) throws -> JSONValue {
    switch json["metric"]?.string {
    case "words":
      let alignment = WordAlignment(json.text("reference"), json.text("hypothesis"))
      return errors(alignment.counts)
    case "characters":
      return errors(WordAlignment.characters(json.text("reference"), json.text("hypothesis")))
    case "normalised":
      let normaliser = TextNormaliser.all.first { $0.name == json.text("normaliser") } ?? .none
      return .string(normaliser.words(of: json.text("reference")).joined(separator: " "))
    case "cpwer":
      return errors(SpeakerErrors.concatenated(json.spoken("reference"), json.spoken("hypothesis")))
    case "tcpwer":
      return errors(
        try SpeakerErrors.timeConstrained(
          json.spoken("reference"),
          json.spoken("hypothesis"),
          collar: json.number("collar")
        )
      )
    case "orcwer":
      let result = try CombinationErrors(json.spoken("reference"), json.spoken("hypothesis"))
      return [
        "counts": errors(result.counts),
        "assignment": .array(result.assignment.map { .string($0) }),
      ]
    default: return diarization(json)
    }
  }

  private static func errors(_ counts: ErrorCounts) -> JSONValue {
    [
      "hits": .init(counts.hits), "substitutions": .init(counts.substitutions),
      "deletions": .init(counts.deletions), "insertions": .init(counts.insertions),
      "wer": .init(counts.rate), "mer": .init(counts.matchErrorRate),
      "wil": .init(counts.informationLost),
    ]
  }

  private static func errors(_ result: SpeakerErrors) -> JSONValue {
    let pairs = result.pairs.map { pair -> JSONValue in
      [
        pair.reference.map { .string($0) } ?? .null,
        pair.hypothesis.map { .string($0) } ?? .null,
      ]
    }
    return ["counts": errors(result.counts), "assignment": .array(pairs)]
  }

  private static func diarization(_ json: JSONValue) -> JSONValue {
    let (reference, hypothesis) = (json.turns("reference"), json.turns("hypothesis"))
    let result = DiarizationErrors(
      reference,
      hypothesis,
      scored: json["scored"].map { $0.ranges },
      collar: json.number("collar"),
      skipsOverlap: json["skipOverlap"]?.bool ?? false
    )
    return [
      "total": .init(result.total), "correct": .init(result.correct),
      "missed": .init(result.missed), "falseAlarm": .init(result.falseAlarm),
      "confusion": .init(result.confusion), "der": .init(result.rate),
      "jer": .init(result.jaccardErrorRate),
      "purity": .init(DiarizationErrors.purity(reference, hypothesis)),
      "coverage": .init(DiarizationErrors.coverage(reference, hypothesis)),
    ]
  }
}

extension JSONValue {
  fileprivate func text(_ name: String) -> String { self[name]?.string ?? "" }

  fileprivate func number(_ name: String) -> Double { self[name]?.double ?? 0 }

  fileprivate func spoken(_ name: String) -> [Utterance] {
    (self[name]?.array ?? []).map { entry in
      Utterance(
        start: entry["start"]?.double,
        end: entry["end"]?.double,
        speaker: entry.text("speaker"),
        text: entry.text("words")
      )
    }
  }

  fileprivate func turns(_ name: String) -> [Turn] {
    (self[name]?.array ?? []).map { entry in
      Turn(start: entry.number("start"), end: entry.number("end"), speaker: entry.text("speaker"))
    }
  }

  fileprivate var ranges: [ClosedRange<Double>] {
    (array ?? []).map { pair in
      let ends = (pair.array ?? []).map { $0.double ?? 0 }
      return ends[0]...ends[1]
    }
  }
}
