/// Says which requests of a plan may be sent now; the clock and the network are elsewhere.
///
/// A group's first request is sent alone; the rest follow once it has succeeded. While it runs, the
/// next groups' first requests may, up to the number of jobs, and no further ahead than two rounds of
/// jobs: a cache that fills by itself forgets within minutes. When a first request fails, the next of
/// its group takes its place, so that a bad request never sends the rest to a cold cache.
public struct PlanSchedule: Sendable {
  private struct Group {
    var waiting: ArraySlice<Int>
    var isWarm: Bool
    var isWarming = false
    /// Whether the rest of it waits, or will wait, for a cache that is filled or being filled.
    var isOpen = false
  }

  /// Rounds of jobs that may wait for caches that are filled already.
  private static let roundsAhead = 2

  private let jobs: Int
  private let groupOf: [Int]
  private var groups: [Group]
  private var running: Set<Int> = []
  private var firstOpen = 0
  /// Requests that wait for a cache that is filled or being filled.
  private var backlog = 0

  /// A schedule of a plan with at most so many requests at a time, `1...`.
  public init(plan: Plan, jobs: Int) {
    self.jobs = max(1, jobs)
    groupOf = plan.entries.map { $0.group - 1 }
    var groups: [Group] = []
    var start = 0
    while start < plan.entries.count {
      let number = plan.entries[start].group
      var end = start
      while end < plan.entries.count, plan.entries[end].group == number { end += 1 }
      groups.append(
        Group(
          // What follows a request goes out by itself.
          waiting: (start..<end).filter { !plan.entries[$0].request.isFollowUp }[...],
          isWarm: !plan.entries[start].isWarmUp
        )
      )
      start = end
    }
    self.groups = groups
  }

  /// Whether every request was sent and finished.
  public var isFinished: Bool { running.isEmpty && groups.allSatisfy { $0.waiting.isEmpty } }

  /// The requests to send now, as positions in the plan's entries; they count as running.
  public mutating func start() -> [Int] {
    while firstOpen < groups.count, groups[firstOpen].waiting.isEmpty { firstOpen += 1 }
    var started: [Int] = []
    var number = firstOpen
    while number < groups.count, running.count < jobs {
      while running.count < jobs, let entry = next(in: number) {
        running.insert(entry)
        started.append(entry)
      }
      number += 1
    }
    return started
  }

  private mutating func next(in number: Int) -> Int? {
    let isCold = !groups[number].isWarm
    guard !groups[number].isWarming, !isCold || mayWarm(number),
      let entry = groups[number].waiting.popFirst()
    else { return nil }
    if isCold { (groups[number].isWarming, groups[number].isOpen) = (true, true) }
    if groups[number].isOpen, !isCold { backlog -= 1 }
    if isCold { backlog += groups[number].waiting.count }
    return entry
  }

  /// Whether a cache may be filled now, or would be forgotten before it is used.
  private func mayWarm(_ number: Int) -> Bool {
    groups[number].isOpen || backlog < Self.roundsAhead * jobs
  }

  /// Notes that a request has ended.
  public mutating func finish(_ entry: Int, succeeded: Bool) {
    guard running.remove(entry) != nil else { return }
    let number = groupOf[entry]
    guard groups[number].isWarming else { return }
    groups[number].isWarming = false
    groups[number].isWarm = succeeded
    // The next of the group fills the cache in its place.
    if !succeeded { backlog -= groups[number].waiting.count }
  }
}
