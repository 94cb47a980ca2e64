internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// An enqueued run as a worker carries it out: its command line, read once, in its folder.
struct WorkerRun: Sendable {
  let id: String
  let options: RunOptions
  private let isSingle: Bool
  private let preparation: WorkPreparation
  private let session: RunSession
  private let store: RunStore
  private let context: CommandContext
  /// The sources of the command line, by what results call them.
  private let sources: [String: [NamedSource]]

  /// - Throws: `CommandError` where the run cannot be carried out on this machine.
  init(
    _ run: RunSummary,
    program: Program,
    jobs: Int,
    in store: RunStore,
    _ context: CommandContext
  ) async throws {
    guard HostFiles.kind(of: run.workingFolder) == .folder else {
      throw CommandError(
        "Run \(run.id) was enqueued in the folder \(SafeText.quoted(run.workingFolder)), which this machine does "
          + "not have.",
        remedy: "Mount it here under the same path: the paths of sources and results begin there."
      )
    }
    let context = context.working(in: run.workingFolder)
    let arguments = try program.parse(run.arguments)
    let settings = try Settings(arguments, context)
    var preparation = try WorkPreparation(settings, context, makesStore: true)
    if let known = run.knownSpeakers { preparation.knownSpeakers = known }
    preparation.transcriber.client.paceNotes = StoredPace(
      in: store,
      of: preparation.transcriber.client
    )
    try preparation.transcriber.client.requireCredentials()
    var options = try RunSettings.options(settings, context)
    (options.jobs, options.costLimit) = (jobs, nil)
    options.rowSpeaker = try await RunSettings.rowSpeaker(settings)
    var writer = try ResultWriter(settings, context)
    // The run found the names free; what stands there now is its own.
    writer.folder.isForced = true
    session = try RunSession(
      settings: settings,
      context: context,
      transcriber: preparation.transcriber,
      writer: writer,
      arguments: arguments,
      ledger: preparation.ledger
    )
    sources = Dictionary(
      grouping: try await preparation.named(arguments[TranscribeCommand.sources]).sources,
      by: { (try? context.workplace.shownSource($0.spelling)) ?? $0.spelling }
    )
    (self.options, self.preparation, self.store, self.context) = (
      options, preparation, store, context
    )
    (id, isSingle) = (run.id, run.itemCount == 1)
  }

  /// Carries out a part that the worker holds.
  ///
  /// - Parameter tell: Told of each item that came to its end, and of each that cannot be done here, with
  ///   `nil`.
  /// - Returns: How it went; `nil` when nothing had to be sent.
  func carryOut(
    _ share: RunShare,
    tell: @escaping @Sendable (ItemOutcome?) -> Void
  ) async throws -> RunReport? {
    let held = try await prepare(share.part, tell)
    return try await session.carryOut(
      held,
      share,
      isOnly: isSingle,
      EarlierRun(id: id),
      in: store,
      options,
      tell: { tell($0) }
    )
  }

  /// What the items of a part ask, as far as that can be asked from here.
  private func prepare(
    _ part: HeldPart,
    _ tell: (ItemOutcome?) -> Void
  ) async throws -> [(item: StoredItem, work: NamedWork)] {
    let items = part.items.map(\.stored.item)
    let named = Set(items.map(\.source.uri)).sorted().flatMap { sources[$0] ?? [] }
    let prompts = Set(items.map(\.prompt.name))
    let prepared = try await preparation.prepare(named, askedWith: prompts)
    var open = prepared.work
    var found: [(item: StoredItem, work: NamedWork)] = []
    for item in part.items {
      let place = open.firstIndex { $0.prepared.identities.contains(item.stored.item.identity) }
      guard let place else {
        sayMissing(item.stored, prepared.refused)
        tell(nil)
        continue
      }
      var work = open.remove(at: place)
      (work.folder, work.stem) = (item.folder, item.stem)
      found.append((item.stored, work))
    }
    return found
  }

  private func sayMissing(_ item: StoredItem, _ refused: [RefusedSource]) {
    let uri = item.item.source.uri
    let reason = refused.first { (try? context.workplace.shownSource($0.source)) == uri }.map {
      ErrorExplanation.commandError($0).message
    }
    let isNamed = sources[uri] != nil
    let words =
      reason
      ?? (isNamed
        ? "its contents, or the prompt, service or settings of this machine, are not those it was "
          + "enqueued with."
        : "there is no such source on this machine.")
    context.status.warning(
      "\(item.reference), \(SafeText.line(uri)), is left to other workers: \(SafeText.line(words))"
    )
  }
}
