internal import PlainText
internal import TranscriptScoring

/// What a lab can measure of a result.
package enum LabMetric: String, CaseIterable, Sendable {
  case wer
  case cer
  case cpwer
  case tcpwer
  case orcwer
  case der
  case names
  case timing
  /// Words under a name.
  case identified
  /// Cells about speakers that say nothing.
  case unknown
  /// Findings an hour.
  case findings
  /// Captions an hour that nobody can read in time.
  case captions
  /// Answers of recipes.
  case answers
  /// Copied words of recipes that stand in the transcript.
  case quotes
  /// Rows that repeats of the same agree in.
  case agreement
  case tokens
  case cost
  case latency

  /// Measured against a reference, as `score` does.
  package var scored: ScoreMetric? { ScoreMetric(rawValue: rawValue) }

  /// What is measured when nothing is said; the first that can be is what results are ordered by.
  package static let usual: [LabMetric] = [
    .wer, .cpwer, .names, .timing, .identified, .findings, .agreement, .cost, .latency,
  ]

  /// The same where recipes are asked about transcripts.
  package static let usualOfRecipes: [LabMetric] = [
    .quotes, .answers, .findings, .agreement, .tokens, .cost, .latency,
  ]

  /// Whether less is better.
  package var lessIsBetter: Bool {
    switch self {
    case .names, .identified, .agreement, .answers, .quotes: false
    default: true
    }
  }

  /// What it is, as a heading.
  package var title: String {
    switch self {
    case .wer: "WER"
    case .cer: "CER"
    case .cpwer: "cpWER"
    case .tcpwer: "tcpWER"
    case .orcwer: "ORC-WER"
    case .der: "DER"
    case .names: "Right name"
    case .timing: "Start off by"
    case .identified: "Words named"
    case .unknown: "? cells"
    case .findings: "Findings/h"
    case .captions: "Bad captions/h"
    case .answers: "Answers"
    case .quotes: "Quotes found"
    case .agreement: "Agreement"
    case .tokens: "Tokens"
    case .cost: "USD"
    case .latency: "Time"
    }
  }

  /// What it means, as a sentence.
  package var meaning: String {
    switch self {
    case .wer: "Word errors per word of the reference."
    case .cer: "Character errors per character of the reference."
    case .cpwer: "Word errors with each speaker's words together, speakers matched at best."
    case .tcpwer: "As cpWER, words only where their times allow it."
    case .orcwer: "Word errors with the reference's rows given to voices at best."
    case .der: "Time missed, invented or given to another speaker, per time of speech."
    case .names: "Words of people with a name that stand under it."
    case .timing: "How far half the rows' starts are off at most."
    case .identified: "Words that stand under a name."
    case .unknown: "Cells for name, company and position that say ?."
    case .findings: "Findings about the result per hour."
    case .captions: "Captions per hour that a check of an export would list."
    case .answers: "Rows of all tables that a recipe made of a transcript."
    case .quotes: "Copied words that stand in the transcript, four in five of them at least."
    case .agreement:
      "Rows with the same words and voice in the other repeats; of recipes, answers about the same row."
    case .tokens: "Tokens billed for a clip."
    case .cost: "US dollars billed for a clip."
    case .latency: "How long the requests of a clip took."
    }
  }

  /// A value for a person.
  package func text(_ value: Double) -> String {
    switch self {
    case .timing: ScoreText.seconds(value)
    case .findings, .captions: ScoreText.decimal(value)
    case .answers: ScoreText.decimal(value)
    case .tokens: NumberText.grouped(Int(value.rounded()))
    case .cost: MoneyText.rendered(Self.plain(value))
    case .latency: NumberText.duration(.milliseconds(Int(value.rounded())))
    default: ScoreText.percent(value)
    }
  }

  /// A difference for a person, with its sign.
  package func difference(_ value: Double) -> String {
    let sign = value < 0 ? "−" : "+"
    return sign + text(abs(value))
  }

  /// A number without an exponent; nothing here is less than a billionth of a dollar.
  private static func plain(_ value: Double) -> String {
    let billionths = Int64((min(max(value, 0), 1e9) * 1e9).rounded())
    let fraction = String(1_000_000_000 + billionths % 1_000_000_000).dropFirst()
    return "\(billionths / 1_000_000_000).\(fraction)"
  }

  /// Whether one value is better than another.
  package func isBetter(_ one: Double, than other: Double) -> Bool {
    lessIsBetter ? one < other : one > other
  }
}
