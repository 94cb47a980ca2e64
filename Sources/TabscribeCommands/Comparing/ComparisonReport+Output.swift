internal import HTMLReports
internal import OrderedJSON
internal import PromptLab
internal import PromptTemplates
internal import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

extension ComparisonReport {
  /// Counts, settings, voices and the rows that differ.
  var json: JSONValue {
    let counts = TranscriptComparison.Change.allCases.map { change in
      (PairedRow.word(change), JSONValue(comparison.count(change)))
    }
    var json: JSONObject = [
      "first": .string(first.spelling), "second": .string(second.spelling), "same": .bool(isSame),
      "changes": .object(JSONObject(counts)),
      "settings": .array(settings.map(Self.fact)), "facts": .array(facts.map(Self.fact)),
      "speakers": .array(renamed.map(Self.voice)),
      "rows": .array(comparison.rows.filter { !$0.changes.isEmpty }.map(row)),
    ]
    if let prompt {
      json["prompt"] = .array(
        prompt.stretches.map {
          ["change": .string($0.change.rawValue), "text": .string($0.text)]
        }
      )
    }
    return .object(json)
  }

  private static func fact(_ fact: Fact) -> JSONValue {
    ["name": .string(fact.name), "first": .string(fact.first), "second": .string(fact.second)]
  }

  private static func voice(_ voice: TranscriptComparison.Voice) -> JSONValue {
    [
      "first": voice.firstLabel.map { .string($0) } ?? .null,
      "second": voice.secondLabel.map { .string($0) } ?? .null,
    ]
  }

  private func row(_ row: TranscriptComparison.Row) -> JSONValue {
    let sides = sides(row)
    func side(_ side: PairedRow.Side?) -> JSONValue {
      guard let side else { return .null }
      return [
        "startMS": side.start.map { .init($0.milliseconds) } ?? .null,
        "speaker": .string(side.speaker), "text": .string(side.text),
      ]
    }
    return [
      "changes": .array(PairedRow.words(row.changes).map { .string($0) }),
      "first": side(sides.left), "second": side(sides.right),
    ]
  }

  /// What both transcripts have in a row.
  func sides(_ row: TranscriptComparison.Row) -> (left: PairedRow.Side?, right: PairedRow.Side?) {
    (
      row.first.map { Self.side(first.document.transcript.segments[$0], firstLabels) },
      row.second.map { Self.side(second.document.transcript.segments[$0], secondLabels) }
    )
  }

  private static func side(_ segment: TranscriptSegment, _ labels: [Int: String]) -> PairedRow.Side
  {
    let label = segment.voice.map { labels[$0] ?? Speaker(voice: $0).label }
    return PairedRow.Side(
      start: segment.start,
      speaker: label ?? RowLabel.unknown.text,
      text: segment.text
    )
  }

  /// The page with both beside each other.
  func page(media: String?) -> HTMLComparison {
    let changed = comparison.rows.count { !$0.changes.isEmpty }
    let names = (first.spelling, second.spelling)
    var tables = [
      HTMLComparison.Table(
        title: "Counts and costs",
        columns: ["", names.0, names.1],
        rows: facts.map { [$0.name, $0.first, $0.second] },
        isNumeric: true
      )
    ]
    if !settings.isEmpty {
      tables.append(
        .init(
          title: "Settings that differ",
          columns: ["", names.0, names.1],
          rows: settings.map { [$0.name, $0.first, $0.second] },
          isNumeric: false
        )
      )
    }
    if !renamed.isEmpty {
      tables.append(
        .init(
          title: "Speakers",
          columns: [names.0, names.1],
          rows: renamed.map { [$0.firstLabel ?? "–", $0.secondLabel ?? "–"] },
          isNumeric: false
        )
      )
    }
    return HTMLComparison(
      title: "\(names.0) and \(names.1)",
      summary: isSame
        ? "Both say the same." : "\(changed) of \(comparison.rows.count) rows differ",
      leftTitle: names.0,
      rightTitle: names.1,
      tables: tables,
      rows: comparison.rows.map { row in
        let sides = sides(row)
        return PairedRow.row(
          changes: row.changes,
          left: sides.left,
          right: sides.right,
          marksWords: !row.changes.isDisjoint(with: [.text, .added, .missing])
        )
      },
      source: first.document.source,
      mediaPath: media
    )
  }
}
