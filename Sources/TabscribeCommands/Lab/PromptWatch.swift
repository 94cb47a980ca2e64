internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import PromptLinting
internal import PromptTemplates
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// A prompt under edit: what is known of its last version, and the results of the one asked last.
struct PromptWatch {
  /// The most bytes of a prompt.
  static let largestPrompt = 1 << 20

  let path: String
  let sources: [String]
  let clips: [LabFile.Clip]
  let settings: Settings
  let arguments: ParsedArguments
  let context: CommandContext
  /// What is ready to be asked; empty while the prompt cannot be.
  private var work: [NamedWork] = []
  private var transcriber: Transcriber?
  /// The rendered text of the version before.
  private var text: String?
  /// The results of the version asked last, by what they are about.
  private var results: [String: TranscriptOperand] = [:]

  init(
    path: String,
    sources: [String],
    clips: [LabFile.Clip],
    settings: Settings,
    arguments: ParsedArguments,
    context: CommandContext
  ) {
    (self.path, self.sources, self.clips) = (path, sources, clips)
    (self.settings, self.arguments, self.context) = (settings, arguments, context)
  }

  /// Says what the linter says, how the rendered prompt has changed, and what asking would take.
  mutating func check() async {
    do {
      try lint()
      try await prepare()
      try showEstimate()
    } catch {
      work = []
      context.status.failure(ErrorExplanation.commandError(error), about: path)
    }
  }

  private func lint() throws {
    let (template, item) = try PromptLookup(context.workplace).template(path)
    let findings = PromptLinter(catalog: try .builtIn())
      .findings(PromptSubject(name: item.name, template: template))
    context.print(
      context.style.bold(SafeText.line(item.name))
        + (findings.isEmpty ? ": the linter has nothing to say" : "")
    )
    for finding in findings {
      let line = finding.location.map { ", line \($0.line)" } ?? ""
      context.print("  \(finding.rule.severity.rawValue)\(line): \(SafeText.line(finding.message))")
    }
  }

  private mutating func prepare() async throws {
    let preparation = try WorkPreparation(settings, context)
    let prompt = try PromptLookup(context.workplace).extractionPrompt(path)
    var request = try SettingArgument.requestSettings(settings)
    for parameter in try settings.values(of: TranscriptionOptions.parameters) {
      request.parameters[parameter.name] = .string(parameter.value)
    }
    let tasks = sources.flatMap { source in
      (clips.isEmpty ? [nil] : clips.map(Optional.some)).map { clip in
        var own = request
        (own.start, own.end) = (clip?.start, clip?.end)
        return WorkPreparation.Preparing(
          spelling: source,
          prompt: prompt,
          settings: own,
          isOneOfSeveral: true,
          part: clip?.name
        )
      }
    }
    let prepared = try await preparation.prepare(tasks)
    if let refused = prepared.refused.first { throw refused }
    work = prepared.work
    transcriber = preparation.transcriber
  }

  private mutating func showEstimate() throws {
    guard let transcriber, let first = work.first else {
      context.print("  Give --on VIDEO to see what asking would take, and to ask.")
      return
    }
    let rendered = first.prepared.promptText
    if let text, text != rendered {
      for line in DifferenceText.lines(WordDifference(text, rendered), style: context.style) {
        context.print("  " + line)
      }
    }
    text = rendered
    let (done, open) = try EarlierWork(
      .init(settings),
      in: store(),
      takingUp: nil,
      takesPartial: true
    ).split(work)
    let plan = try transcriber.plan(
      open.map(\.prepared),
      options: RunSettings.options(settings, context)
    )
    for line in PlanListing(plan: plan, done: done.count, work: work.count).summary {
      context.print(line)
    }
    context.print(" Return asks" + (results.isEmpty ? "" : " and compares") + "; q ends.")
  }

  private func store() throws -> RunStore? {
    let user = UserStore(settings)
    return user.isThere ? try user.reading() : nil
  }

  /// Asks what is ready, and compares each result with that of the version asked before.
  mutating func ask() async {
    guard let transcriber, !work.isEmpty else {
      context.print(
        "There is nothing to ask: " + (sources.isEmpty ? "give --on VIDEO." : "mend the prompt.")
      )
      return
    }
    do {
      let session = try RunSession(
        settings: settings,
        context: context,
        transcriber: transcriber,
        writer: nil,
        arguments: arguments,
        ledger: nil
      )
      let ending = try await session.ending(
        of: PreparedWork(work: work),
        takingUp: nil,
        RunSettings.options(settings, context)
      )
      ending.tell(context)
      try showResults()
    } catch {
      context.status.failure(ErrorExplanation.commandError(error), about: path)
    }
  }

  private mutating func showResults() throws {
    guard let store = try store() else { return }
    for work in work {
      guard let item = try store.answeredItem(identities: work.prepared.identities),
        let result = try TranscriptOperands([item.reference], context.workplace).found.first
      else { continue }
      if let before = results[work.label] {
        ComparisonListing(
          report: try ComparisonReport(before, result, tolerance: Self.tolerance),
          context: context
        ).show()
      } else {
        let rows = result.document.transcript.segments.count
        context.print(
          "\(SafeText.line(work.label)): \(rows) rows, \(SafeText.line(result.spelling)); the next "
            + "version is compared with it."
        )
      }
      results[work.label] = result
    }
  }

  /// Starts no further apart count as the same, in milliseconds, as `compare` has it.
  private static let tolerance = 1000
}
