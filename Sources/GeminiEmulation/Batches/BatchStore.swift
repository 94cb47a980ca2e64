internal import HostSystem

/// The batches of an emulator.
final class BatchStore: Sendable {
  private let jobs = Lock<[String: BatchJob]>([:])

  func put(_ job: BatchJob) { jobs.withLock { $0[job.id] = job } }

  func remove(_ id: String) { jobs.withLock { $0[id] = nil } }

  /// The job of an id, in its project and place.
  func job(_ id: String, scope: String?) -> BatchJob? {
    jobs.withLock { jobs in
      guard let job = jobs[id], job.route.scope == scope else { return nil }
      return job
    }
  }

  /// Counts a question about a job: it runs from the first on, and is due when none are left.
  func poll(_ id: String) -> (job: BatchJob, isDue: Bool)? {
    jobs.withLock { jobs in
      guard var job = jobs[id] else { return nil }
      guard !job.state.isOver else { return (job, false) }
      job.pollsLeft -= 1
      job.state = .running
      jobs[id] = job
      return (job, job.pollsLeft <= 0)
    }
  }

  /// Stores a finished job, unless it was cancelled or deleted meanwhile.
  func finish(_ job: BatchJob) {
    jobs.withLock { jobs in
      if let known = jobs[job.id], !known.state.isOver { jobs[job.id] = job }
    }
  }

  /// Every job, newest first.
  func all(scope: String?) -> [BatchJob] {
    jobs.withLock { jobs in
      jobs.values.filter { $0.route.scope == scope }
        .sorted { ($0.created, $0.id) > ($1.created, $1.id) }
    }
  }
}
