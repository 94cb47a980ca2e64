internal import RequestPlanning
public import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Transcriber {
  /// Notes in the store what workers are to do, and plans it; nothing is sent.
  ///
  /// What is asked about one recording is a part, which one worker takes: its requests begin alike, and its
  /// media are uploaded once.
  ///
  /// - Parameters: As for ``begin(_:in:arguments:workingFolder:options:keeping:)``.
  /// - Returns: The id of the run, and how many parts it has.
  /// - Throws: `RunStoreError`, with the code `inUse` when somebody is at the same work; `PlanError`.
  public func enqueue(
    _ work: [NamedWork],
    in store: RunStore,
    arguments: [String],
    workingFolder: String,
    options: RunOptions
  ) throws -> (run: String, parts: Int) {
    let prepared = work.map(\.prepared)
    let forecast = try forecast(of: prepared.map { (prepared: $0, earlier: nil) }, options)
    let new = try newRun(prepared, arguments, workingFolder, options)
    let parts = parts(of: prepared, forecast)
    try store.enqueue(
      new,
      newItems(prepared, forecast),
      at: zip(work, parts).map { QueuedPlace(part: $1, folder: $0.folder, stem: $0.stem) },
      isAlone: !options.isRepeated
    )
    return (new.id, Set(parts).count)
  }

  /// The part of each work: those of one recording are together, in the order of the plan.
  private func parts(of work: [PreparedTranscription], _ forecast: JobForecast) -> [Int] {
    let media = work.map { $0.content?.fingerprint ?? $0.source.uri }
    let planned = forecast.plan.entries.map { forecast.places[$0.position].job }
    var numbers: [String: Int] = [:]
    for job in planned + Array(work.indices) where numbers[media[job]] == nil {
      numbers[media[job]] = numbers.count
    }
    return media.map { numbers[$0] ?? 0 }
  }

  /// Takes up the items of a part that a worker holds: what was answered is not sent again.
  ///
  /// - Parameters:
  ///   - part: The part, with its items.
  ///   - work: What they ask, in any order.
  ///   - isOnly: Whether the run has no other item.
  ///   - store: The store that the part is held in.
  ///   - options: How; with the share.
  /// - Returns: The run, with a job for each work that an item asks for.
  /// - Throws: `RunStoreError`, `PlanError`.
  public func takeUp(
    _ part: HeldPart,
    _ work: [PreparedTranscription],
    isOnly: Bool,
    in store: RunStore,
    options: RunOptions
  ) throws -> TranscriptionRun {
    var waiting = WaitingItems(part.items.map(\.stored), isOffline: false)
    var jobs: [RunJob] = []
    for prepared in work {
      guard let item = waiting.take(prepared) else { continue }
      jobs.append(
        try job(prepared, item, resultID: isOnly ? part.run : item.reference, in: store)
      )
    }
    let forecast = try forecast(of: jobs.map { ($0.prepared, $0.earlier) }, options)
    return run(part.run, jobs, forecast, in: store, options, spent: 0)
  }
}
