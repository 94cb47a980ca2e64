internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import Transcribing
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a worker has done, in counts: it may work for days.
struct WorkerTally: Sendable {
  private(set) var complete = 0
  private(set) var partial = 0
  private(set) var failed = 0
  /// Items that were left to other workers.
  private(set) var leftToOthers = 0
  /// The exit codes of failures.
  private var codes: Set<ExitCode> = []
  var spent = Decimal(0)
  /// Why nothing more was taken of a run, a sentence each, with the exit code of that.
  private(set) var stops: [(words: String, code: ExitCode)] = []

  mutating func note(_ outcome: ItemOutcome?) {
    switch outcome {
    case .finished(let item, _):
      if item.outline.isComplete { complete += 1 } else { partial += 1 }
    case .failed(let error):
      failed += 1
      codes.insert(ErrorExplanation.commandError(error).exitCode)
    case nil: leftToOthers += 1
    case .left: break
    }
  }

  mutating func stop(_ words: String, _ code: ExitCode) {
    if !stops.contains(where: { $0.words == words }) { stops.append((words, code)) }
  }

  /// The counts in words.
  var line: String {
    let counts = [
      (complete, "complete"), (partial, "partial"), (failed, "failed"),
      (leftToOthers, "left to other workers"),
    ]
    let words = counts.filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
    let money = spent > 0 ? ["\(MoneyText.rendered(spent)) USD"] : []
    return words.isEmpty ? "nothing done" : (words + money).joined(separator: " · ")
  }

  /// What stopped the worker goes before a failure, a failure before an incomplete result.
  var exitCode: ExitCode {
    if let stop = stops.first { return stop.code }
    if complete == 0, partial == 0, leftToOthers == 0, failed > 0 {
      return codes.count == 1 ? codes.first ?? .failed : .failed
    }
    return failed + partial + leftToOthers > 0 ? .incomplete : .done
  }

  var json: JSONObject {
    [
      "complete": JSONValue(complete), "partial": JSONValue(partial), "failed": JSONValue(failed),
      "leftToOthers": JSONValue(leftToOthers), "spentUSD": .string("\(spent)"),
      "stops": .array(stops.map { .string($0.words) }),
    ]
  }
}
