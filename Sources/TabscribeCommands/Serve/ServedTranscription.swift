internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A transcription that a page began or took up, as far as it has come.
final class ServedTranscription: Sendable {
  private struct State {
    var lines: [String] = []
    var stage = ""
    var run: String?
    var items: [Int64] = []
    var earlier: String?
    var error: CommandError?
    var failures: [Int64: CommandError] = [:]
    var task: Task<Void, Never>?
  }

  /// Lines of what the command says that are kept.
  private static let mostLines = 20

  /// What is set aside for it, in US dollars.
  let reserved: Decimal
  /// What its run has cost before.
  let spentBefore: Decimal
  /// What pages are not told: the folder that holds uploads and results.
  private let hidden: String
  private let state = Lock(State())
  private let (beginning, hasBegun) = AsyncStream<Void>.makeStream()

  init(reserved: Decimal, after spent: Decimal, hiding folder: String) {
    (self.reserved, spentBefore, hidden) = (reserved, spent, folder + "/")
  }

  /// Its run, once that has begun.
  var run: String? { state.withLock { $0.run } }
  /// What it works on.
  var items: [Int64] { state.withLock { $0.items } }
  /// What it is doing, in a line.
  var stage: String { state.withLock { $0.stage } }
  /// The newest of what the command says.
  var said: [String] { state.withLock { $0.lines } }
  /// An earlier result of the same work.
  var earlier: String? { state.withLock { $0.earlier } }
  /// Why it came to nothing.
  var error: CommandError? { state.withLock { $0.error } }

  /// Why items have no result.
  var failures: [Int64: CommandError] { state.withLock { $0.failures } }

  /// Waits until requests are about to be sent, or nothing is to be sent any more.
  func begun() async { for await _ in beginning {} }

  /// Works on it.
  ///
  /// - Parameters:
  ///   - context: Whose folder, environment and clock count.
  ///   - body: Does it, and tells the listener.
  ///   - whenEnded: Told before anybody else.
  func begin(
    in context: CommandContext,
    whenEnded: @escaping @Sendable () async -> Void,
    _ body: @escaping @Sendable (CommandContext, any RunListener) async throws -> ExitCode
  ) {
    let inner = context.writing(TextBuffer(), self)
    let listener = ServedListener(transcription: self, spoken: StatusListener(context: inner))
    let task = Task.detached {
      do {
        _ = try await body(inner, listener)
      } catch {
        let isStopped = error is CancellationError || Task.isCancelled
        self.note(isStopped ? .interrupted() : ErrorExplanation.commandError(error))
      }
      await whenEnded()
      self.hasBegun.finish()
    }
    state.withLock { $0.task = task }
  }

  /// Stops it as an interrupt does: what was answered is kept.
  func stop() { state.withLock { $0.task }?.cancel() }

  /// Waits until nothing of it goes on.
  func ended() async { await state.withLock { $0.task }?.value }

  fileprivate func note(_ run: TranscriptionRun) {
    state.withLock { ($0.run, $0.items) = (run.id, run.jobs.map(\.item)) }
    hasBegun.finish()
  }

  fileprivate func note(earlier reference: String?) {
    state.withLock { $0.earlier = reference ?? $0.earlier }
  }

  fileprivate func note(stage: String) { state.withLock { $0.stage = stage } }

  fileprivate func note(_ failure: any Error, of item: Int64) {
    let error = ErrorExplanation.commandError(failure).naming("", insteadOf: hidden)
    state.withLock { $0.failures[item] = error }
  }

  fileprivate func note(_ error: CommandError) { state.withLock { $0.error = error } }
}

extension ServedTranscription: TextOutput {
  /// Takes what the command says on standard error.
  func write(_ text: String) {
    let lines = text.replacing(hidden, with: "").split(separator: "\n").map(String.init)
    guard let last = lines.last else { return }
    state.withLock { state in
      state.lines = Array((state.lines + lines).suffix(Self.mostLines))
      state.stage = last
    }
  }
}

/// Hears a transcription for its page, and tells what the command line tells.
private struct ServedListener: RunListener {
  let transcription: ServedTranscription
  let spoken: StatusListener

  func hear(_ outcome: WorkOutcome, of name: String) {
    transcription.note(earlier: outcome.earlierRun)
    spoken.hear(outcome, of: name)
  }

  func hear(_ outcome: ItemOutcome, of name: String) { spoken.hear(outcome, of: name) }

  func watch(_ work: [NamedWork], _ run: TranscriptionRun) -> RunObserver {
    transcription.note(run)
    let show = spoken.watch(work, run)
    return { [transcription] event in
      show(event)
      switch event {
      case .ended(let job, .failed(let failure)):
        transcription.note(failure, of: run.jobs[job].item)
      // Elsewhere a line redrawn in place says it.
      case .progress(_, _, .uploading(let upload)):
        let (sent, total) = (NumberText.bytes(upload.sent), NumberText.bytes(upload.total))
        transcription.note(stage: "uploading, \(sent) of \(total)")
      default: break
      }
    }
  }
}
