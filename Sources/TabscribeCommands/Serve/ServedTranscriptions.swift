internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The transcriptions that pages of a server begin and take up, all of them within one limit of money.
actor ServedTranscriptions {
  private let program: Program
  private let context: CommandContext
  private let store: RunStore
  private let limit: Decimal
  private let folder: String
  private let takesPaths: Bool
  private var isStopped = false
  private var underWay: [ServedTranscription] = []
  /// What runs that this server worked on have cost, and what of it was before.
  private var costs: [String: Decimal] = [:]
  private var before: [String: Decimal] = [:]
  /// Why items have no result, with what helps, which the store does not keep.
  private var failures: [Int64: CommandError] = [:]

  /// - Parameters:
  ///   - limit: The most that all of them may cost, in US dollars.
  ///   - folder: Where results go, each transcription's into a folder of its own.
  ///   - takesPaths: Whether runs may be taken up that name files of this machine.
  init(
    _ program: Program,
    _ context: CommandContext,
    store: RunStore,
    limit: Decimal,
    folder: String,
    takesPaths: Bool
  ) {
    (self.program, self.context, self.store) = (program, context, store)
    (self.limit, self.folder, self.takesPaths) = (limit, folder, takesPaths)
  }

  /// What of the limit is neither spent nor set aside, in US dollars.
  ///
  /// What runs have cost is asked of the store, which counts requests whose price nobody saw by what
  /// was expected of them; what a run has begun beside itself, such as recipes, counts too.
  func left() throws -> Decimal {
    let own = try store.runs(limit: 1000).filter { $0.process == .current }.map(\.id)
    for run in Set(own).union(costs.keys) {
      // A run that was deleted has cost what it cost.
      costs[run] = max(costs[run] ?? 0, try store.spending(of: run))
    }
    // Of what is under way, what is set aside counts, and what was spent before that.
    var counted = costs
    for transcription in underWay {
      if let run = transcription.run { counted[run] = transcription.spentBefore }
    }
    let spent = counted.reduce(Decimal(0)) { $0 + max(0, $1.value - (before[$1.key] ?? 0)) }
    return max(0, limit - spent - underWay.reduce(0) { $0 + $1.reserved })
  }

  /// What is set aside for transcriptions under way, in US dollars.
  var reserved: Decimal { underWay.reduce(0) { $0 + $1.reserved } }

  /// The transcription under way that works on an item.
  func transcription(of item: Int64) -> ServedTranscription? {
    underWay.first { $0.items.contains(item) }
  }

  /// Why an item has no result, as far as that happened here.
  func failure(of item: Int64) -> CommandError? { failures[item] }

  /// Begins a transcription, and waits until its requests are about to be sent.
  ///
  /// - Throws: `CommandError` where nothing may be begun.
  func start(_ order: TranscriptionOrder) async throws -> ServedTranscription {
    let reserved = try reservation(order.costLimit)
    let place = FilePath.joined(
      folder,
      NumberText.hexadecimal(UInt64.random(in: .min ... .max))
    )
    let words = order.transcription(to: place, within: reserved)
    try Program.checkWords(words, context.secrets)
    let arguments = try program.parse(words)
    return await begin(reserved) { context, listener in
      try await TranscribeCommand.run(arguments, context, listener: listener)
    }
  }

  /// Takes up the run of an item within the run's own limit, as `runs resume` does.
  ///
  /// - Parameter higher: A limit in place of the run's own, for all that it costs.
  /// - Throws: `CommandError` where it cannot be taken up from here.
  func resume(_ item: StoredItem, within higher: Decimal?) async throws -> ServedTranscription {
    let run = try RunsResumeCommand.summary(of: item.run, context)
    let isOrder =
      takesPaths
      || TranscriptionOrder.isOrder(run.arguments, within: FilePath.parent(of: folder))
    guard run.workers == nil, run.arguments.first == TranscribeCommand.command.name, isOrder else {
      throw CommandError(
        "This run is taken up on the command line.",
        remedy: "tabscribe runs resume \(run.id)"
      )
    }
    guard !underWay.contains(where: { $0.run == run.id }) else {
      throw CommandError("It is under way.", remedy: "Load the page anew.")
    }
    let spent = try store.spending(of: run.id)
    let own = (higher ?? run.costLimit).map { max(0, $0 - spent) }
    let left = try left()
    let reserved = try reservation(own.map { min($0, left) })
    if costs[run.id] == nil { (before[run.id], costs[run.id]) = (spent, spent) }
    var earlier = EarlierRun(run)
    earlier.costLimit = spent + reserved
    return await begin(reserved, after: spent) { [program, earlier] context, listener in
      try await earlier.takeUp(run, program: program, context, listener: listener)
    }
  }

  /// Stops all of them as an interrupt does, and waits for their end; none is begun any more.
  func stop() async {
    isStopped = true
    let all = underWay
    for transcription in all { transcription.stop() }
    for transcription in all { await transcription.ended() }
  }

  /// What is set aside for one more.
  private func reservation(_ wanted: Decimal?) throws -> Decimal {
    guard !isStopped else {
      throw CommandError("This server is being stopped.", remedy: "Start tabscribe serve anew.")
    }
    let left = try left()
    guard left > 0, wanted ?? 0 <= left else {
      let rest =
        left > 0
        ? "\(MoneyText.rendered(left)) USD of this server's limit of \(limit) USD are left."
        : "Nothing of this server's limit of \(limit) USD is left."
      throw CommandError(
        rest,
        remedy: reserved > 0
          ? "Wait until what is under way has ended, or start tabscribe serve with a higher --cost-limit."
          : "Start tabscribe serve with a higher --cost-limit.",
        exitCode: .limit
      )
    }
    return wanted ?? left
  }

  private func begin(
    _ reserved: Decimal,
    after spent: Decimal = 0,
    _ body: @escaping @Sendable (CommandContext, any RunListener) async throws -> ExitCode
  ) async -> ServedTranscription {
    let hidden = FilePath.parent(of: folder)
    let transcription = ServedTranscription(
      reserved: reserved,
      after: spent,
      hiding: hidden
    )
    underWay.append(transcription)
    transcription.begin(in: context, whenEnded: { await self.end(transcription) }, body)
    await transcription.begun()
    return transcription
  }

  private func end(_ transcription: ServedTranscription) {
    underWay.removeAll { $0 === transcription }
    for item in transcription.items { failures[item] = transcription.failures[item] }
    // What it has cost is asked when the next one is begun.
    if let run = transcription.run { costs[run] = costs[run] ?? 0 }
  }
}
