internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// What is said about a finished transcription, in a line or as JSON.
struct ResultSummary {
  let outline: DocumentOutline
  /// The paths of the results as the user would write them.
  let files: [String]
  /// The run that made it before, when nothing had to be sent.
  var earlierRun: String?

  /// One line: a sign, the files, what is in them, what they cost, and what to look at.
  func line(_ style: TextStyle) -> String {
    if let earlierRun {
      let written = files.isEmpty ? "" : "   written: \(files.joined(separator: "  "))"
      return "\(style.green("✓")) \(SafeText.line(outline.source.uri))   done before, in run "
        + "\(earlierRun): \(tables.joined(separator: " · "))\(written)"
    }
    let sign = outline.isComplete ? style.green("✓") : style.yellow("incomplete:")
    return "\(sign) \(files.joined(separator: "  "))   "
      + facts.joined(separator: " · ")
  }

  private var facts: [String] {
    var facts = tables
    if let money { facts.append(money) }
    let errors = outline.findings.count { $0.severity == .error }
    let findings = outline.findings.count
    if findings > 0 {
      let count = NumberText.counted(findings, "finding")
      facts.append(errors > 0 ? "\(count), \(errors) of them errors" : count)
    }
    if outline.hasSetTimes { facts.append("times set by the sound") }
    if let carried = CarriedCounts(outline.carried) { facts.append(carried.text) }
    return facts
  }

  /// Rows and speakers, or the rows of each table when there is no transcript.
  private var tables: [String] {
    guard outline.rowCount > 0 else {
      return outline.tables.map { "\(NumberText.grouped($0.rowCount)) \(SafeText.line($0.name))" }
    }
    let rows = "\(NumberText.grouped(outline.rowCount)) rows"
    guard outline.speakerCount > 0 else { return [rows] }
    return [rows, "\(outline.speakerCount) speakers, \(outline.identifiedCount) named"]
  }

  private var money: String? {
    let cost = outline.cost
    let estimate = cost.estimatedLow.flatMap { low in
      cost.estimatedHigh.map { MoneyText.range(low, $0) }
    }
    guard let billed = cost.billed else { return estimate.map { "estimated \($0) USD" } }
    let mark = outline.run.standIn.map { ", \($0.participle), not billed" } ?? ""
    let money = "\(MoneyText.rendered(billed)) USD\(mark)"
    return estimate.map { "\(money) (estimated \($0))" } ?? money
  }

  /// The same for machines.
  var json: JSONValue {
    var object: JSONObject = [
      "source": .string(outline.source.uri),
      "run": .string(outline.run.id),
      "complete": JSONValue(outline.isComplete),
      "files": .array(files.map { .string($0) }),
      "rows": JSONValue(outline.rowCount),
      "speakers": JSONValue(outline.speakerCount),
      "findings": JSONValue(outline.findings.count),
    ]
    if let earlierRun { object["earlierRun"] = .string(earlierRun) }
    object["costUSD"] = outline.cost.billed.map { .string("\($0)") }
    object["standIn"] = outline.run.standIn.map { .string($0.rawValue) }
    return .object(object)
  }
}
