internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

// What is said when a run has ended: what succeeded, what is partial, what failed and why.
extension RunEnding {
  /// From this many sources on, one line for each is too much and a table follows.
  private static let tableSize = 2

  /// Says it, and gives the exit code.
  func show(_ context: CommandContext) -> ExitCode {
    tell(context)
    if context.isJSON { context.print(json: .object(json)) }
    return exitCode
  }

  /// Says it on standard error.
  func tell(_ context: CommandContext) {
    if !context.isJSON, outcomes.count >= Self.tableSize { showTotals(context) }
    if let report, outcomes.count >= Self.tableSize {
      for line in ReconciliationListing(reconciliation: report.reconciliation).lines {
        context.status.message(line)
      }
    }
    showStop(context)
    if let report { showWayOn(report, context) }
  }

  /// How many ended in which way, and once more what a person has to look after.
  private func showTotals(_ context: CommandContext) {
    context.status.message(RunCounts(outcomes).line)
    var table = TextTable([.names("source"), .words("state"), .words("why")])
    for outcome in outcomes {
      guard let (state, why) = outcome.trouble else { continue }
      table.add([SafeText.line(outcome.source), state, SafeText.line(why)])
    }
    guard !table.rows.isEmpty else { return }
    for line in table.lines(width: context.status.liveWidth, style: context.status.style) {
      context.status.message(line)
    }
  }

  private func showStop(_ context: CommandContext) {
    switch report?.stop {
    case .costLimit(let reason):
      context.status.warning(SafeText.line(SettingWords.flags(in: reason)))
    case .failures(let count):
      context.status.warning("Stopped after \(count) failed sources, as --max-failures asks.")
    case .interrupted: context.status.message("Interrupted; everything answered is kept.")
    // Only workers end so, and they say it themselves.
    case .lost, .unable, nil: break
    }
  }

  /// What helps; taking the run up only where that would ask for anything.
  private func showWayOn(_ report: RunReport, _ context: CommandContext) {
    if report.stop != nil || report.canGoOn {
      guard report.stop != nil || isWorthResuming else { return }
      var command = "tabscribe runs resume \(report.run)"
      if case .costLimit = report.stop { command += " --cost-limit USD" }
      context.status.message("To go on: \(command)")
    } else if outcomes.contains(where: \.isPartial) {
      context.status.message(
        "Asking again would give the same. Another --model, or a clip of its own (--start, --end), "
          + "may give what is missing."
      )
    }
  }

  /// A single source of which nothing came is asked again as well by the same command.
  private var isWorthResuming: Bool {
    let isOneOfSeveral = outcomes.count > 1
    return outcomes.contains { $0.isPartial || isOneOfSeveral && !$0.isDone }
  }

  /// How it ended, for machines.
  var json: JSONObject {
    var object: JSONObject = ["results": .array(outcomes.map(\.json))]
    if let report {
      object["run"] = .string(report.run)
      object["spentUSD"] = .string("\(report.spent)")
      object["reconciliation"] = report.reconciliation.json
    }
    return object
  }

  /// What stopped the run goes before a failure, a failure before an incomplete result.
  var exitCode: ExitCode {
    switch report?.stop {
    case .interrupted: return .interrupted
    case .costLimit: return .limit
    case .failures, .lost, .unable, nil: break
    }
    if outcomes.allSatisfy(\.isDone) { return .done }
    let failures = outcomes.compactMap(\.failure)
    // That all failed for one reason, such as a key that is refused, is told by its own code.
    guard failures.count < outcomes.count else {
      let codes = Set(failures.map(\.exitCode))
      return codes.count == 1 && (codes != [.usage] || failures.count == 1)
        ? failures[0].exitCode : .failed
    }
    return outcomes.contains(where: \.hasResult) ? .incomplete : .failed
  }
}

/// How many sources ended in which way.
struct RunCounts {
  private var complete = 0
  private var earlier = 0
  private var partial = 0
  private var failed = 0
  private var left = 0

  init(_ outcomes: [WorkOutcome]) {
    for outcome in outcomes {
      switch outcome.outcome {
      case .finished(let item, _):
        if outcome.earlierRun != nil {
          earlier += 1
        } else if item.outline.isComplete {
          complete += 1
        } else {
          partial += 1
        }
      case .failed: failed += 1
      case .left: left += 1
      }
    }
  }

  /// The counts that are not zero, in words.
  var line: String {
    let counts = [
      (complete, "complete"), (earlier, "done before"), (partial, "partial"), (failed, "failed"),
      (left, "not begun"),
    ]
    return counts.filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
      .joined(separator: " · ")
  }
}

extension WorkOutcome {
  /// What is to be looked after, and why; `nil` for work that is done.
  var trouble: (state: String, why: String)? {
    switch outcome {
    case .finished(let item, _):
      guard !item.outline.isComplete else { return nil }
      let finding = item.outline.findings.first { $0.severity == .error }
      return ("partial", finding?.message ?? "something is missing")
    case .failed(let error):
      return ("failed", ErrorExplanation.commandError(error).message(about: source))
    case .left: return ("not begun", "the run was stopped before")
    }
  }

  /// Why there is no result; `nil` for work that has one, and for work that was not begun.
  var failure: CommandError? {
    if case .failed(let error) = outcome { ErrorExplanation.commandError(error) } else { nil }
  }

  /// The outcome for machines.
  var json: JSONValue {
    switch outcome {
    case .finished(let item, let files):
      return ResultSummary(outline: item.outline, files: files, earlierRun: earlierRun).json
    case .failed(let error):
      return json(of: ErrorExplanation.commandError(error))
    case .left:
      return json(of: .interrupted(remedy: "Take the run up with tabscribe runs resume."))
    }
  }

  private func json(of error: CommandError) -> JSONValue {
    var object: JSONObject = ["source": .string(source), "complete": false]
    for (key, value) in error.json.object?.members ?? [] { object[key] = value }
    return .object(object)
  }
}
