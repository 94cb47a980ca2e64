internal import GeminiAPI
public import RequestPlanning
internal import TranscriptModel

extension Transcriber {
  /// The plan of some work as it would be carried out.
  ///
  /// - Parameters:
  ///   - work: What is to be done.
  ///   - options: How.
  ///   - allowsUnknowns: Whether requests whose model, length or price is not known are planned
  ///     without an estimate.
  ///   - earlier: What a run that is taken up has answers to.
  /// - Throws: `PlanError`; `PromptError` when the second pass cannot be asked for.
  public func plan(
    _ work: [PreparedTranscription],
    options: RunOptions = RunOptions(),
    allowsUnknowns: Bool = true,
    takingUp earlier: EarlierAnswers? = nil
  ) throws -> Plan {
    try planner(for: work, allowsUnknowns: allowsUnknowns)
      .plan(planRequests(of: work, options: options, takingUp: earlier))
  }

  /// Plans requests as some work asks for it.
  public func planner(for work: [PreparedTranscription], allowsUnknowns: Bool = true) -> Planner {
    var planning = PlannerOptions(day: day)
    planning.allowsUnknowns = allowsUnknowns
    planning.isStreamed = isStreamed
    planning.explicitCaching = work.first?.settings.cache ?? .automatic
    planning.canNameCaches = client.configuration.api == .generateContent
    return Planner(catalog: catalog, options: planning, learned: learned)
  }

  /// Every request that some work is known to take, as far as planning goes: one for each clip, and
  /// behind it that of its second pass, where two are asked for.
  ///
  /// - Throws: `PromptError`; ``TranscriptionError``.
  public func planRequests(
    of work: [PreparedTranscription],
    options: RunOptions = RunOptions(),
    takingUp earlier: EarlierAnswers? = nil
  ) throws -> [PlanRequest] {
    try planned(work.map { ($0, earlier?.replies(to: $0)) }, options).map(\.request)
  }

  /// The requests with the clips that they are about.
  func planned(
    _ work: [(prepared: PreparedTranscription, earlier: EarlierReplies?)],
    _ options: RunOptions
  ) throws -> [(place: RequestPlace, request: PlanRequest)] {
    var planned: [(place: RequestPlace, request: PlanRequest)] = []
    for (job, (prepared, earlier)) in work.enumerated() {
      let second = try options.secondPass(of: prepared)
      let nameSearch = try options.nameSearch(of: prepared)
      for (index, clip) in prepared.clips.enumerated() {
        let place = RequestPlace(job: job, clip: index)
        var first = prepared.planRequest(part: index)
        first.nameSearch = nameSearch
        first.isAnswered = try earlier?.hasAnswer(to: prepared.order(part: index)) ?? false
        planned.append((place, first))
        if var request = second?.planRequest(about: clip) {
          request.isAnswered = earlier?.hasAnswer(.speakers, about: clip) ?? false
          planned.append((place, request))
        }
        guard prepared.settings.asksSpeechModel else { continue }
        let speech = SpeechModel(prepared)
        for (var request, order) in zip(
          speech.planRequests(about: clip),
          speech.orders(about: clip)
        ) {
          request.isAnswered = earlier?.hasAnswer(to: order) ?? false
          planned.append((place, request))
        }
      }
    }
    return planned
  }
}

extension RunOptions {
  /// The second pass over every clip of some work; `nil` where it is asked once.
  func secondPass(of prepared: PreparedTranscription) throws -> PlannedSecondPass? {
    guard prepared.settings.passes == 2, let speakers else { return nil }
    return try PlannedSecondPass(SpeakersPass(prompt: speakers, prepared: prepared))
  }
}

extension RunOptions {
  /// The prompt by which names are looked for again in some work; `nil` where they are not.
  fileprivate func nameSearch(of prepared: PreparedTranscription) throws -> PlanPrompt? {
    guard prepared.canFindNames, let speakers else { return nil }
    let pass = SpeakersPass(prompt: speakers, prepared: prepared)
    let request = try pass.order(about: prepared.clips.first?.flatMap(\.self), rows: "").request
    var prompt = PlanPrompt(request, name: speakers.name, schema: speakers.schema)
    prompt.textTokens += SpokenText.tokens(milliseconds: NameSearch.stretch)
    return prompt
  }
}

/// The requests of a second pass before there is a transcript to give back.
struct PlannedSecondPass {
  private let prepared: PreparedTranscription
  private let prompt: PlanPrompt
  private let settings: RequestSettings

  init(_ pass: SpeakersPass) throws {
    prepared = pass.prepared
    // All of them are alike but for the transcript.
    let request = try pass.order(about: prepared.clips.first?.flatMap(\.self), rows: "").request
    prompt = PlanPrompt(request, name: pass.prompt.name, schema: pass.prompt.schema)
    settings = prepared.settings
      .completed(by: request, model: prepared.model, for: prepared.backend)
  }

  /// The request about a stretch; `nil` is all of it.
  func planRequest(about stretch: TimeRange?) -> PlanRequest {
    let source = prepared.planSource(stretch)
    var prompt = prompt
    prompt.textTokens += SpokenText.tokens(milliseconds: source.range?.milliseconds ?? 0)
    return PlanRequest(source: source, prompt: prompt, settings: settings, isSecondPass: true)
  }
}
