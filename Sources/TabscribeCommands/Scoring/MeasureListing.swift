internal import CommandLineInterface
internal import PlainText
internal import PromptLab
internal import TranscriptModel
internal import TranscriptScoring

/// Measures of transcripts beside each other, for a person.
struct MeasureListing {
  let measures: [TranscriptMeasures]
  let agreements: [RepeatAgreement]
  let context: CommandContext

  func show() {
    var table = TextTable(
      [.words("Without a reference")] + measures.map { .numbers(SafeText.line($0.name)) }
    )
    func add(_ title: String, _ value: (TranscriptMeasures) -> String) {
      table.add([title] + measures.map(value))
    }
    add("Rows") { NumberText.grouped($0.rows) }
    add("Words") { NumberText.grouped($0.words) }
    add("Words under a name") { Self.share($0.namedWords, $0.words) }
    add("Speakers with a name") { "\($0.namedSpeakers) of \($0.speakers)" }
    for (index, field) in ["name", "company", "position"].enumerated() {
      add("? for \(field)") { Self.share($0.gaps[index].missing, $0.gaps[index].count) }
    }
    add("Names in one spelling") { "\($0.consistentNames) of \($0.distinctNames)" }
    add("Words a minute") { $0.pace.map { "\(Int($0.rounded()))" } ?? "?" }
    add("Findings") { NumberText.grouped($0.findings) }
    add("Findings an hour") { $0.findingsPerHour.map { "\(Int($0.rounded()))" } ?? "?" }
    add("Tokens") { $0.usage.map { NumberText.grouped($0.totalTokens) } ?? "?" }
    add("Cost, USD") { $0.cost.map(MoneyText.rendered) ?? "?" }
    add("Time of requests") { measure in
      measure.latencyMS.map { NumberText.duration(.milliseconds($0)) } ?? "?"
    }
    context.print(table)
    guard !agreements.isEmpty else { return }
    var pairs = TextTable([
      .words("Agreement"), .words("with"), .numbers("Rows"), .numbers("Words"),
      .numbers("Speakers"),
    ])
    for agreement in agreements {
      pairs.add([
        SafeText.line(agreement.first), SafeText.line(agreement.second),
        ScoreText.percent(agreement.rowShare), ScoreText.percent(agreement.wordShare),
        ScoreText.percent(agreement.speakerShare),
      ])
    }
    context.print("")
    context.print(pairs)
  }

  private static func share(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "–" : ScoreText.percent(Double(part) / Double(whole))
  }
}
