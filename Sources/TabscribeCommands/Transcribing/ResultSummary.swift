internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// What is said about a finished transcription, in a line or as JSON.
struct ResultSummary {
  let document: TranscriptDocument
  /// The paths of the results as the user would write them.
  let files: [String]
  /// The run that made it before, when nothing had to be sent.
  var earlierRun: String?

  /// One line: a sign, the files, what is in them, what they cost, and what to look at.
  func line(_ style: TextStyle) -> String {
    if let earlierRun {
      let written = files.isEmpty ? "" : "   written: \(files.joined(separator: "  "))"
      return "\(style.green("✓")) \(SafeText.line(document.source.uri))   done before, in run "
        + "\(earlierRun): \(tables.joined(separator: " · "))\(written)"
    }
    let sign = document.isComplete ? style.green("✓") : style.yellow("incomplete:")
    return "\(sign) \(files.joined(separator: "  "))   "
      + facts.joined(separator: " · ")
  }

  private var facts: [String] {
    var facts = tables
    if let money { facts.append(money) }
    let errors = document.findings.count { $0.severity == .error }
    let findings = document.findings.count
    if findings > 0 {
      let count = NumberText.counted(findings, "finding")
      facts.append(errors > 0 ? "\(count), \(errors) of them errors" : count)
    }
    if document.hasSetTimes { facts.append("times set by the sound") }
    if let carried = CarriedCounts(document.corrections) { facts.append(carried.text) }
    return facts
  }

  /// Rows and speakers, or the rows of each table when there is no transcript.
  private var tables: [String] {
    let transcript = document.transcript
    guard !transcript.segments.isEmpty else {
      return document.tables.map { "\(NumberText.grouped($0.rowCount)) \(SafeText.line($0.name))" }
    }
    let named = transcript.speakers.count(where: \.isIdentified)
    let rows = "\(NumberText.grouped(transcript.segments.count)) rows"
    guard !transcript.speakers.isEmpty else { return [rows] }
    return [rows, "\(transcript.speakers.count) speakers, \(named) named"]
  }

  private var money: String? {
    let cost = document.cost
    let estimate = cost.estimatedLow.flatMap { low in
      cost.estimatedHigh.map { MoneyText.range(low, $0) }
    }
    guard let billed = cost.billed else { return estimate.map { "estimated \($0) USD" } }
    let mark = document.run.standIn.map { ", \($0.participle), not billed" } ?? ""
    let money = "\(MoneyText.rendered(billed)) USD\(mark)"
    return estimate.map { "\(money) (estimated \($0))" } ?? money
  }

  /// The same for machines.
  var json: JSONValue {
    var object: JSONObject = [
      "source": .string(document.source.uri),
      "run": .string(document.run.id),
      "complete": JSONValue(document.isComplete),
      "files": .array(files.map { .string($0) }),
      "rows": JSONValue(document.transcript.segments.count),
      "speakers": JSONValue(document.transcript.speakers.count),
      "findings": JSONValue(document.findings.count),
    ]
    if let earlierRun { object["earlierRun"] = .string(earlierRun) }
    object["costUSD"] = document.cost.billed.map { .string("\($0)") }
    object["standIn"] = document.run.standIn.map { .string($0.rawValue) }
    return .object(object)
  }
}
