internal import GeminiAPI
internal import RequestPlanning
internal import RunStore
internal import TranscriptModel

/// The two kinds of work in a run: transcribing a clip, and making a document of an item's clips.
struct RunWork: Sendable {
  /// What has been done.
  enum Step: Sendable {
    case clip(entry: Int, Result<ClipResult, any Error>)
    case item(job: Int, ItemOutcome)
  }

  let run: TranscriptionRun
  let media: MediaPool
  let observe: RunObserver
  let deliver: TranscriptionRun.Delivery

  /// Transcribes the clip of a planned request.
  func transcribe(entry: Int, at place: RequestPlace) async -> Step {
    let job = run.jobs[place.job]
    let observe = observe
    let sender = RequestSender(
      client: run.transcriber.client,
      store: run.transcriber.store,
      media: media,
      job: job,
      earlier: job.earlier,
      observe: { observe(.progress(job: place.job, clip: place.clip, $0)) }
    )
    let clip = job.prepared.clips[place.clip]
    do {
      let result = try await ClipTranscriber(sender: sender, options: run.options)
        .transcribe(clip)
      return .clip(entry: entry, .success(result))
    } catch {
      return .clip(entry: entry, .failure(error))
    }
  }

  /// Makes, stores and delivers the document of an item; one that came late is delivered all the
  /// same when the run is being stopped.
  func finish(
    _ index: Int,
    _ clips: [Result<ClipResult, any Error>],
    findings: [Finding]
  ) async -> Step {
    let job = run.jobs[index]
    let store = run.transcriber.store
    do {
      let maker = DocumentMaker(transcriber: run.transcriber, job: job)
      let made = try maker.document(of: clips, findings: findings)
      try store.save(made, files: [], for: job.item)
      let files = try await deliver(index, made.document)
      try store.noteFiles(files, of: job.item)
      return .item(job: index, .finished(made.document, files: files))
    } catch {
      if !Task.isCancelled { try? store.fail(item: job.item, "\(error)") }
      return .item(job: index, .failed(error))
    }
  }
}
