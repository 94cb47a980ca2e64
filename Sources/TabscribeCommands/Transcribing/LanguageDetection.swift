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

/// Asks which language is spoken before anything else is asked: about the first minute of each source of
/// which nobody has said it, as a run of its own.
///
/// What is known of a language goes to the prompts, and says with which prompt and model is asked.
struct LanguageDetection {
  static let option = ValueOption(
    "detect-language",
    ValueReader<LanguageRoutes>.languageRoutes,
    help: "ask that first: auto, or ja=PROMPT[:MODEL],…"
  )
  /// The prompt that is asked.
  private static let prompt = "detect-language"
  /// How much of a source is listened to: a minute tells a language from music, titles and greetings.
  private static let length = 60_000

  /// Where languages lead.
  let routes: LanguageRoutes
  private let settings: Settings
  private let context: CommandContext

  /// `nil` where the command line does not ask for it.
  init?(_ settings: Settings, _ context: CommandContext) throws {
    guard settings.declares(Self.option), let routes = try settings.value(of: Self.option) else {
      return nil
    }
    (self.routes, self.settings, self.context) = (routes, settings, context)
  }

  /// What is known, and what is still to be asked.
  struct Known {
    /// The languages that were told before, by the source as it is shown.
    var languages: [String: String] = [:]
    /// What has to be asked.
    var open: [NamedWork] = []
  }

  /// Looks up what earlier runs have asked; sends nothing.
  func known(_ sources: [String], _ preparation: WorkPreparation) async throws -> Known {
    let work = try await work(sources, preparation)
    let user = UserStore(settings)
    let store = user.isThere ? try user.reading() : nil
    let (done, open) = try EarlierWork(.init(settings), in: store, takingUp: nil).split(work.work)
    var known = Known(open: open)
    for (work, item) in done {
      guard let document = try store?.document(of: item.id) else { continue }
      known.languages[work.prepared.source.uri] = document.mostSpokenLanguage
    }
    return known
  }

  /// Asks what is not known yet, its price told first.
  ///
  /// - Returns: The languages by the source as it is shown, and what it cost.
  /// - Throws: `CommandError` with the exit code of limits where that and what follows pass the limit.
  func asked(
    _ arguments: ParsedArguments,
    _ sources: [String],
    _ preparation: WorkPreparation
  ) async throws -> (languages: [String: String], spent: Decimal) {
    let work = try await work(sources, preparation)
    try await checkLimit(sources, work.work, preparation)
    let own = try arguments.program.parse(words(for: sources))
    let inner = context.quietened
    var session = try RunSession(
      settings: try Settings(own, inner),
      context: inner,
      transcriber: preparation.transcriber,
      arguments: own,
      ledger: nil
    )
    session.announce = { plan, _ in
      guard plan.total.requests > 0 else { return }
      let money = plan.total.cost.map { "about \(PlanListing.money($0.cached)) USD" }
      let count = NumberText.counted(plan.total.requests, "source")
      context.status.message(
        "Asking for the language of \(count) for \(money ?? "an unknown amount")."
      )
    }
    var options = try RunSettings.options(settings, context)
    options.listens = false
    options.carriesCorrections = false
    let ending = try await session.ending(of: work, takingUp: nil, options)
    try Task.checkCancellation()
    var languages: [String: String] = [:]
    for outcome in ending.outcomes {
      if let language = try outcome.document?.mostSpokenLanguage {
        languages[outcome.source] = language
      } else {
        context.status.warning(
          "The language of \(SafeText.quoted(outcome.source)) could not be told; it is asked about as usual."
        )
      }
    }
    return (languages, ending.report?.spent ?? 0)
  }

  /// The command line that asks the same, by which the run is known.
  private func words(for sources: [String]) throws -> [String] {
    var words = ["transcribe"] + sources + ["--prompt=\(Self.prompt)"]
    let asked = try self.asked()
    if let start = asked.start { words.append("--start=\(start.renderedExactly)") }
    if let end = asked.end { words.append("--end=\(end.renderedExactly)") }
    return try words + DeriveCommand.serviceWords(settings)
  }

  /// What is asked of each source.
  private func asked() throws -> RequestSettings {
    let all = try TranscriptionOptions.requestSettings(settings, context)
    var asked = try SettingArgument.serviceSettings(settings)
    asked.start = all.start
    let end = Timecode(milliseconds: (all.start ?? .zero).milliseconds + Self.length)
    asked.end = [end, all.end].compactMap(\.self).min()
    (asked.duration, asked.audioOnly) = (all.duration, all.audioOnly)
    asked.sharding = .off
    return asked
  }

  /// The work that asks it, of each source of which nobody has said the language.
  private func work(
    _ sources: [String],
    _ preparation: WorkPreparation
  ) async throws -> PreparedWork {
    let prompt = try PromptLookup(context.workplace).extractionPrompt(Self.prompt)
    let asked = try self.asked()
    let open = try await preparation.named(sources).sources.filter {
      $0.entry?.fact(.language) == nil
    }
    var work = try await preparation.prepare(
      open.map { source in
        WorkPreparation.Preparing(
          spelling: source.spelling,
          prompt: prompt,
          settings: asked,
          isOneOfSeveral: true
        )
      }
    )
    // What cannot be used is told when it is prepared for what follows.
    work.refused = []
    return work
  }

  /// Refuses what would pass the limit together with what follows, asked about as usual.
  private func checkLimit(
    _ sources: [String],
    _ work: [NamedWork],
    _ preparation: WorkPreparation
  ) async throws {
    guard let dollars = try settings.value(of: TranscriptionOptions.costLimit) else { return }
    let usual = try await preparation.prepare(sources).work
    let user = UserStore(settings)
    let earlier = try EarlierWork(
      .init(settings),
      in: user.isThere ? user.reading() : nil,
      takingUp: nil
    )
    let open = try earlier.split(work + usual).open.map(\.prepared)
    let plan = try preparation.transcriber.plan(open, options: RunSettings.planned(context))
    guard !plan.entries.isEmpty,
      case .refuse(let reason) = CostLimit(dollars: dollars).verdict(on: plan)
    else { return }
    throw CommandError(
      reason,
      remedy: "Raise it, or leave --detect-language out; nothing was sent.",
      exitCode: .limit
    )
  }
}

extension TranscriptDocument {
  /// The language that is spoken most, as the prompt about it tells; `nil` where nobody speaks.
  fileprivate var mostSpokenLanguage: String? {
    guard let table = tables.first(where: { $0.column(.language) != nil }), table.rowCount > 0,
      let column = table.column(.language), case .text(let tag) = table[0, column],
      tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }), !tag.isEmpty,
      tag.count <= 35
    else { return nil }
    return tag
  }
}
