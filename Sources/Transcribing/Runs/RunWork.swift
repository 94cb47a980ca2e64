internal import AudioTiming
internal import GeminiAPI
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import TranscriptModel

/// The kinds of work in a run: transcribing a clip, making a document of an item's clips, and
/// putting a cache away.
struct RunWork: Sendable {
  /// What has been done.
  enum Step: Sendable {
    case clip(entry: Int, Result<ClipResult, any Error>)
    case item(job: Int, ItemOutcome)
    /// The document of an item could not be kept or delivered by this worker.
    case halted(RunReport.StopReason)
    case groupClosed
  }

  let run: TranscriptionRun
  let media: MediaPool
  let caches: RunCaches?
  let budget: RunBudget
  /// What is to be asked by a batch; `nil` where requests are sent by themselves.
  let orders: BatchOrders?
  let sound: RunSound
  let observe: RunObserver
  let deliver: TranscriptionRun.Delivery

  /// Transcribes the clip of a planned request.
  func transcribe(entry: Int, at place: RequestPlace) async -> Step {
    let job = run.jobs[place.job]
    let observe = observe
    let sender = RequestSender(
      client: run.transcriber.client,
      store: run.store,
      media: media,
      caches: caches,
      entry: run.plan.entries[entry],
      secondPass: run.secondPasses[place].map { run.plan.entries[$0] },
      words: run.words[place, default: []].map { run.plan.entries[$0] },
      isOffline: run.options.isOffline,
      job: job.heard(inPart: place.clip),
      budget: budget,
      share: run.options.share,
      orders: orders,
      observe: { observe(.progress(job: place.job, clip: place.clip, $0)) }
    )
    do {
      // What a batch carries is not worked on here.
      if !run.options.isOffline, orders == nil {
        try run.store.setStatus(of: job.item, .running)
      }
      await sound.begin(job.prepared)
      return .clip(entry: entry, .success(try await result(sender, place)))
    } catch {
      return .clip(entry: entry, .failure(error))
    }
  }

  private func result(_ sender: RequestSender, _ place: RequestPlace) async throws -> ClipResult {
    let prepared = sender.job.prepared
    if let recipe = prepared.recipe {
      return try await RecipeAsker(
        sender: sender,
        recipe: recipe,
        continues: run.options.continues
      ).ask(part: place.clip)
    }
    return try await ClipTranscriber(sender: sender, options: run.options, sound: sound)
      .transcribe(prepared.clips[place.clip])
  }

  /// Puts away the cache of a group whose last request has ended.
  func close(group prefix: String) async -> Step {
    await caches?.close(prefix)
    return .groupClosed
  }

  /// Makes, stores and delivers the document of an item.
  func finish(
    _ index: Int,
    _ clips: [Result<ClipResult, any Error>],
    findings: [Finding]
  ) async -> Step {
    let job = run.jobs[index]
    var isMade = false
    do {
      let maker = DocumentMaker(
        prepared: job.prepared,
        run: job.resultID,
        startedAt: run.transcriber.now(),
        tool: run.transcriber.tool,
        estimate: job.estimate,
        standIn: job.standIn ?? run.transcriber.standIn
      )
      var made = try maker.document(
        of: clips,
        findings: findings,
        using: job.merges,
        silences: await sound.silences(job.prepared)
      )
      isMade = true
      made.document.findings += await sound.findings(about: made.document, of: job.prepared)
      made.document.speech = await sound.speech(job.prepared)
      let times = await times(of: &made.document, clips, job.prepared)
      await sound.leave(job.prepared)
      try run.options.share?.checkHeld()
      // With what people corrected in it, or in an earlier run of the same source.
      let kept = try keep(made, of: job)
      let timed = try times.flatMap { times in
        try run.store.changeCorrections(of: job.item) { document in
          _ = document.setTimes(times)
          return document
        }
      }
      let result = timed.map(RenderedDocument.init) ?? kept
      let files = try await deliver(index, result)
      // What a recipe made stands in the files of the transcript, which stay those of its own run.
      if !files.isEmpty, job.prepared.recipe == nil {
        try run.store.setFiles(files, of: job.item)
      }
      let finished = FinishedItem(result.document, of: job.item, in: run.store)
      return .item(job: index, .finished(finished, files: files))
    } catch is LostPart {
      return .halted(.lost)
    } catch {
      if isMade, run.options.share != nil { return .halted(.unable(error)) }
      if !Task.isCancelled, !run.options.isOffline {
        try? run.store.setStatus(of: job.item, .failed, failure: "\(error)")
      }
      return .item(job: index, .failed(error))
    }
  }

  /// When rows are spoken, by the words of the speech model or else by the sound; `nil` where nobody asks, or
  /// that cannot be told.
  private func times(
    of document: inout TranscriptDocument,
    _ clips: [Result<ClipResult, any Error>],
    _ prepared: PreparedTranscription
  ) async -> Correction? {
    let now = MomentText.exact(run.transcriber.now())
    guard prepared.settings.asksSpeechModel else {
      return await sound.alignment(of: document, prepared)?.correction(at: now)
    }
    let words = clips.heardWords
    if let found = AlignedTranscript(document, by: words) { return found.correction(at: now) }
    document.findings.append(
      Finding(
        "words-untimed",
        words.isEmpty
          ? "The speech model gave no words with times, so the times are those of the model that was asked."
          : "The speech model heard other words than most rows have, so the times are those of the model that "
            + "was asked."
      )
    )
    return nil
  }

  private func keep(_ made: DocumentMaker.Made, of job: RunJob) throws -> RenderedDocument {
    // Of an answer that a batch brought, it is known only now.
    if job.standIn == nil, let standIn = run.transcriber.standIn {
      try run.store.setStandIn(of: job.item, standIn)
    }
    return try run.store.save(
      made.document,
      merges: made.merges,
      files: [],
      status: made.document.isComplete ? .complete : .partial,
      carriesCorrections: run.options.carriesCorrections,
      for: job.item
    )
  }
}
