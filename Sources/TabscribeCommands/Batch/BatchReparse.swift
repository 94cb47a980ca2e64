internal import CommandLineInterface
internal import HTMLReports
internal import HostSystem
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

/// Makes the results of a batch anew from the replies that were kept, in the files that have them.
struct BatchReparse {
  private let session: BatchSession

  init(_ session: BatchSession) { self.session = session }

  /// Sends nothing; the sources need not be there.
  func run(_ id: String) async throws -> ExitCode {
    let batch = try session.desk.batch(id)
    let transcriber = try session.transcriber(for: batch.work)
    let kept = try batch.kept(for: transcriber)
    var options = RunOptions()
    options.speakers = kept.speakers
    options.isOffline = true
    options.listens = true
    let run = try transcriber.resume(
      id,
      kept.work.map(\.prepared),
      in: session.store,
      options: options
    )
    let written = Dictionary(batch.run.items.map { ($0.id, $0.files) }) { $1 }
    let (store, context) = (session.store, session.context)
    let sources = context.working(in: batch.run.summary.workingFolder)
    let report = await run.execute(deliver: { job, result in
      if kept.isAboutTranscripts {
        let work = NamedWork(prepared: run.jobs[job].prepared, stem: "")
        return try DeriveCommand.place(result.document, of: work, sources)
      }
      let item = run.jobs[job].item
      let files = written[item] ?? []
      for path in files {
        guard let format = ResultFormat.all.first(where: { path.hasSuffix($0.suffix) }) else {
          continue
        }
        let media = sources.workplace.mediaPath(of: result.document)
          .map { FilePath.relative($0, from: FilePath.parent(of: path)) }
        let bytes = ResultWriter.bytes(
          of: result.document,
          exported: ExportedTranscript(result.document, FormatOptions()),
          json: result.json,
          format,
          FormatOptions(),
          mediaPath: media,
          request: try? RequestRecord(item: item, in: store)
        )
        try HostFiles.write(bytes, to: path, replacing: true)
      }
      return files
    })
    try store.finishRun(id, .finished)
    var ending = RunEnding(outcomes: [])
    for (job, outcome) in zip(run.jobs, report.outcomes) {
      let source = job.prepared.source.uri
      OutcomeLine(context: context).show(outcome, of: SafeText.line(source))
      ending.outcomes.append(WorkOutcome(source: source, outcome: outcome))
    }
    return ending.show(context)
  }
}
