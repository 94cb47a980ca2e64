internal import PlainText
package import RunStore
package import Transcribing
internal import TranscriptModel

/// An enqueued run as a worker carries it out on its machine, in the folder where it was enqueued.
package struct WorkerRun: Sendable {
  /// Its full id.
  package let id: String
  /// How it is sent; the limit of its cost is the store's.
  package let options: RunOptions
  private let isSingle: Bool
  private let preparation: WorkPreparation
  private let session: RunSession
  private let store: RunStore
  /// The sources of the run, by what results call them.
  private let sources: [String: [NamedSource]]

  /// A run.
  ///
  /// - Parameters:
  ///   - run: The run as the store has it.
  ///   - sources: What it names.
  ///   - preparation: Prepares them, with the speakers that were known when it was enqueued.
  ///   - session: Sends, and writes results.
  ///   - options: How it is sent.
  ///   - store: Where it is.
  package init(
    _ run: RunSummary,
    _ sources: [NamedSource],
    _ preparation: WorkPreparation,
    _ session: RunSession,
    _ options: RunOptions,
    in store: RunStore
  ) {
    let place = session.place
    self.sources = Dictionary(
      grouping: sources,
      by: { (try? place.shownSource($0.spelling)) ?? $0.spelling }
    )
    (self.options, self.preparation, self.session, self.store) = (
      options, preparation, session, store
    )
    (id, isSingle) = (run.id, run.itemCount == 1)
  }

  /// Carries out a part that the worker holds.
  ///
  /// - Parameters:
  ///   - share: The part.
  ///   - tell: Told of each item that came to its end, and of each that cannot be done here.
  /// - Returns: How it went; `nil` when nothing had to be sent.
  package func carryOut(
    _ share: RunShare,
    tell: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> RunReport? {
    let held = try await prepare(share.part, tell)
    return try await session.carryOut(
      held,
      share,
      isOnly: isSingle,
      EarlierRun(id: id),
      in: store,
      options,
      tell: { tell(.ended($0)) }
    )
  }

  /// What the items of a part ask, as far as that can be asked from here.
  private func prepare(
    _ part: HeldPart,
    _ tell: (WorkerEvent) -> Void
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
        tell(.left(item.stored, reason(item.stored, prepared.refused)))
        continue
      }
      var work = open.remove(at: place)
      (work.folder, work.stem) = (item.folder, item.stem)
      found.append((item.stored, work))
    }
    return found
  }

  /// Why an item cannot be done here.
  private func reason(_ item: StoredItem, _ refused: [RefusedSource]) -> LeftItem {
    let uri = item.item.source.uri
    let refusal = refused.first { (try? session.place.shownSource($0.source)) == uri }
    if let refusal { return .refused(refusal) }
    return sources[uri] != nil ? .changed : .missing
  }
}
