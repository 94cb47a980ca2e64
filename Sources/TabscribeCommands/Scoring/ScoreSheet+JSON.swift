internal import OrderedJSON
internal import PromptLab
internal import TranscriptScoring

extension ScoreSheet {
  /// The scores by metric; those that could not be taken are named in the notes.
  var json: JSONObject {
    var json: JSONObject = [
      "hypothesis": .string(hypothesisName), "reference": .string(referenceName),
      "normaliser": .string(settings.normaliser.name),
    ]
    if let counts = counts[.wer] {
      var wer = Self.errors(counts)
      wer["matchErrorRate"] = .init(counts.matchErrorRate)
      wer["informationLost"] = .init(counts.informationLost)
      json["wer"] = .object(wer)
    }
    if let counts = counts[.cer] { json["cer"] = .object(Self.errors(counts)) }
    for metric in [ScoreMetric.cpwer, .tcpwer] {
      guard let result = speakers[metric] else { continue }
      var errors = Self.errors(result.counts)
      errors["missedSpeakers"] = .init(result.missedSpeakers)
      errors["surplusSpeakers"] = .init(result.surplusSpeakers)
      if metric == .tcpwer { errors["collar"] = .init(settings.wordCollar) }
      errors["speakers"] = .array(result.pairs.map(Self.pair))
      json[metric.rawValue] = .object(errors)
    }
    if let counts = counts[.orcwer] { json["orcwer"] = .object(Self.errors(counts)) }
    json["der"] = diarization.map(der)
    json["names"] = names.map(Self.names)
    json["timing"] = timing.map(Self.timing)
    if !minutes.isEmpty {
      json["minutes"] = .array(
        minutes.map { entry in
          var errors: JSONObject = ["minute": .init(entry.minute)]
          for (key, value) in Self.errors(entry.counts).members { errors[key] = value }
          return .object(errors)
        }
      )
    }
    json["notes"] = .array(notes.map { .string($0) })
    return json
  }

  private static func errors(_ counts: ErrorCounts) -> JSONObject {
    [
      "rate": .init(counts.rate), "hits": .init(counts.hits),
      "substitutions": .init(counts.substitutions), "deletions": .init(counts.deletions),
      "insertions": .init(counts.insertions),
    ]
  }

  private static func pair(_ pair: SpeakerErrors.Pair) -> JSONValue {
    var json: JSONObject = [
      "reference": pair.reference.map { .string($0) } ?? .null,
      "hypothesis": pair.hypothesis.map { .string($0) } ?? .null,
    ]
    for (key, value) in errors(pair.counts).members { json[key] = value }
    return .object(json)
  }

  private func der(_ result: DiarizationErrors) -> JSONValue {
    [
      "rate": .init(result.rate), "missed": .init(result.missed),
      "falseAlarm": .init(result.falseAlarm), "confusion": .init(result.confusion),
      "correct": .init(result.correct), "total": .init(result.total),
      "jaccardErrorRate": .init(result.jaccardErrorRate),
      "purity": .init(DiarizationErrors.purity(reference.turns, hypothesis.turns)),
      "coverage": .init(DiarizationErrors.coverage(reference.turns, hypothesis.turns)),
      "collar": .init(settings.collar), "skipOverlap": .bool(settings.skipsOverlap),
    ]
  }

  private static func names(_ names: NameErrors) -> JSONValue {
    let texts: ([String]) -> JSONValue = { .array($0.map { .string($0) }) }
    return [
      "found": texts(names.found), "missed": texts(names.missed), "wrong": texts(names.wrong),
      "namedWords": .init(names.namedWords), "attributedWords": .init(names.attributedWords),
      "attributedShare": .init(names.attributedShare),
    ]
  }

  private static func timing(_ timing: TimingErrors) -> JSONValue {
    [
      "rows": .init(timing.count), "median": .init(timing.median),
      "percentile95": .init(timing.percentile95), "offset": .init(timing.offset),
      "slope": .init(timing.slope),
    ]
  }
}
