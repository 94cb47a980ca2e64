internal import CommandLineInterface
internal import MediaProbing
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// A prepared transcription, and what its results are called.
struct NamedWork: Sendable {
  let prepared: PreparedTranscription
  /// The names of results without their ending.
  let stem: String
  /// What tells it from others of the same source; `nil` where nothing has to.
  var part: String?

  /// What people are told it is.
  var label: String { [prepared.source.uri, part].compactMap(\.self).joined(separator: " · ") }
}

/// Prepares everything that a command line names: each source with each of its prompts.
///
/// Everything is prepared before anything is sent, so that a mistake costs nothing.
struct WorkPreparation {
  /// Files examined at a time.
  private static let examinedAtOnce = 4

  private let settings: Settings
  private let context: CommandContext
  private let prompts: ReadPrompts
  let transcriber: Transcriber
  /// Where the speakers of a series are noted.
  let ledger: LedgerFile?
  /// The speakers known before the run, as the requests tell of them.
  var knownSpeakers: String

  init(_ settings: Settings, _ context: CommandContext) throws {
    self.settings = settings
    self.context = context
    prompts = ReadPrompts(context)
    ledger = settings.declares(LedgerFile.option) ? try LedgerFile(settings, context) : nil
    knownSpeakers = ledger?.context ?? ""
    var transcriber = try TranscriptionSession.transcriber(settings)
    // Each prompt asks about the same files again.
    transcriber.prober = MediaProber(remembersFacts: true)
    self.transcriber = transcriber
  }

  /// What the sources come to, in order: the prompts of a source follow each other.
  ///
  /// - Throws: The first error, with the source in its words.
  func prepare(_ spellings: [String]) async throws -> [NamedWork] {
    let expansion = SourceExpansion(context: context, options: TranscriptionOptions.listable)
    return try await prepare(try expansion.sources(spellings).flatMap(self.tasks))
  }

  /// What tasks come to, in order.
  ///
  /// - Throws: The first error, with the source in its words.
  func prepare(_ tasks: [Task]) async throws -> [NamedWork] {
    var prepared: [Int: NamedWork] = [:]
    try await withThrowingTaskGroup(of: (Int, NamedWork).self) { group in
      var waiting = tasks.enumerated().makeIterator()
      func start() {
        guard let (index, task) = waiting.next() else { return }
        group.addTask { (index, try await task.prepare(transcriber, context)) }
      }
      for _ in 0..<Self.examinedAtOnce { start() }
      while let (index, work) = try await group.next() {
        prepared[index] = work
        start()
      }
    }
    return tasks.indices.compactMap { prepared[$0] }
  }

  private func tasks(of source: NamedSource) throws -> [Task] {
    let settings = source.entry.map(settings.settings(of:)) ?? settings
    let names = try settings.values(of: TranscriptionOptions.prompts)
    var transcription = try TranscriptionOptions.requestSettings(settings, context)
    let usual = transcription.passes == 2 ? "transcribe-audio" : "transcribe"
    let prompts = try (names.isEmpty ? [usual] : names).map(self.prompts.prompt)
    transcription.knownSpeakers = knownSpeakers
    context.sayStart(of: source.spelling, transcription)
    return prompts.map { prompt in
      Task(
        spelling: source.spelling,
        prompt: prompt,
        settings: transcription,
        isOneOfSeveral: prompts.count > 1
      )
    }
  }

  /// A source with a prompt.
  struct Task: Sendable {
    let spelling: String
    let prompt: ExtractionPrompt
    let settings: RequestSettings
    let isOneOfSeveral: Bool
    /// What tells it from others of the same source and prompt.
    var part: String?

    fileprivate func prepare(
      _ transcriber: Transcriber,
      _ context: CommandContext
    ) async throws -> NamedWork {
      let prepared = try await transcriber.prepare(
        try context.videoSource(spelling),
        shownAs: context.shownPath(spelling),
        prompt: prompt,
        settings: settings
      )
      let stem = FileStem.cleaned(prepared.source.stem)
      let name = isOneOfSeveral ? "\(stem)-\(FileStem.cleaned(prompt.name))" : stem
      return NamedWork(prepared: prepared, stem: name, part: part)
    }
  }
}
