internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What is said when the answers of a batch were taken up: what is there, what is missing, and what was
/// asked next.
struct BatchEnding {
  /// Requests without an answer that are listed; nobody reads a thousand.
  private static let mostListed = 20

  let session: BatchSession
  let batch: BatchRun
  let ending: RunEnding
  /// Whether a further round was submitted.
  let hasMoreToCome: Bool

  /// Says it, and gives the exit code.
  func show() throws -> ExitCode {
    let (all, answered, open) = try batch.answers(in: session.store)
    // What the next round asks is not missing.
    let missing = open.filter { $0.request.ending.status == .failed }
    let context = session.context
    if context.isJSON {
      context.print(json: json(missing))
    } else {
      let requests = NumberText.counted(all, "request")
      context.print("\(batch.id)  \(answered) of \(requests) answered\(billed)")
      for line in lines(missing) { context.print(line) }
    }
    return code(missing.count, of: all)
  }

  private func lines(_ missing: [BatchRun.Missing]) -> [String] {
    var lines: [String] = []
    for request in missing.prefix(Self.mostListed) {
      let item = request.item.item
      var name = "\(item.source.uri), \(item.prompt.name)"
      if let clip = request.request.request.clip {
        name += ", \(NumberText.range(clip.start.rendered, clip.end.rendered))"
      }
      lines.append("  no answer: \(SafeText.line(name)): \(SafeText.line(reason(request)))")
    }
    let more = missing.count - Self.mostListed
    if more > 0 { lines.append("  … and \(more) more (--json has them all)") }
    if !missing.isEmpty, !hasMoreToCome {
      lines.append("  ask again: tabscribe batch submit --retry \(batch.id)")
    }
    if case .costLimit(let why) = ending.report?.stop {
      lines.append("  \(SafeText.line(why))")
      lines.append("  go on: tabscribe batch fetch \(batch.id) --cost-limit USD")
    } else if hasMoreToCome {
      let next = session.description(of: batch)
      let due = next.deadline.map { ", answers due by \($0)" } ?? ""
      lines.append(
        "  round \(batch.last?.round ?? 0) is submitted: \(next.requests) that the answers leave to "
          + "ask, \(next.money)\(due)"
      )
      lines.append("  go on: tabscribe batch fetch \(batch.id)")
    }
    return lines
  }

  /// What the batch has cost; other runs may have done a part of the work.
  private var billed: String {
    let own = ending.outcomes.filter { $0.earlierRun?.hasPrefix(batch.id) ?? true }
    let costs = own.compactMap { outcome -> Decimal?? in
      if case .finished(let item, _) = outcome.outcome { item.outline.cost.billed } else { nil }
    }
    guard !costs.isEmpty, !costs.contains(nil) else { return "" }
    return ", \(MoneyText.rendered("\(costs.compactMap(\.self).reduce(0, +))")) USD billed"
  }

  private func reason(_ request: BatchRun.Missing) -> String {
    request.request.ending.error ?? "The service gave no answer."
  }

  private func json(_ missing: [BatchRun.Missing]) -> JSONValue {
    let results = ending.outcomes.compactMap { outcome -> JSONValue? in
      if case .finished = outcome.outcome { outcome.json } else { nil }
    }
    return [
      "batch": session.description(of: batch).json,
      "results": .array(results),
      "missing": .array(
        missing.map { request in
          let item = request.item.item
          return [
            "key": .string(request.key), "source": .string(item.source.uri),
            "prompt": .string(item.prompt.name), "error": .string(reason(request)),
          ]
        }
      ),
    ]
  }

  private func code(_ missing: Int, of all: Int) -> ExitCode {
    switch ending.report?.stop {
    case .interrupted: return .interrupted
    case .costLimit: return .limit
    case .failures, .lost, .unable, nil: break
    }
    if hasMoreToCome { return .incomplete }
    if missing == all, batch.last?.hasFailed == true { return .failed }
    let isComplete = missing == 0 && ending.outcomes.allSatisfy(\.isDone)
    return isComplete ? .done : .incomplete
  }
}
