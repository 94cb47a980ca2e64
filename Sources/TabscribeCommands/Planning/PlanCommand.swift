internal import CommandLineInterface
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
    ],
    operands: [sources],
    options: TranscriptionOptions.groups(prompt: prompts),
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
    let transcriber = try TranscriptionSession.transcriber(settings)
    var requests: [PlanRequest] = []
    for prompt in try loadPrompts(settings, context) {
      for source in arguments[sources] {
        let prepared = try await transcriber.prepare(
          try context.videoSource(source),
          shownAs: context.shownPath(source),
          prompt: prompt,
          settings: transcription
        )
        requests.append(prepared.planRequest)
      }
    }
    let day = CalendarDay(secondsSince1970: Int(Date().timeIntervalSince1970))
    let planner = Planner(catalog: transcriber.catalog, options: PlannerOptions(day: day))
    let plan = try planner.plan(requests)
    // With --json there is exactly one object: the plan, or why it is refused.
    if context.isJSON { try check(plan, limit) }
    show(plan, context)
    try check(plan, limit)
    return .done
  }

  private static func loadPrompts(
    _ settings: Settings,
    _ context: CommandContext
  ) throws -> [ExtractionPrompt] {
    let names = try settings.values(of: prompts)
    let lookup = PromptLookup(context)
    return try (names.isEmpty ? ["transcribe"] : names).map(lookup.extractionPrompt)
  }

  private static func show(_ plan: Plan, _ context: CommandContext) {
    guard !context.isJSON else { return context.print(json: plan.json) }
    for notice in plan.notices { context.status.message(SafeText.line(notice)) }
    let width = context.terminal.outputIsTerminal ? context.terminal.width : nil
    for line in PlanListing(plan: plan).lines(width: width, style: context.style) {
      context.print(line)
    }
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
