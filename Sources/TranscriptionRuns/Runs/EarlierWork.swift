internal import PlainText
package import RunStore
package import Transcribing
internal import TranscriptModel

/// What earlier runs have done of what a command line asks for.
package struct EarlierWork {
  /// Where runs are kept; `nil` when there were none.
  private let store: RunStore?
  /// Whether what is done counts at all.
  package let isReused: Bool
  private let isCounted: (StoredItem) -> Bool
  /// Whether what could not be had whole counts as done, too: asked again, it would come as it did.
  private let takesPartial: Bool

  /// Whether what earlier runs have done is asked for.
  package struct Reuse: Hashable, Sendable {
    /// Whether everything is asked anew.
    package var isForced = false
    /// Whether a recording of the whole conversation is made or played.
    package var isTaped = false

    /// What earlier runs have done counts.
    package init(isForced: Bool = false, isTaped: Bool = false) {
      (self.isForced, self.isTaped) = (isForced, isTaped)
    }
  }

  /// - Parameters:
  ///   - reuse: Whether what earlier runs have done is asked for.
  ///   - store: Where runs are kept; `nil` when there were none.
  ///   - earlier: The run that is taken up.
  ///   - takesPartial: Whether what could not be had whole counts as done, too; what the run that is
  ///     taken up left so does not.
  package init(
    _ reuse: Reuse,
    in store: RunStore?,
    takingUp earlier: EarlierRun?,
    takesPartial: Bool = false
  ) throws {
    isReused = earlier.map { !$0.isOffline } ?? (!reuse.isTaped && !reuse.isForced)
    self.store = isReused ? store : nil
    // A run that asks for everything anew counts only what it has done itself.
    let isAnew = earlier?.batch?.isAnew ?? reuse.isForced
    isCounted = { item in
      (earlier == nil || !isAnew || item.run == earlier?.id)
        && (item.status == .complete || item.run != earlier?.id)
    }
    self.takesPartial = takesPartial
  }

  /// The item that has the result of some work; `nil` when it is to be done.
  package func item(of work: NamedWork) throws -> StoredItem? {
    let identities = work.prepared.identities
    let item =
      try takesPartial
      ? store?.answeredItem(identities: identities) : store?.completeItem(identities: identities)
    return item.flatMap { isCounted($0) ? $0 : nil }
  }

  /// What is done, with where, and what is left to do; both in the order given.
  package func split(
    _ work: [NamedWork]
  ) throws -> (done: [(NamedWork, StoredItem)], open: [NamedWork]) {
    var (done, open): ([(NamedWork, StoredItem)], [NamedWork]) = ([], [])
    for work in work {
      if let item = try item(of: work) { done.append((work, item)) } else { open.append(work) }
    }
    return (done, open)
  }

  /// Refuses what a batch asks already, unless it is asked for anew.
  package func checkNoBatchAsks(_ work: [PreparedTranscription]) throws {
    for prepared in work {
      guard let run = try store?.batchRun(at: prepared.identities) else { continue }
      throw Refusal(
        "The batch \(run) asks the same about \(SafeText.line(prepared.source.uri)) already.",
        remedy:
          "Fetch it with tabscribe batch fetch \(run); with the setting force it is asked twice."
      )
    }
  }

  /// How much was done before, in words; `nil` when nothing was.
  package static func words(done: Int, of all: Int) -> String? {
    guard done > 0 else { return nil }
    let counts = "\(NumberText.grouped(done)) of \(NumberText.grouped(all)) done before"
    return done == all ? "\(counts), nothing to send" : "\(counts), in earlier runs"
  }
}
