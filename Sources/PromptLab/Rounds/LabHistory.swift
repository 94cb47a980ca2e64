package import OrderedJSON
package import PromptTemplates
package import RunStore
package import TranscriptScoring
internal import TranscriptionRuns

/// How the variants of a lab did from round to round, with what was changed in them.
package struct LabHistory {
  /// A variant in a round.
  package struct Entry {
    package let round: LabRound
    package let report: LabReport
    package let line: LabReport.Line
    /// How its prompt differs from the one that it had before; `nil` when it is the same, or new.
    package let prompt: WordDifference?
    /// The settings that it had before and has now, where they differ.
    package let settings: [(name: String, before: String, after: String)]
    /// How its score differs from the one before, over the clips of both.
    package let change: PairedDifference?

    /// Its prompt and settings in every letter.
    package var variant: LabRound.Variant { round.variants[line.variant] }
  }

  package let metric: LabMetric
  /// The entries, oldest first.
  package let entries: [Entry]

  /// - Parameters:
  ///   - metric: What is followed; `nil` for the newest round's first.
  ///   - variant: The variant that is followed; `nil` for all.
  package init?(_ rounds: [LabRound], metric: LabMetric?, variant: String?) {
    let reports = rounds.map { LabReport($0) }
    guard let metric = metric ?? reports.last?.primary ?? reports.lazy.compactMap(\.primary).first
    else { return nil }
    self.metric = metric
    var before: [String: Entry] = [:]
    var entries: [Entry] = []
    for (round, report) in zip(rounds, reports) {
      let lines = report.lines.sorted { $0.variant < $1.variant }
      for line in lines where variant == nil || line.name == variant {
        let entry = Self.entry(line, round, report, metric, after: before[line.name])
        before[line.name] = entry
        entries.append(entry)
      }
    }
    self.entries = entries
  }

  private static func entry(
    _ line: LabReport.Line,
    _ round: LabRound,
    _ report: LabReport,
    _ metric: LabMetric,
    after earlier: Entry?
  ) -> Entry {
    let variant = round.variants[line.variant]
    var prompt: WordDifference?
    if let old = earlier?.variant, old.prompt != variant.prompt {
      let difference = WordDifference(
        LabPromptText.text(old.prompt),
        LabPromptText.text(variant.prompt)
      )
      if difference.stretches.contains(where: { $0.change != .same }) { prompt = difference }
    }
    let change = earlier.flatMap { old in
      old.line.samples[metric].flatMap { before in
        line.samples[metric].map { PairedDifference(from: before, to: $0) }
      }
    }
    return Entry(
      round: round,
      report: report,
      line: line,
      prompt: prompt,
      settings: earlier.map { differences($0.variant.settings, variant.settings) } ?? [],
      change: change
    )
  }

  private static func differences(
    _ one: JSONValue,
    _ other: JSONValue
  ) -> [(name: String, before: String, after: String)] {
    let (before, after) = (one.object ?? [:], other.object ?? [:])
    let names = before.keys + after.keys.filter { before[$0] == nil }
    return names.filter { before[$0] != after[$0] }.map { name in
      (name, before[name].map(text) ?? "default", after[name].map(text) ?? "default")
    }
  }

  private static func text(_ value: JSONValue) -> String { value.string ?? value.rendered() }

  /// The entry with the best value among those with all their results.
  package var best: Entry? {
    entries.filter { $0.line.results == $0.line.cells && $0.line.values[metric] != nil }
      .reduce(nil as Entry?) { best, entry in
        guard let old = best?.line.values[metric], let new = entry.line.values[metric] else {
          return best ?? entry
        }
        // Of equals the earlier one stays.
        return metric.isBetter(new.value, than: old.value) ? entry : best
      }
  }

  /// The other prompts that cannot be told from an entry by this metric.
  package func equals(of entry: Entry) -> [Entry] {
    guard let sample = entry.line.samples[metric] else { return [] }
    return entries.filter { other in
      guard other.variant != entry.variant, let own = other.line.samples[metric],
        other.line.values[metric] != nil
      else { return false }
      return !PairedDifference(from: sample, to: own).isBeyondNoise
    }
  }
}

/// The text of a prompt that was kept in every letter.
package enum LabPromptText {
  /// The prompt with its partials and schemas behind it, so that a change of any of them shows.
  package static func text(_ snapshot: JSONValue) -> String {
    var text = snapshot["text"]?.string ?? ""
    for (name, partial) in snapshot["partials"]?.object?.members ?? [] {
      text += "\n--- partial \(name)\n" + (partial.string ?? "")
    }
    for (name, schema) in schemas(of: snapshot) {
      text += "\n--- schema \(name)\n" + schema.rendered(.pretty)
    }
    return text
  }

  /// The schemas that it names, and the one that stood in for its own.
  package static func schemas(of snapshot: JSONValue) -> [(name: String, schema: JSONValue)] {
    let named = (snapshot["schemas"]?.object?.members ?? []).map { ($0.key, $0.value) }
    guard let other = snapshot["schema"], let name = other["name"]?.string, let text = other["text"]
    else { return named }
    return named.filter { $0.0 != name } + [(name, text)]
  }
}
