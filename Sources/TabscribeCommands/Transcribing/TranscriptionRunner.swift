internal import CommandLineInterface
internal import OrderedJSON
internal import Transcribing
internal import TranscriptModel

/// Carries out prepared transcriptions, some at a time, and writes each as soon as it is there.
struct TranscriptionRunner {
  let transcriber: Transcriber
  let writer: ResultWriter
  let context: CommandContext

  private enum Outcome: Sendable {
    case finished(ResultSummary)
    case failed(source: String, CommandError)
  }

  /// Runs all jobs; one that fails does not keep others from finishing.
  func run(_ jobs: [PreparedTranscription], atOnce limit: Int) async -> ExitCode {
    var outcomes: [Int: Outcome] = [:]
    await withTaskGroup(of: (Int, Outcome).self) { group in
      var waiting = jobs.enumerated().makeIterator()
      func start() {
        guard !Task.isCancelled, let (index, job) = waiting.next() else { return }
        group.addTask { (index, await outcome(of: job)) }
      }
      for _ in 0..<limit { start() }
      while let (index, outcome) = await group.next() {
        report(outcome)
        outcomes[index] = outcome
        start()
      }
    }
    if context.isJSON { printJSON(jobs.indices.compactMap { outcomes[$0] }) }
    return exitCode(outcomes.values)
  }

  private func outcome(of job: PreparedTranscription) async -> Outcome {
    let status = TranscriptionStatus(job, context.status)
    do {
      let document = try await transcriber.transcribe(job, observe: status.show)
      var media: String?
      if job.source.kind == "file" { media = context.absolutePath(job.source.uri) }
      let names = try writer.write(document, media: media)
      let files = names.map(writer.folder.display)
      return .finished(ResultSummary(document: document, files: files))
    } catch {
      let failure =
        Task.isCancelled ? .interrupted() : ErrorExplanation.commandError(error)
      return .failed(source: job.source.uri, failure)
    }
  }

  private func report(_ outcome: Outcome) {
    context.status.clear()
    switch outcome {
    case .finished(let summary):
      context.status.message(summary.line(context.status.style))
      let severe = summary.document.findings.filter { $0.severity == .error }
      for finding in severe.prefix(5) {
        context.status.warning(SafeText.line(finding.message))
      }
    case .failed(let source, let error):
      context.status.failure(error, about: source)
    }
  }

  private func printJSON(_ outcomes: [Outcome]) {
    let results: [JSONValue] = outcomes.map { outcome in
      switch outcome {
      case .finished(let summary): return summary.json
      case .failed(let source, let error):
        var object: JSONObject = ["source": .string(source), "complete": false]
        for (key, value) in error.json.object?.members ?? [] { object[key] = value }
        return .object(object)
      }
    }
    context.print(json: ["results": .array(results)])
  }

  /// A failure goes before an incomplete result, and the first failure names the code.
  private func exitCode(_ outcomes: some Collection<Outcome>) -> ExitCode {
    var code = ExitCode.done
    for outcome in outcomes {
      switch outcome {
      case .failed(_, let error): return error.exitCode
      case .finished(let summary): if !summary.document.isComplete { code = .incomplete }
      }
    }
    return code
  }
}
