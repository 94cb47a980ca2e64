internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RunStore
internal import TranscriptScoring
internal import TranscriptionRuns

extension LabReport {
  /// Prints it: a table, the differences, and what may be concluded; with `--json` as one object.
  func show(_ context: CommandContext) {
    guard !context.isJSON else { return context.print(json: json) }
    context.print(
      context.style.bold("\(SafeText.line(title)), round \(round.id)") + " (\(size))"
    )
    context.print("")
    context.print(leaderboard)
    if !differences.isEmpty, let reference, let primary {
      var table = TextTable([
        .words("\(primary.title) against \(reference.name)", mayShrink: true),
        .numbers("difference"), .words("95 % interval"), .numbers("p"), .words(""),
      ])
      for difference in differences { table.add(Self.cells(difference)) }
      context.print("")
      context.print(table)
    }
    context.print("")
    for sentence in verdict { context.print(SafeText.line(sentence)) }
  }

  private var leaderboard: TextTable {
    var table = TextTable(
      [.words("Variant", mayShrink: true)]
        + metrics.flatMap { metric -> [TextTable.Column] in
          let value = TextTable.Column.numbers(metric.title)
          return metric == primary ? [value, .words("95 % interval")] : [value]
        }
    )
    for line in lines {
      table.add(
        [line.name]
          + metrics.flatMap { metric -> [String] in
            let value = line.values[metric]
            let text = value.map { metric.text($0.value) } ?? "–"
            guard metric == primary else { return [text] }
            return [text, value?.interval.map { Self.interval($0, metric) } ?? "one sample"]
          }
      )
    }
    return table
  }

  /// The report for machines.
  var json: JSONValue {
    var object: JSONObject = [
      "lab": .string(round.lab), "round": .init(Int(round.id)), "clips": .init(clipCount),
      "repeats": .init(repeats), "missing": .init(missing),
      "metrics": .array(metrics.map { .string($0.rawValue) }),
      "normaliser": round.facts["normaliser"] ?? .null,
      "variants": .array(lines.map(Self.json)),
    ]
    object["reference"] = reference.map { .string($0.name) }
    object["differences"] = .array(differences.map(Self.json))
    object["verdict"] = .array(verdict.map { .string($0) })
    object["results"] = .array(round.cells.map(json))
    return .object(object)
  }

  private static func json(_ line: Line) -> JSONValue {
    let values = LabMetric.allCases.compactMap { metric in
      line.values[metric].map { value -> (String, JSONValue) in
        var object: JSONObject = ["value": .init(value.value)]
        if let interval = value.interval {
          object["low"] = .init(interval.low)
          object["high"] = .init(interval.high)
        }
        let sample = line.samples[metric]
        object["clips"] = .init(sample?.names.count ?? 0)
        object["measurements"] = .init(sample?.count ?? 0)
        return (metric.rawValue, .object(object))
      }
    }
    return [
      "name": .string(line.name), "results": .init(line.results), "of": .init(line.cells),
      "metrics": .object(JSONObject(values)),
    ]
  }

  private static func json(_ difference: Difference) -> JSONValue {
    var object: JSONObject = [
      "variant": .string(difference.line.name), "metric": .string(difference.metric.rawValue),
      "clips": .init(difference.paired.clipCount),
      "beyondNoise": .bool(difference.isBeyondNoise), "better": .bool(difference.isBetter),
    ]
    object["difference"] = difference.paired.difference.map { .init($0) }
    object["low"] = difference.paired.interval.map { .init($0.low) }
    object["high"] = difference.paired.interval.map { .init($0.high) }
    object["p"] = difference.p.map { .init($0) }
    return .object(object)
  }

  private func json(_ cell: LabRound.Cell) -> JSONValue {
    var object: JSONObject = [
      "variant": .string(round.variants[cell.variant].name), "video": .string(cell.video),
      "clip": .string(cell.clip), "repetition": .init(cell.repetition),
      "hasResult": .bool(cell.item != nil),
    ]
    for (name, score) in cell.scores.object?.members ?? [] {
      guard let amount = score[0]?.double, let weight = score[1]?.double else { continue }
      object[name] = weight > 0 ? .init(amount / weight) : .null
    }
    return .object(object)
  }
}
