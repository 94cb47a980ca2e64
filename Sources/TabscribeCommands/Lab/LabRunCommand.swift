internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `lab run`: asks what a lab asks, as far as it was not asked before, and scores the answers.
enum LabRunCommand {
  /// Whether a command line is one of this command.
  static func isRun(_ arguments: ParsedArguments) -> Bool {
    arguments.path.dropFirst().map(\.name) == ["lab", "run"]
  }

  static let file = RequiredOperand(
    .text("LAB", completion: .files),
    help: "a lab: a YAML file with videos and variants"
  )
  private static let planOnly = Flag("plan", help: "say what would be asked and cost; send nothing")
  private static let byBatch = Flag(
    "batch",
    help: "ask at half the price, within a day; give it again for the answers"
  )

  static let command = Command(
    "run",
    abstract: "Try the variants of a lab, and score what comes back",
    examples: [
      .init("tabscribe lab run lab.yaml --plan", "what it would ask, and what that would cost"),
      .init("tabscribe lab run lab.yaml --cost-limit 2", "asks what was not asked before"),
      .init("tabscribe lab run lab.yaml --batch --wait", "by batches, however long they take"),
    ],
    discussion: """
      A lab has variants (prompt, param, schema, wording, and any setting of transcribe such as \
      model, encoding, thinking, fps, resolution, passes), tried on videos or clips of them, repeats \
      times each. A list in place of a setting makes a variant of each:

          videos:
            - {source: talk.mp4, reference: talk.stm, clips: [0:00-2:00, 5:00-7:00]}
          variants:
            - {name: now, prompt: transcribe}
            - {name: terse, prompt: prompts/terse.prompt, encoding: [json, tsv]}
          repeats: 3
          gate: {wer: {at-most: 0.1, not-worse-by: 0.01}}

      With transcripts: in place of videos, variants are recipes. What was asked before, by a lab or \
      by transcribe, is read from the store. Paths begin at the lab's folder.
      """,
    operands: [file],
    options: [
      OptionGroup(
        "Service",
        [TranscriptionOptions.backend, TranscriptionOptions.project, TranscriptionOptions.location]
          + [TranscriptionOptions.costLimit]
      ),
      OptionGroup(
        "Sending",
        [
          planOnly, byBatch, BatchFetchCommand.waits, BatchSubmitCommand.storage, RunSettings.jobs,
          RunSettings.maxFailures, RunSettings.noContinue,
        ]
          + TranscriptionOptions.sending
      ),
    ],
    run: { try await run($0, $1) }
  )

  /// Runs the command, or takes up a run of it.
  ///
  /// - Parameter earlier: The run to take up; a stopped one of the same lab is taken up unasked.
  static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    takingUp earlier: EarlierRun? = nil
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    try checkBatchOptions(arguments, settings)
    let lab = try await LabPreparation(
      LabFile(at: arguments[file], context.workplace),
      settings,
      context
    )
    .prepared(isStreamed: !arguments[byBatch])
    for note in lab.notes { context.status.message(SettingWords.flags(in: note)) }
    // What batches ask is known by the batches.
    let stopped =
      arguments[byBatch] ? nil : try earlier ?? EarlierRun.stopped(arguments, context)
    let plan = try plan(lab, settings, stopped, context)
    if arguments[planOnly] {
      show(plan, context)
      return .done
    }
    let batches = arguments[byBatch] ? try LabBatches(lab, arguments, context) : nil
    if try batches?.hasNews() ?? true {
      for line in plan.lines(width: context.status.liveWidth, style: context.status.style) {
        context.status.message(line)
      }
    }
    let store = try UserStore(settings).opened()
    let began = context.now()
    if let batches {
      let pending = try await batches.advanced()
      guard pending.isEmpty else {
        batches.show(pending)
        return .incomplete
      }
      try showRound(of: lab, at: began, in: store, context)
      return try open(lab, settings, nil, in: store).isEmpty ? .done : .incomplete
    }
    let session = try RunSession(
      settings: settings,
      context: context,
      transcriber: lab.transcriber,
      writer: nil,
      arguments: arguments,
      ledger: nil
    )
    let isOpen = try !open(lab, settings, stopped, in: store).isEmpty
    if isOpen, stopped?.isOffline != true { try lab.transcriber.client.requireCredentials() }
    if isOpen, earlier == nil, let stopped {
      context.status.message("Taking up run \(stopped.id), which was stopped.")
    }
    let ending = try await session.ending(
      of: PreparedWork(work: lab.work),
      takingUp: isOpen ? stopped : nil,
      RunSettings.options(settings, context)
    )
    ending.tell(context)
    try showRound(of: lab, at: began, in: store, context)
    return ending.exitCode
  }

  /// Scores what the store has, keeps the round, and shows it.
  private static func showRound(
    of lab: PreparedLab,
    at moment: Date,
    in store: RunStore,
    _ context: CommandContext
  ) throws {
    let round = try keep(
      LabRoundMaker(lab: lab, store: store, place: context.workplace).round(at: moment),
      in: store
    )
    LabReport(round).show(context)
  }

  /// Refuses options that would have no effect.
  private static func checkBatchOptions(
    _ arguments: ParsedArguments,
    _ settings: Settings
  ) throws {
    let isTaped =
      try settings.folder(of: TranscriptionOptions.record) != nil
      || settings.folder(of: TranscriptionOptions.replay) != nil
    if arguments[byBatch], isTaped {
      throw CommandError.usage(
        "A batch can be neither recorded nor replayed.",
        remedy: "Leave --batch, or --record and --replay, out."
      )
    }
    if !arguments[byBatch], arguments[BatchFetchCommand.waits] {
      throw CommandError.usage("--wait is for batches.", remedy: "Give --batch, too.")
    }
  }

  /// Whether a run was begun by this command for the same lab in the same folder.
  static func isSameLab(
    _ run: RunSummary,
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    byBatch isBatch: Bool
  ) -> Bool {
    guard let words = try? arguments.program.parse(run.arguments), isRun(words),
      words[byBatch] == isBatch, run.workingFolder == context.workingFolder
    else { return false }
    return context.absolutePath(words[file]) == context.absolutePath(arguments[file])
  }

  /// What is to be asked.
  private static func open(
    _ lab: PreparedLab,
    _ settings: Settings,
    _ stopped: EarlierRun?,
    in store: RunStore?
  ) throws -> [NamedWork] {
    try EarlierWork(.init(settings), in: store, takingUp: stopped, takesPartial: true).split(
      lab.work
    ).open
  }

  private static func show(_ plan: PlanListing, _ context: CommandContext) {
    guard !context.isJSON else {
      var document = plan.plan.json.object ?? [:]
      document["doneBefore"] = .init(plan.done)
      return context.print(json: .object(document))
    }
    let width = context.terminal.outputIsTerminal ? context.terminal.width : nil
    for line in plan.lines(width: width, style: context.style) { context.print(line) }
  }

  /// What it will ask, and what that will cost, before anything is sent.
  private static func plan(
    _ lab: PreparedLab,
    _ settings: Settings,
    _ stopped: EarlierRun?,
    _ context: CommandContext
  ) throws -> PlanListing {
    let user = UserStore(settings)
    let store = user.isThere ? try user.reading() : nil
    let work = lab.work
    let open = try open(lab, settings, stopped, in: store)
    let answers = try stopped.flatMap { run in
      try store.map { try EarlierAnswers(of: run.id, in: $0) }
    }
    let plan = try lab.transcriber.plan(
      open.map(\.prepared),
      options: RunSettings.options(settings, context),
      takingUp: answers
    )
    let clips = Set(lab.cells.map { LabPlace(video: $0.video, clip: $0.clip) }).count
    context.status.message(
      "\(Self.counted(lab.variants.count, "variant")) x \(Self.counted(clips, "clip")) x "
        + "\(Self.counted(lab.file.repeats, "repeat"))"
    )
    return PlanListing(plan: plan, done: work.count - open.count, work: work.count)
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    NumberText.counted(count, noun)
  }

  /// Keeps a round unless the newest one says the same.
  private static func keep(_ round: LabRound, in store: RunStore) throws -> LabRound {
    if let newest = try store.newestLabRound(of: round.lab), newest.isSame(as: round) {
      return newest
    }
    return try store.add(round)
  }
}

/// A clip of a video.
private struct LabPlace: Hashable {
  let video: Int
  let clip: LabFile.Clip?
}

extension EarlierRun {
  /// The newest run of the same command line in the same folder that was stopped in its course.
  static func stopped(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> EarlierRun? {
    let store = UserStore(context)
    guard store.isThere else { return nil }
    let run = try store.reading().runs(limit: 200).first { run in
      run.status == .interrupted
        && LabRunCommand.isSameLab(run, arguments, context, byBatch: false)
    }
    return run.map { run in
      var earlier = EarlierRun(run)
      // The limit is that of this command line.
      earlier.costLimit = nil
      return earlier
    }
  }
}
