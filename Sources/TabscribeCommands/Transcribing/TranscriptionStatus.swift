internal import CommandLineInterface
internal import GeminiAPI
internal import Locking
internal import Transcribing
internal import TranscriptModel

/// Tells people how a transcription is going.
final class TranscriptionStatus: Sendable {
  private let name: String
  private let duration: Timecode?
  private let status: StatusReporter
  private let stage = Lock("")

  init(_ prepared: PreparedTranscription, _ status: StatusReporter) {
    name = SafeText.line(prepared.source.uri.split(separator: "/").last.map(String.init) ?? "")
    duration = prepared.source.durationMS.map(Timecode.init(milliseconds:))
    self.status = status
  }

  /// Shows a step: a line for each stage, and between them a line redrawn on terminals.
  func show(_ progress: TranscriptionProgress) {
    switch progress {
    case .uploading(let upload):
      begin("uploading")
      status.update(bar("uploading", upload.sent, of: upload.total, NumberText.bytes))
    case .preparing: begin("waiting until the service has prepared the file")
    case .waiting: begin("waiting for the model")
    case .retrying(let notice):
      status.message(
        "\(name): \(SafeText.line(notice.error.description)); "
          + "trying again in \(NumberText.duration(notice.delay))"
      )
    case .receiving(let rows, let reached):
      begin("receiving")
      status.update(line(rows: rows, reached: reached))
    }
  }

  private func begin(_ stage: String) {
    let isNew = self.stage.withLock { current in
      defer { current = stage }
      return current != stage
    }
    if isNew { status.stage("\(name)  \(stage)") }
  }

  private func bar(
    _ verb: String,
    _ done: Int,
    of total: Int,
    _ text: (Int) -> String
  ) -> String {
    let share = total > 0 ? Double(done) / Double(total) : 0
    let bar = ProgressBar.rendered(share, width: 24)
    return "\(name)  \(verb) \(bar) \(text(done)) of \(text(total))"
  }

  private func line(rows: Int, reached: Timecode?) -> String {
    guard let reached, let duration, duration > .zero else {
      return "\(name)  \(NumberText.grouped(rows)) rows"
    }
    let share = min(1, Double(reached.milliseconds) / Double(duration.milliseconds))
    let bar = ProgressBar.rendered(share, width: 24)
    return "\(name)  \(bar) \(Int(share * 100))%  \(reached.rendered) of \(duration.rendered) · "
      + "\(NumberText.grouped(rows)) rows"
  }
}
