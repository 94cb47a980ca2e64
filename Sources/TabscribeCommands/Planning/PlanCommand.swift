internal import CommandLineInterface
internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import Transcribing

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
  private static let prompts = RepeatedOption(
    "prompt",
    short: "p",
    .text("NAME"),
    help: "prompt by name or path, by default transcribe"
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
    options: TranscriptionOptions.groups(prompt: prompts) + [
      OptionGroup(
        "Planning",
        [
          PlanningOptions.whatIf, PlanningOptions.cache, PlanningOptions.countTokens,
          PlanningOptions.noEstimate,
        ]
      )
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    var transcription = try TranscriptionOptions.transcriptionSettings(settings, context)
    let limit = transcription.costLimit
    // The limit holds for the whole plan, not for each request of it.
    transcription.costLimit = nil
    var transcriber = try TranscriptionSession.transcriber(settings)
    // Each prompt asks about the same files again.
    transcriber.prober = MediaProber(remembersFacts: true)
    let requests = try await requests(arguments, settings, context, transcriber, transcription)
    let planner = Planner(
      catalog: transcriber.catalog,
      options: try PlanningOptions.plannerOptions(arguments, settings),
      learned: LearnedRatesFile.read(settings.folders)
    )
    let plan = try planner.plan(requests)
    let grid = try settings.value(of: PlanningOptions.whatIf).map {
      WhatIf(requests, axes: $0, planner: planner)
    }
    // With --json there is exactly one object: the plan, or why it is refused.
    if context.isJSON { try check(plan, limit) }
    show(plan, grid, context)
    try check(plan, limit)
    return .done
  }

  /// What would be sent, source by prompt; each text counted by the service when that is asked for.
  private static func requests(
    _ arguments: ParsedArguments,
    _ settings: Settings,
    _ context: CommandContext,
    _ transcriber: Transcriber,
    _ transcription: TranscriptionSettings
  ) async throws -> [PlanRequest] {
    let counter = arguments[PlanningOptions.countTokens] ? TextCounter(transcriber) : nil
    var requests: [PlanRequest] = []
    for prompt in try loadPrompts(settings, context) {
      for source in arguments[sources] {
        let prepared = try await transcriber.prepare(
          try context.videoSource(source),
          shownAs: context.shownPath(source),
          prompt: prompt,
          settings: transcription
        )
        requests.append(try await counter?.planRequest(of: prepared) ?? prepared.planRequest)
      }
    }
    return requests
  }

  private static func loadPrompts(
    _ settings: Settings,
    _ context: CommandContext
  ) throws -> [ExtractionPrompt] {
    let names = try settings.values(of: prompts)
    let lookup = PromptLookup(context)
    return try (names.isEmpty ? ["transcribe"] : names).map(lookup.extractionPrompt)
  }

  private static func show(_ plan: Plan, _ grid: WhatIf?, _ context: CommandContext) {
    guard !context.isJSON else {
      var document = plan.json.object ?? [:]
      if let grid { document["whatIf"] = grid.json }
      return context.print(json: .object(document))
    }
    for notice in plan.notices { context.status.message(SafeText.line(notice)) }
    let width = context.terminal.outputIsTerminal ? context.terminal.width : nil
    for line in PlanListing(plan: plan).lines(width: width, style: context.style) {
      context.print(line)
    }
    guard let grid else { return }
    context.print("")
    context.print(WhatIfListing(grid: grid).table)
  }

  private static func check(_ plan: Plan, _ limit: Decimal?) throws(CommandError) {
    guard let limit, case .refuse(let reason) = CostLimit(dollars: limit).verdict(on: plan) else {
      return
    }
    throw CommandError(
      reason,
      remedy: "Raise --cost-limit, or plan less; nothing was sent.",
      exitCode: .limit
    )
  }
}
