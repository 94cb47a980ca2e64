internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `plan`: what would be sent, in which order, and what it would cost; sends nothing.
enum PlanCommand {
  private static let sources = RepeatedOperand(
    .text("SOURCE", completion: .files),
    help: "video or audio, as for transcribe"
  )

  static let command = Command(
    "plan",
    abstract: "Say what transcribing would send and cost; send nothing",
    examples: [
      .init("tabscribe plan talk.mp4", "tokens and price of one request"),
      .init("tabscribe plan a.mp4 b.mp4 -p transcribe -p sounds", "the order that caches well"),
      .init("tabscribe plan talk.mp4 --what-if fps,encoding", "what other settings would cost"),
    ],
    operands: [sources],
    options: TranscriptionOptions.groups + [
      OptionGroup(
        "Planning",
        [LanguageDetection.option, PlanningOptions.whatIf] + SettingArgument.options(in: .sending)
          + [PlanningOptions.countTokens, PlanningOptions.noEstimate, PlanningOptions.force]
      )
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    let limit = try settings.value(of: TranscriptionOptions.costLimit)
    var preparation = try WorkPreparation(settings, context)
    // Only who lets the service count is willing to ask it anything.
    preparation.transcriber.asksForLengths = arguments[PlanningOptions.countTokens]
    let transcriber = preparation.transcriber
    let detection = try LanguageDetection(settings, context)
    let detected = try await detection?.known(arguments[sources], preparation)
    preparation.routes = detection?.routes ?? preparation.routes
    preparation.languages = detected?.languages ?? [:]
    let prepared = try await preparation.prepare(arguments[sources])
    let (all, refused) = (prepared.work, prepared.refused)
    let user = UserStore(settings)
    let store = user.isThere ? try user.reading() : nil
    let (done, open) = try EarlierWork(.init(settings), in: store, takingUp: nil).split(all)
    let work = open.map(\.prepared)
    let options = try RunSettings.planned(context)
    let first = detected?.open ?? []
    let requests = try await requests(
      for: first.map(\.prepared) + work,
      options,
      counted: arguments,
      transcriber
    )
    let planner = transcriber.planner(
      for: work,
      allowsUnknowns: arguments[PlanningOptions.noEstimate]
    )
    let notices = first.isEmpty ? [] : [Self.openLanguage]
    let plan = try planner.plan(requests)
      .noting(notices + work.flatMap(\.notices).map(SettingWords.flags))
    let grid = try settings.value(of: PlanningOptions.whatIf).map {
      WhatIf(requests, axes: $0, planner: planner)
    }
    // With --json there is exactly one object: the plan, or why it is refused.
    if context.isJSON { try check(plan, limit) }
    let listing = PlanListing(plan: plan, done: done.count, work: all.count + first.count)
    show(listing, done, refused, grid, context)
    try check(plan, limit)
    guard !refused.isEmpty else { return .done }
    return all.isEmpty ? .failed : .incomplete
  }

  private static let openLanguage =
    "The language is asked first, about a minute; what follows is planned as it is asked without it."

  /// What would be sent; each text counted by the service when that is asked for.
  private static func requests(
    for work: [PreparedTranscription],
    _ options: RunOptions,
    counted arguments: ParsedArguments,
    _ transcriber: Transcriber
  ) async throws -> [PlanRequest] {
    guard arguments[PlanningOptions.countTokens] else {
      return try transcriber.planRequests(of: work, options: options)
    }
    let counter = TextCounter(transcriber)
    var requests: [PlanRequest] = []
    for prepared in work {
      requests += try await counter.planRequests(of: prepared, options: options)
    }
    return requests
  }

  private static func show(
    _ listing: PlanListing,
    _ done: [(NamedWork, StoredItem)],
    _ refused: [RefusedSource],
    _ grid: WhatIf?,
    _ context: CommandContext
  ) {
    let failed = refused.map(WorkOutcome.init)
    guard !context.isJSON else {
      var document = listing.plan.json.object ?? [:]
      document["doneBefore"] = .array(done.map { json(of: $0, doneBy: $1) })
      if !failed.isEmpty { document["refused"] = .array(failed.map(\.json)) }
      if let grid { document["whatIf"] = grid.json }
      return context.print(json: .object(document))
    }
    for source in failed {
      OutcomeLine(context: context).show(source.outcome, of: SafeText.line(source.source))
    }
    for notice in listing.plan.notices {
      context.status.message(SafeText.line(SettingWords.flags(in: notice)))
    }
    let width = context.terminal.outputIsTerminal ? context.terminal.width : nil
    for line in listing.lines(width: width, style: context.style) {
      context.print(line)
    }
    guard let grid else { return }
    context.print("")
    context.print(WhatIfListing(grid: grid).table)
  }

  private static func json(of work: NamedWork, doneBy item: StoredItem) -> JSONValue {
    [
      "source": .string(work.prepared.source.uri),
      "prompt": .string(work.prepared.prompt.name),
      "run": .string(item.reference),
    ]
  }

  private static func check(_ plan: Plan, _ limit: Decimal?) throws(CommandError) {
    guard let limit, case .refuse(let reason) = CostLimit(dollars: limit).verdict(on: plan) else {
      return
    }
    throw CommandError(
      reason,
      remedy: "Raise it, lower --fps or --media-resolution, or choose another model; nothing was "
        + "sent.",
      exitCode: .limit
    )
  }
}
