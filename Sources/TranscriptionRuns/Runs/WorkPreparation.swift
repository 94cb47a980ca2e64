internal import GeminiAPI
internal import HostSystem
internal import MediaProbing
internal import OrderedJSON
internal import PromptTemplates
package import RequestPlanning
internal import RunStore
package import Transcribing
internal import TranscriptModel

/// What a command line comes to.
package struct PreparedWork: Sendable {
  /// What can be asked, in order: the prompts of a source follow each other.
  package var work: [NamedWork] = []
  /// The sources that nothing can be asked about.
  package var refused: [RefusedSource] = []
  /// How the results of each work are named, in the order of the work; `nil` for the usual names.
  package var templates: [NameTemplate?] = []

  /// Work; none by default.
  package init(
    work: [NamedWork] = [],
    refused: [RefusedSource] = [],
    templates: [NameTemplate?] = []
  ) {
    (self.work, self.refused, self.templates) = (work, refused, templates)
  }
}

/// Prepares everything that a command line names: each source with each of its prompts.
///
/// Everything is prepared before anything is sent, so that a mistake costs nothing.
package struct WorkPreparation: Sendable {
  /// Files examined at a time.
  private static let examinedAtOnce = 4

  private let place: Workplace
  private let listable: [String]
  private let asks: @Sendable (NamedSource) throws -> Asked
  private let prompts: ReadPrompts
  package var transcriber: Transcriber
  /// Where the speakers of a series are noted.
  package let ledger: LedgerFile?
  /// The speakers known before the run, as the requests tell of them.
  package var knownSpeakers: String
  /// The languages that were found out, by the source as it is shown, and where they lead.
  package var languages: [String: String] = [:]
  package var routes = LanguageRoutes(routes: [])

  /// What a user asks about a source.
  package struct Asked {
    /// Prompts by name or path; none for the usual one.
    package var prompts: [String]
    /// How they are asked.
    package var settings: RequestSettings
    /// How results are named; `nil` for the usual names.
    package var template: NameTemplate?
    /// The folder of its results, below that of all; `nil` for where the source lies.
    package var folder: String?

    /// A question.
    package init(
      prompts: [String],
      settings: RequestSettings,
      template: NameTemplate?,
      folder: String?
    ) {
      (self.prompts, self.settings) = (prompts, settings)
      (self.template, self.folder) = (template, folder)
    }
  }

  /// - Parameters:
  ///   - place: Where it is done.
  ///   - transcriber: What will send.
  ///   - ledger: Where the speakers of a series are noted.
  ///   - listable: Names of the settings that a list may give for a source.
  ///   - makesStore: Whether what is found out about files is kept even if nothing was kept before, and
  ///     the service is asked about files that it keeps; not for what only looks.
  ///   - asks: What a user asks about a source.
  package init(
    _ place: Workplace,
    _ transcriber: Transcriber,
    ledger: LedgerFile?,
    listable: [String],
    makesStore: Bool,
    asks: @escaping @Sendable (NamedSource) throws -> Asked
  ) {
    (self.place, self.ledger, self.listable, self.asks) = (place, ledger, listable, asks)
    prompts = ReadPrompts(place)
    knownSpeakers = ledger?.context ?? ""
    var transcriber = transcriber
    // Each prompt asks about the same files again, and so does each command.
    let user = place.store
    let kept = Lock(user.isThere ? try? user.opened() : nil)
    let store: @Sendable () -> RunStore? = {
      kept.withLock { kept in
        if kept == nil, makesStore { kept = try? user.opened() }
        return kept
      }
    }
    let lasting = StoredFacts(in: kept.withLock { $0 }, else: store, now: place.now)
    transcriber.prober = MediaProber(
      server: place.program,
      memory: ProbeMemory(beyond: lasting)
    )
    let elsewhere = StoredLengths(in: store, now: place.now)
    (transcriber.lengths, transcriber.versions) = (elsewhere, elsewhere)
    transcriber.asksForLengths = makesStore
    self.transcriber = transcriber
  }

  /// What the sources come to; one that cannot be used does not stop the others.
  ///
  /// - Throws: Mistakes that concern more than one source; and what is wrong with the only one.
  package func prepare(_ spellings: [String]) async throws -> PreparedWork {
    let named = try await named(spellings)
    var prepared = try await prepare(try named.sources.flatMap(self.tasks))
    prepared.refused = named.refused + prepared.refused
    if prepared.work.isEmpty, prepared.refused.count == 1 { throw prepared.refused[0] }
    ResultNames(templates: prepared.templates, date: transcriber.now()).settle(&prepared.work)
    return prepared
  }

  /// What some of the sources come to, asked with some of their prompts, before their results are named.
  package func prepare(
    _ sources: [NamedSource],
    askedWith prompts: Set<String>
  ) async throws -> PreparedWork {
    try await prepare(try sources.flatMap(tasks).filter { prompts.contains($0.prompt.name) })
  }

  /// What the sources of a command line are.
  package func named(_ spellings: [String]) async throws -> NamedSources {
    var expansion = SourceExpansion(place: place, options: listable)
    for spelling in spellings where expansion.buckets[spelling] == nil {
      guard let folder = StorageAddress(folder: spelling) else { continue }
      do {
        let reader = try transcriber.client.objectReader(of: folder)
        let found = try await SourceExpansion.media(in: spelling, folder, by: reader)
        expansion.buckets[spelling] = .success(found)
      } catch let error as CancellationError {
        throw error
      } catch {
        expansion.buckets[spelling] = .failure(error)
      }
    }
    return try expansion.sources(spellings)
  }

  /// What tasks come to, in order, before their results are named.
  package func prepare(_ tasks: [Preparing]) async throws -> PreparedWork {
    var results: [Int: Result<NamedWork, any Error>] = [:]
    try await withThrowingTaskGroup(of: (Int, Result<NamedWork, any Error>).self) { group in
      var waiting = tasks.enumerated().makeIterator()
      func start() {
        guard let (index, task) = waiting.next() else { return }
        group.addTask { (index, await task.result(transcriber, place)) }
      }
      for _ in 0..<Self.examinedAtOnce { start() }
      while let (index, result) = try await group.next() {
        try Task.checkCancellation()
        results[index] = result
        place.notices.update("examined \(results.count) of \(tasks.count)")
        start()
      }
    }
    place.notices.clear()
    var prepared = PreparedWork()
    for (index, task) in tasks.enumerated() {
      switch results[index] {
      case .success(let work):
        prepared.work.append(work)
        prepared.templates.append(task.template)
      case .failure(let error):
        prepared.refuse(task.spelling, place.absolutePath(task.spelling), error)
      case nil: break
      }
    }
    return prepared
  }

  /// What is asked about a source; a mistake that its list makes says where.
  private func tasks(of source: NamedSource) throws -> [Preparing] {
    guard let entry = source.entry else { return try asked(about: source) }
    do { return try asked(about: source) } catch {
      throw ListMistake(entry: entry, error: error)
    }
  }

  private func asked(about source: NamedSource) throws -> [Preparing] {
    let asked = try asks(source)
    var (names, transcription) = (asked.prompts, asked.settings)
    let shown = try place.shownSource(source.spelling)
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
    place.sayStart(of: source.spelling, transcription)
    try PromptParameters.check(transcription.parameters, for: prompts)
    return prompts.map { prompt in
      Preparing(
        spelling: source.spelling,
        folder: asked.folder ?? source.cleanedFolder,
        template: asked.template,
        entry: source.entry,
        language: language,
        prompt: prompt,
        settings: transcription,
        isOneOfSeveral: prompts.count > 1
      )
    }
  }

  /// A source with a prompt.
  package struct Preparing: Sendable {
    package let spelling: String
    /// Where its results go, below the folder of all.
    package var folder = ""
    /// How its results are named; `nil` for the usual names.
    package var template: NameTemplate?
    /// What a list says of the source.
    package var entry: ListedSource?
    /// The language spoken, a tag, where that is known.
    package var language: String?
    package let prompt: ExtractionPrompt
    package let settings: RequestSettings
    package let isOneOfSeveral: Bool
    /// What tells it from others of the same source and prompt.
    package var part: String?

    /// A source with a prompt.
    package init(
      spelling: String,
      folder: String = "",
      template: NameTemplate? = nil,
      entry: ListedSource? = nil,
      language: String? = nil,
      prompt: ExtractionPrompt,
      settings: RequestSettings,
      isOneOfSeveral: Bool,
      part: String? = nil
    ) {
      (self.spelling, self.folder, self.template, self.entry) = (spelling, folder, template, entry)
      (self.language, self.prompt, self.settings) = (language, prompt, settings)
      (self.isOneOfSeveral, self.part) = (isOneOfSeveral, part)
    }

    fileprivate func result(
      _ transcriber: Transcriber,
      _ place: Workplace
    ) async -> Result<NamedWork, any Error> {
      do { return .success(try await prepare(transcriber, place)) } catch {
        return .failure(error)
      }
    }

    private func prepare(
      _ transcriber: Transcriber,
      _ place: Workplace
    ) async throws -> NamedWork {
      let prepared = try await transcriber.prepare(
        try place.videoSource(spelling),
        shownAs: place.shownPath(spelling),
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
  /// Where its results go, below the folder of all: as it lies below the folder that was named.
  fileprivate var cleanedFolder: String {
    folder.split(separator: "/").map { FileStem.cleaned(String($0)) }.joined(separator: "/")
  }
}

extension PreparedWork {
  /// Notes a source once, however many prompts it was to be asked with.
  fileprivate mutating func refuse(_ spelling: String, _ path: String, _ error: any Error) {
    guard refused.last?.source != spelling else { return }
    refused.append(RefusedSource(source: spelling, path: path, error: error))
  }
}
