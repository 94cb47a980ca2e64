internal import CommandLineInterface
internal import HostSystem
internal import MediaProbing
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel

/// What a command line comes to.
struct PreparedWork: Sendable {
  /// What can be asked, in order: the prompts of a source follow each other.
  var work: [NamedWork] = []
  /// The sources that nothing can be asked about.
  var refused: [RefusedSource] = []
  /// How the results of each work are named, in the order of the work; `nil` for the usual names.
  var templates: [NameTemplate?] = []
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
  var transcriber: Transcriber
  /// Where the speakers of a series are noted.
  let ledger: LedgerFile?
  /// The speakers known before the run, as the requests tell of them.
  var knownSpeakers: String
  /// The languages that were found out, by the source as it is shown, and where they lead.
  var languages: [String: String] = [:]
  var routes = LanguageRoutes(routes: [])

  /// - Parameter makesStore: Whether what is found out about files is kept even if nothing was kept
  ///   before, and the service is asked about files that it keeps; not for what only looks.
  init(_ settings: Settings, _ context: CommandContext, makesStore: Bool = false) throws {
    self.settings = settings
    self.context = context
    prompts = ReadPrompts(context)
    ledger = settings.declares(LedgerFile.option) ? try LedgerFile(settings, context) : nil
    knownSpeakers = ledger?.context ?? ""
    var transcriber = try TranscriptionSession.transcriber(settings)
    // Each prompt asks about the same files again, and so does each command.
    let user = UserStore(settings)
    let kept = Lock(user.isThere ? try? user.opened() : nil)
    let store: @Sendable () -> RunStore? = {
      kept.withLock { kept in
        if kept == nil, makesStore { kept = try? user.opened() }
        return kept
      }
    }
    let lasting = StoredFacts(in: kept.withLock { $0 }, else: store, now: settings.now)
    transcriber.prober = MediaProber(
      server: context.program,
      memory: ProbeMemory(beyond: lasting)
    )
    transcriber.lengths = StoredLengths(in: store, now: settings.now)
    transcriber.asksForLengths = makesStore
    self.transcriber = transcriber
  }

  /// What the sources come to; one that cannot be used does not stop the others.
  ///
  /// - Throws: Mistakes that concern more than one source; and what is wrong with the only one.
  func prepare(_ spellings: [String]) async throws -> PreparedWork {
    let named = try named(spellings)
    var prepared = try await prepare(try named.sources.flatMap(self.tasks))
    prepared.refused = named.refused + prepared.refused
    if prepared.work.isEmpty, prepared.refused.count == 1 { throw prepared.refused[0].error }
    ResultNames(templates: prepared.templates, date: transcriber.now()).settle(&prepared.work)
    return prepared
  }

  /// What some of the sources come to, asked with some of their prompts, before their results are named.
  func prepare(
    _ sources: [NamedSource],
    askedWith prompts: Set<String>
  ) async throws -> PreparedWork {
    try await prepare(try sources.flatMap(tasks).filter { prompts.contains($0.prompt.name) })
  }

  /// What the sources of a command line are.
  func named(_ spellings: [String]) throws -> NamedSources {
    try SourceExpansion(context: context, options: TranscriptionOptions.listable).sources(spellings)
  }

  /// What tasks come to, in order, before their results are named.
  func prepare(_ tasks: [Preparing]) async throws -> PreparedWork {
    var results: [Int: Result<NamedWork, any Error>] = [:]
    try await withThrowingTaskGroup(of: (Int, Result<NamedWork, any Error>).self) { group in
      var waiting = tasks.enumerated().makeIterator()
      func start() {
        guard let (index, task) = waiting.next() else { return }
        group.addTask { (index, await task.result(transcriber, context)) }
      }
      for _ in 0..<Self.examinedAtOnce { start() }
      while let (index, result) = try await group.next() {
        try Task.checkCancellation()
        results[index] = result
        context.status.update("examined \(results.count) of \(tasks.count)")
        start()
      }
    }
    context.status.clear()
    var prepared = PreparedWork()
    for (index, task) in tasks.enumerated() {
      switch results[index] {
      case .success(let work):
        prepared.work.append(work)
        prepared.templates.append(task.template)
      case .failure(let error): prepared.refuse(task.spelling, error)
      case nil: break
      }
    }
    return prepared
  }

  /// What is asked about a source; a mistake that its list makes says where.
  private func tasks(of source: NamedSource) throws -> [Preparing] {
    guard let entry = source.entry else { return try asked(about: source) }
    do { return try asked(about: source) } catch {
      let mistake = ErrorExplanation.commandError(error)
      let place = Settings.Origin.list(path: entry.list, line: entry.line).description
      guard !mistake.message.contains(place) else { throw mistake }
      throw CommandError(
        "What stands \(place): \(mistake.message)",
        remedy: mistake.remedy,
        exitCode: mistake.exitCode,
        details: mistake.details
      )
    }
  }

  private func asked(about source: NamedSource) throws -> [Preparing] {
    let settings = source.entry.map(settings.settings(of:)) ?? settings
    var names = try settings.values(of: TranscriptionOptions.prompts)
    var transcription = try TranscriptionOptions.requestSettings(settings, context)
    let shown = try context.shownSource(source.spelling)
    let language = source.entry?.fact(.language) ?? languages[shown]
    if let route = language.flatMap(routes.route) {
      if let prompt = route.prompt { names = [prompt] }
      transcription.model = route.model ?? transcription.model
    }
    let usual = transcription.passes == 2 ? "transcribe-audio" : "transcribe"
    let prompts = try (names.isEmpty ? [usual] : names).map(self.prompts.prompt)
    transcription.knownSpeakers = knownSpeakers
    if let language {
      transcription.tell("The language spoken is \(language).", prompts)
      if transcription.parameters["language"] == nil,
        prompts.contains(where: { $0.template.takes("language") })
      {
        transcription.parameters["language"] = .string(language)
      }
    }
    context.sayStart(of: source.spelling, transcription)
    try PromptParameters.check(transcription.parameters, for: prompts)
    let folder = try source.place(settings)
    let template =
      settings.declares(OutputOptions.name) ? try settings.value(of: OutputOptions.name) : nil
    return prompts.map { prompt in
      Preparing(
        spelling: source.spelling,
        folder: folder,
        template: template,
        entry: source.entry,
        language: language,
        prompt: prompt,
        settings: transcription,
        isOneOfSeveral: prompts.count > 1
      )
    }
  }

  /// A source with a prompt.
  struct Preparing: Sendable {
    let spelling: String
    /// Where its results go, below the folder of all.
    var folder = ""
    /// How its results are named; `nil` for the usual names.
    var template: NameTemplate?
    /// What a list says of the source.
    var entry: ListedSource?
    /// The language spoken, a tag, where that is known.
    var language: String?
    let prompt: ExtractionPrompt
    let settings: RequestSettings
    let isOneOfSeveral: Bool
    /// What tells it from others of the same source and prompt.
    var part: String?

    fileprivate func result(
      _ transcriber: Transcriber,
      _ context: CommandContext
    ) async -> Result<NamedWork, any Error> {
      do { return .success(try await prepare(transcriber, context)) } catch {
        // A message names the file as the user did, not by where it lies on the disk.
        let path = context.absolutePath(spelling)
        return .failure(ErrorExplanation.commandError(error).naming(spelling, insteadOf: path))
      }
    }

    private func prepare(
      _ transcriber: Transcriber,
      _ context: CommandContext
    ) async throws -> NamedWork {
      let prepared = try await transcriber.prepare(
        try context.videoSource(spelling),
        shownAs: context.shownPath(spelling),
        titled: entry?.fact(.title),
        in: language,
        prompt: prompt,
        settings: settings
      )
      let stem = FileStem.cleaned(
        prepared.source.stem,
        with: isOneOfSeveral ? prompt.name : ""
      )
      return NamedWork(
        prepared: prepared,
        folder: folder,
        stem: stem,
        part: part
      )
    }
  }
}

extension RequestSettings {
  /// Adds a sentence to what prompts are told beforehand, as far as they take any.
  fileprivate mutating func tell(_ sentence: String, _ prompts: [ExtractionPrompt]) {
    guard prompts.contains(where: { $0.template.takes("context") }) else { return }
    let context = [parameters["context"]?.string, sentence].compactMap(\.self)
    parameters["context"] = .string(context.joined(separator: "\n"))
  }
}

extension NamedSource {
  /// Where its results go, below the folder of all: where a list says, else as the source lies below
  /// the folder that was named.
  fileprivate func place(_ settings: Settings) throws -> String {
    if entry?.values[OutputOptions.folder.declaration.name] != nil,
      settings.declares(OutputOptions.folder)
    {
      return try settings.value(of: OutputOptions.folder) ?? ""
    }
    return folder.split(separator: "/").map { FileStem.cleaned(String($0)) }
      .joined(separator: "/")
  }
}

extension PreparedWork {
  /// Notes a source once, however many prompts it was to be asked with.
  fileprivate mutating func refuse(_ spelling: String, _ error: any Error) {
    guard refused.last?.source != spelling else { return }
    refused.append(RefusedSource(source: spelling, error: error))
  }
}
