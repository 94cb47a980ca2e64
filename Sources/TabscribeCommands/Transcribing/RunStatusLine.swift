internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// Tells people how a run is going: a line for each source that has ended, and one line of progress.
final class RunStatusLine: Sendable {
  private struct Clip {
    var range: TimeRange?
    var rows = 0
    var reached: Timecode?
    var stage = ""
  }

  private struct State {
    var clips: [[Clip]]
    var ended = 0
    var requests = 0
    var tokens = 0
    var dollars = ""
    var retries = 0
  }

  private let names: [String]
  private let requests: Int
  private let context: CommandContext
  private let state: Lock<State>

  init(_ work: [NamedWork], plan: Plan, _ context: CommandContext) {
    names = work.map { item in
      let uri = item.prepared.source.uri
      let name = uri.split(separator: "/").last.map(String.init) ?? uri
      return SafeText.line([name, item.part].compactMap(\.self).joined(separator: " · "))
    }
    requests = plan.entries.count
    self.context = context
    state = Lock(State(clips: work.map { $0.prepared.clips.map { Clip(range: $0) } }))
  }

  /// Shows what happened: a line for each stage and result, and between them a line redrawn on
  /// terminals.
  func show(_ event: RunEvent) {
    switch event {
    case .progress(let job, let clip, let progress): show(progress, job, clip)
    case .spent(let tokens, let dollars, let requests):
      state.withLock { ($0.tokens, $0.dollars, $0.requests) = (tokens, "\(dollars)", requests) }
    case .ended(let job, let outcome):
      state.withLock { $0.ended += 1 }
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
      state.withLock { state in
        state.clips[job][clip].rows = rows
        state.clips[job][clip].reached = reached ?? state.clips[job][clip].reached
      }
      begin("receiving", job, clip)
      context.status.update(line(job))
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
      let old = state.clips[job][clip]
      guard old.stage != stage else { return nil }
      state.clips[job][clip].stage = stage
      return .some(state.clips[job].count > 1 ? old.range : nil)
    }
    guard let range else { return }
    let place = range.map { " \($0.start.rendered)–\($0.end.rendered)" } ?? ""
    context.status.stage("\(names[job])\(place)  \(stage)")
  }

  private func uploadLine(_ upload: UploadProgress, _ job: Int) -> String {
    let share = upload.total > 0 ? Double(upload.sent) / Double(upload.total) : 0
    let bar = ProgressBar.rendered(share, width: 24)
    return "\(names[job])  uploading \(bar) \(NumberText.bytes(upload.sent)) of "
      + NumberText.bytes(upload.total)
  }

  /// By the time code of the video for one source, by sources for several.
  private func line(_ job: Int) -> String {
    state.withLock { state in
      let rows = state.clips.joined().reduce(0) { $0 + $1.rows }
      var facts = ["\(NumberText.grouped(rows)) rows"]
      if !state.dollars.isEmpty, state.dollars != "0" {
        facts.append("\(MoneyText.rendered(state.dollars)) USD")
      }
      if state.retries > 0 { facts.append("\(state.retries) retries") }
      guard names.count == 1 else {
        let share = Double(state.requests) / Double(max(1, requests))
        let bar = ProgressBar.rendered(share, width: 24)
        facts.insert("\(state.requests) of \(requests) requests", at: 0)
        return "\(bar) \(state.ended) of \(names.count) sources · "
          + facts.joined(separator: " · ")
      }
      return Self.progress(names[0], state.clips[0], facts)
    }
  }

  private static func progress(_ name: String, _ clips: [Clip], _ facts: [String]) -> String {
    let lengths = clips.compactMap(\.range?.milliseconds)
    let total = lengths.reduce(0, +)
    let heard = clips.reduce(0) { sum, clip in
      guard let range = clip.range, let reached = clip.reached else { return sum }
      return sum + min(max(0, reached.milliseconds - range.start.milliseconds), range.milliseconds)
    }
    let text = facts.joined(separator: " · ")
    guard total > 0, lengths.count == clips.count else { return "\(name)  \(text)" }
    let share = Double(heard) / Double(total)
    let bar = ProgressBar.rendered(share, width: 24)
    let place = Timecode(milliseconds: heard).rendered
    return "\(name)  \(bar) \(Int(share * 100))%  \(place) of "
      + "\(Timecode(milliseconds: total).rendered) · \(text)"
  }
}
