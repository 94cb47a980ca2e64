internal import CommandLineInterface
internal import PlainText
internal import PromptLab
internal import TranscriptScoring

/// Scores as tables for a person.
struct ScoreListing {
  let sheet: ScoreSheet
  let context: CommandContext

  func show() {
    let names = (sheet.hypothesisName, sheet.referenceName)
    context.print(context.style.bold("\(SafeText.line(names.0)) against \(SafeText.line(names.1))"))
    context.print(
      "Words (--normaliser \(sheet.settings.normaliser.name)) are \(sheet.settings.normaliser.summary)."
    )
    context.print("")
    var table = TextTable([.words("Metric"), .numbers("Score"), .words("Of what", mayShrink: true)])
    for row in Self.metrics(of: sheet) { table.add(row.map { SafeText.line($0) }) }
    context.print(table)
    showSpeakers()
    showMinutes()
    for note in sheet.notes { context.print("Note: \(SettingWords.flags(in: note)).") }
    context.print("")
  }

  /// Each metric with its score and what it is made of.
  static func metrics(of sheet: ScoreSheet) -> [[String]] {
    sheet.settings.metrics.flatMap { metric -> [[String]] in
      switch metric {
      case .der: return diarization(sheet)
      case .names: return sheet.names.map { [names($0)] } ?? []
      case .timing: return sheet.timing.map { [timing($0)] } ?? []
      default:
        guard let counts = sheet.counts[metric] ?? sheet.speakers[metric]?.counts else { return [] }
        return [[metric.rawValue, ScoreText.percent(counts.rate), parts(counts)]]
      }
    }
  }

  private static func parts(_ counts: ErrorCounts) -> String {
    "\(NumberText.grouped(counts.hits)) right, \(NumberText.grouped(counts.substitutions)) other, "
      + "\(NumberText.grouped(counts.deletions)) missing, "
      + "\(NumberText.grouped(counts.insertions)) added"
  }

  private static func diarization(_ sheet: ScoreSheet) -> [[String]] {
    guard let result = sheet.diarization else { return [] }
    let parts = [
      ("missed", result.missed), ("false alarm", result.falseAlarm),
      ("other speaker", result.confusion), ("speech", result.total),
    ]
    let text = parts.map { "\($0) \(ScoreText.seconds($1))" }.joined(separator: ", ")
    let (reference, hypothesis) = (sheet.reference.turns, sheet.hypothesis.turns)
    let purity = DiarizationErrors.purity(reference, hypothesis)
    let coverage = DiarizationErrors.coverage(reference, hypothesis)
    return [
      ["der", ScoreText.percent(result.rate), text],
      ["jer", ScoreText.percent(result.jaccardErrorRate), "mean over speakers"],
      ["purity", ScoreText.percent(purity), "time of voices that is one person's"],
      ["coverage", ScoreText.percent(coverage), "time of people that is one voice's"],
    ]
  }

  private static func names(_ names: NameErrors) -> [String] {
    var text = "words under the right name; "
    text += "\(names.found.count) of \(names.found.count + names.missed.count) names found"
    let lists = [("missed", names.missed), ("wrong", names.wrong)]
    for (title, list) in lists where !list.isEmpty {
      text += "; \(title): " + list.joined(separator: ", ")
    }
    return ["names", ScoreText.percent(names.attributedShare), text]
  }

  private static func timing(_ timing: TimingErrors) -> [String] {
    let parts = [
      "median of \(NumberText.grouped(timing.count)) rows",
      "95 % within \(ScoreText.seconds(timing.percentile95))",
      "offset \(ScoreText.seconds(timing.offset))",
      "drift \(ScoreText.seconds(timing.slope * 3600)) an hour",
    ]
    return ["timing", ScoreText.seconds(timing.median), parts.joined(separator: ", ")]
  }

  private func showSpeakers() {
    guard let result = sheet.speakers[.cpwer] ?? sheet.speakers[.tcpwer] else { return }
    var table = TextTable([
      .words("Speaker"), .words("Taken for", mayShrink: true), .numbers("Words"),
      .numbers("Errors"),
      .numbers("Rate"),
    ])
    for pair in result.pairs {
      table.add([
        SafeText.line(pair.reference ?? "nobody"), SafeText.line(pair.hypothesis ?? "nobody"),
        NumberText.grouped(pair.counts.referenceCount), NumberText.grouped(pair.counts.errors),
        pair.reference == nil ? "" : ScoreText.percent(pair.counts.rate),
      ])
    }
    context.print("")
    context.print(table)
  }

  /// The minutes that are worst; all are in the JSON and on the page.
  private func showMinutes() {
    guard sheet.minutes.count > 1 else { return }
    let worst = sheet.minutes.filter { $0.counts.errors > 0 }
      .sorted { ($1.counts.errors, $0.minute) < ($0.counts.errors, $1.minute) }.prefix(5)
    guard !worst.isEmpty else { return }
    var table = TextTable([
      .words("Worst minutes"), .numbers("Words"), .numbers("Errors"), .numbers("Rate"),
    ])
    for entry in worst {
      table.add([
        ScoreText.minute(entry.minute), NumberText.grouped(entry.counts.referenceCount),
        NumberText.grouped(entry.counts.errors), ScoreText.percent(entry.counts.rate),
      ])
    }
    context.print("")
    context.print(table)
  }
}
