internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// Tells people how a run is going: a line for each source that has ended, and one line of progress.
final class RunStatusLine: Sendable {
  private let names: [String]
  private let context: CommandContext
  private let began = ContinuousClock.now
  private let state: Lock<RunProgress>

  init(_ work: [NamedWork], plan: Plan, jobs: Int, _ context: CommandContext) {
    let names = work.map { item in
      let uri = item.prepared.source.uri
      let name = uri.split(separator: "/").last.map(String.init) ?? uri
      return SafeText.line([name, item.part].compactMap(\.self).joined(separator: " · "))
    }
    self.names = names
    self.context = context
    state = Lock(
      RunProgress(
        names: names,
        requests: plan.entries.count,
        expectedDollars: plan.total.cost.map { "\($0.cached.expected)" },
        jobs: jobs,
        clips: work.map { $0.prepared.clips.map { .init(range: $0) } }
      )
    )
  }

  /// Shows what happened: a line for each stage and result, and between them a line redrawn on
  /// terminals.
  func show(_ event: RunEvent) {
    switch event {
    case .progress(let job, let clip, let progress): show(progress, job, clip)
    case .spent(_, let dollars, let requests):
      state.withLock { ($0.dollars, $0.answered) = ("\(dollars)", requests) }
    case .ended(let job, let outcome):
      state.withLock { $0.end(job, at: .now - began) }
      OutcomeLine(context: context).show(outcome, of: names[job])
    }
  }

  private func show(_ progress: TranscriptionProgress, _ job: Int, _ clip: Int) {
    switch progress {
    case .uploading(let upload):
      begin("uploading", job, clip)
      context.status.update(uploadLine(upload, job))
    case .preparing: begin("waiting until the service has prepared the file", job, clip)
    case .waiting: begin("waiting for the model", job, clip)
    case .retrying(let notice):
      state.withLock { $0.retries += 1 }
      context.status.message(
        "\(names[job]): \(Self.brief(notice.error.description)); "
          + "trying again in \(NumberText.duration(notice.delay))"
      )
    case .receiving(let rows, let reached):
      state.withLock { $0.receive(rows, upTo: reached, of: job, clip, at: .now - began) }
      begin("receiving", job, clip)
      context.status.update(state.withLock { $0.line(after: .now - began) })
    }
  }

  /// The first sentence of what the service says, within a line.
  private static func brief(_ text: String) -> String {
    let line = SafeText.line(text)
    let sentence = line.firstRange(of: ". ").map { String(line[..<$0.lowerBound]) } ?? line
    return DisplayWidth.truncated(sentence, to: 100)
  }

  private func begin(_ stage: String, _ job: Int, _ clip: Int) {
    let range = state.withLock { state -> TimeRange?? in
      state.begin(job, clip, at: .now - began)
      let old = state.clips[job][clip]
      guard old.stage != stage else { return nil }
      state.clips[job][clip].stage = stage
      return .some(state.clips[job].count > 1 ? old.range : nil)
    }
    // Where lines stay, several sources have a line each, which says how they ended.
    guard let range, names.count == 1 || context.status.liveWidth != nil else { return }
    let place = range.map { " \($0.start.rendered)–\($0.end.rendered)" } ?? ""
    context.status.stage("\(names[job])\(place)  \(stage)")
  }

  private func uploadLine(_ upload: UploadProgress, _ job: Int) -> String {
    let share = upload.total > 0 ? Double(upload.sent) / Double(upload.total) : 0
    let bar = ProgressBar.rendered(share, width: 24)
    return "\(names[job])  uploading \(bar) \(NumberText.bytes(upload.sent)) of "
      + NumberText.bytes(upload.total)
  }
}
