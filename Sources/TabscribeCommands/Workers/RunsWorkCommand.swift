internal import CommandLineInterface
internal import OrderedJSON
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `runs work`: takes part in what was enqueued.
enum RunsWorkCommand {
  private static let run = OptionalOperand(
    .run,
    help: "an enqueued run, the beginning of its id, or last; any that is enqueued by default"
  )
  private static let lease = ValueOption(
    "lease",
    .integer("SECONDS", in: 1...86_400),
    help: "without a sign of life for so long, others take what this holds "
      + "(default \(Worker.usualLease))"
  )

  static let command = Command(
    "work",
    abstract: "Do what transcribe --enqueue has noted, together with other workers",
    examples: [
      .init("tabscribe runs work", "whatever is enqueued, the oldest run first"),
      .init("tabscribe runs work 20261120T1015 -j 8", "one run, eight requests at a time"),
    ],
    discussion: """
      Start as many workers as you like, on every machine that reaches the store. Each takes one recording \
      after the other, with all that is asked about it, in the folder where the run was enqueued, and writes \
      results where its command line said. The cost limit, --max-failures and quotas that are used up hold for \
      all workers together. Recordings that this machine does not have are left to others. A worker ends when \
      nothing is left; one that is interrupted gives back at once what it held, one that dies after its lease, \
      and what was answered is never sent again. Exit codes: 4 at the cost limit, 3 when something failed, is \
      incomplete or was left to others.
      """,
    operands: [run],
    options: [OptionGroup("Work", [RunSettings.jobs, lease])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).writing()
    let id = try arguments[run].map { try store.resolveRun($0) }
    if let id, try store.progress(of: id)?.summary.workers == nil {
      throw CommandError.usage(
        "Run \(id) is not enqueued.",
        remedy: "tabscribe runs resume \(id) takes it up; transcribe --enqueue enqueues."
      )
    }
    return try await work(
      on: id,
      jobs: arguments[RunSettings.jobs],
      lease: arguments[lease],
      in: store,
      program: arguments.program,
      context
    )
  }

  /// Takes an enqueued run up again: what failed or is partial goes back, and this process is a worker.
  static func resume(
    _ run: String,
    costLimit: Decimal?,
    program: Program,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).opened()
    if let costLimit { try store.setCostLimit(of: run, costLimit) }
    _ = try store.requeue(run)
    context.status.message("Run \(run) is enqueued; this works on it as one worker of any number.")
    return try await work(on: run, jobs: nil, lease: nil, in: store, program: program, context)
  }

  private static func work(
    on run: String?,
    jobs: Int?,
    lease: Int?,
    in store: RunStore,
    program: Program,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let jobs = jobs ?? RunOptions().jobs
    let worker = try store.beginWorker(jobs: jobs, lease: .seconds(lease ?? Worker.usualLease))
    context.status.message(
      "Worker \(worker.id) takes parts of \(run.map { "run \($0)" } ?? "what is enqueued"), \(jobs) "
        + "requests at a time."
    )
    let report = WorkerReport(worker, context)
    let loop = WorkerLoop(
      only: run,
      worker,
      jobs: jobs,
      in: store,
      open: { summary in
        try await WorkerRun(summary, program: program, jobs: jobs, in: store, context)
      },
      tell: report.hear
    )
    try await loop.run()
    let tally = report.tally()
    context.status.message("Worker \(worker.id): \(tally.line).")
    let left = try run.flatMap { try store.progress(of: $0) }
    if let left, let run {
      context.status.message(
        left.left == 0
          ? "Run \(run) has ended: tabscribe runs show \(run)"
          : "\(left.left) of \(left.summary.itemCount) items of run \(run) are left."
      )
    }
    if context.isJSON {
      var json = tally.json
      json["worker"] = JSONValue(Int(worker.id))
      json["run"] = run.map { .string($0) }
      json["left"] = left.map { JSONValue($0.left) }
      context.print(json: .object(json))
    }
    return tally.exitCode
  }
}
