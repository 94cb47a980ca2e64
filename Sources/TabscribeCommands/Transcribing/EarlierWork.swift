internal import CommandLineInterface
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptModel

/// What earlier runs have done of what a command line asks for.
struct EarlierWork {
  /// Where runs are kept; `nil` when there were none.
  private let store: RunStore?
  /// Whether what is done counts at all.
  let isReused: Bool
  private let isCounted: (StoredItem) -> Bool
  /// Whether what could not be had whole counts as done, too: asked again, it would come as it did.
  private let takesPartial: Bool

  /// - Parameters:
  ///   - store: Where runs are kept; `nil` when there were none.
  ///   - earlier: The run that is taken up.
  ///   - takesPartial: Whether what could not be had whole counts as done, too; what the run that is
  ///     taken up left so does not.
  init(
    _ settings: Settings,
    in store: RunStore?,
    takingUp earlier: EarlierRun?,
    takesPartial: Bool = false
  ) throws {
    let isForced = settings.declares(OutputOptions.force) && settings.isSet(OutputOptions.force)
    // A recording holds the whole conversation.
    let isTaped =
      try settings.folder(of: TranscriptionOptions.record) != nil
      || settings.folder(of: TranscriptionOptions.replay) != nil
    isReused = earlier.map { !$0.isOffline } ?? (!isTaped && !isForced)
    self.store = isReused ? store : nil
    // A run that asks for everything anew counts only what it has done itself.
    let isAnew = earlier?.batch?.isAnew ?? isForced
    isCounted = { item in
      (earlier == nil || !isAnew || item.run == earlier?.id)
        && (item.status == .complete || item.run != earlier?.id)
    }
    self.takesPartial = takesPartial
  }

  /// The item that has the result of some work; `nil` when it is to be done.
  func item(of work: NamedWork) throws -> StoredItem? {
    let identities = work.prepared.identities
    let item =
      try takesPartial
      ? store?.answeredItem(identities: identities) : store?.completeItem(identities: identities)
    return item.flatMap { isCounted($0) ? $0 : nil }
  }

  /// What is done, with where, and what is left to do; both in the order given.
  func split(_ work: [NamedWork]) throws -> (done: [(NamedWork, StoredItem)], open: [NamedWork]) {
    var (done, open): ([(NamedWork, StoredItem)], [NamedWork]) = ([], [])
    for work in work {
      if let item = try item(of: work) { done.append((work, item)) } else { open.append(work) }
    }
    return (done, open)
  }

  /// Refuses what a batch asks already, unless it is asked for anew.
  func checkNoBatchAsks(_ work: [PreparedTranscription]) throws {
    for prepared in work {
      guard let run = try store?.batchRun(at: prepared.identities) else { continue }
      throw CommandError(
        "The batch \(run) asks the same about \(SafeText.line(prepared.source.uri)) already.",
        remedy: "Fetch it with tabscribe batch fetch \(run); with --force it is asked twice."
      )
    }
  }

  /// How much was done before, in words; `nil` when nothing was.
  static func words(done: Int, of all: Int) -> String? {
    guard done > 0 else { return nil }
    let counts = "\(NumberText.grouped(done)) of \(NumberText.grouped(all)) done before"
    return done == all ? "\(counts), nothing to send" : "\(counts), in earlier runs"
  }
}
