import Foundation
internal import RunStore
import Testing
internal import TranscriptModel

/// Runs that several workers carry out, by leases and with one budget.
@Suite(.eachEngine) struct QueueTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  /// A store with a run of so many items, two a part.
  private func enqueued(_ count: Int, limit: Decimal? = nil) throws -> RunStore {
    let store = try place.open()
    var run = Sample.run("a")
    run.costLimit = limit
    try store.enqueue(
      run,
      (1...count).map { Sample.item($0, uri: "\($0).mp4") },
      at: (0..<count).map { QueuedPlace(part: $0 / 2, folder: "f", stem: "s\($0)") },
      isAlone: true
    )
    return store
  }

  private func worker(_ store: RunStore, lease: Duration = .seconds(600)) throws -> Worker {
    try store.beginWorker(jobs: 4, lease: lease)
  }

  private func part(_ store: RunStore, _ worker: Worker) throws -> HeldPart? {
    guard case .part(let part) = try store.takePart(of: "a", for: worker) else { return nil }
    return part
  }

  /// Brings all that a part has to its end.
  private func finish(_ part: HeldPart, _ store: RunStore, as status: ItemStatus = .complete) throws
  {
    for item in part.items {
      try store.setStatus(of: item.stored.id, status)
      try store.endItem(item.stored.id, of: part)
    }
    try store.putDown(part)
  }

  private func status(_ store: RunStore) throws -> RunStatus? { try store.run("a")?.summary.status }

  @Test func aRunWaitsIsWorkedOnAndEnds() throws {
    let store = try enqueued(4)
    #expect(try status(store) == .waiting)
    #expect(try store.enqueuedRuns() == ["a"])
    let one = try worker(store)
    let first = try #require(try part(store, one))
    #expect(first.items.map(\.stored.item.position) == [1, 2])
    #expect(first.items.map(\.stem) == ["s0", "s1"] && first.items[0].folder == "f")
    #expect(try store.run("a")?.summary.workers == 1 && status(store) == .running)
    try finish(first, store)
    #expect(try status(store) == .waiting)
    try finish(try #require(try part(store, one)), store)
    #expect(try status(store) == .finished)
    #expect(try store.enqueuedRuns().isEmpty)
    let progress = try #require(try store.progress(of: "a"))
    #expect(progress.left == 0 && progress.workers.map(\.ended) == [4])
  }

  @Test func whatOneHoldsNoOtherTakes() throws {
    let store = try enqueued(4)
    let (one, other) = (try worker(store), try worker(store))
    let parts = [try part(store, one), try part(store, other)].compactMap(\.self)
    #expect(Set(parts.map(\.id)).count == 2)
    guard case .nothing(let held, let leftOut) = try store.takePart(of: "a", for: other) else {
      Issue.record("a part was taken twice")
      return
    }
    #expect(held == 1 && leftOut == 0)
  }

  @Test func manyAtOnceTakeEachPartOnce() async throws {
    _ = try enqueued(80)
    let path = place.path
    let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for _ in 0..<8 {
        group.addTask {
          let store = try RunStore(path: path)
          let worker = try store.beginWorker(jobs: 1, lease: .seconds(600))
          var own: [Int64] = []
          while case .part(let part) = try store.takePart(of: "a", for: worker) {
            own.append(part.id)
          }
          return own
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.count == 40 && Set(taken).count == 40)
  }

  @Test func whatADeadWorkerHeldComesBackAfterItsLease() throws {
    let store = try enqueued(2)
    let dead = try worker(store, lease: .zero)
    let lost = try #require(try part(store, dead))
    let item = lost.items[0].stored.id
    let request = try #require(try begun(0.1, item, lost, store))
    try store.append([1, 2, 3], to: request)
    try store.finish(request: request, RequestEnding(.answered))
    let next = try #require(try part(store, try worker(store)))
    #expect(next.id == lost.id)
    // What was answered is there for whoever takes it.
    #expect(try store.requests(of: item).map(\.ending.status) == [.answered])
    // Whoever comes back from the dead has nothing to say any more.
    #expect(try !store.isHeld(lost))
    #expect(try begun(0.1, item, lost, store) == nil)
    try store.putDown(lost)
    #expect(try store.isHeld(next))
  }

  @Test func aSignOfLifeKeepsALease() throws {
    let store = try enqueued(2)
    let one = try worker(store, lease: .zero)
    let held = try #require(try part(store, one))
    try store.renewLeases(of: Worker(id: one.id, lease: .seconds(600)))
    #expect(try part(store, try worker(store)) == nil)
    #expect(try store.isHeld(held))
  }

  @Test func whoEndsGivesBackAtOnce() throws {
    let store = try enqueued(2)
    let one = try worker(store)
    let held = try #require(try part(store, one))
    try store.setStatus(of: held.items[0].stored.id, .running)
    try store.end(one)
    let run = try #require(try store.run("a"))
    #expect(run.items.map(\.status) == [.waiting, .waiting] && run.summary.status == .waiting)
    #expect(try part(store, try worker(store))?.id == held.id)
  }

  @Test func onlyWhatIsNotAtItsEndIsTakenAgain() throws {
    let store = try enqueued(2)
    let held = try #require(try part(store, try worker(store)))
    try store.setStatus(of: held.items[0].stored.id, .failed)
    try store.endItem(held.items[0].stored.id, of: held)
    try store.putDown(held)
    let again = try #require(try part(store, try worker(store)))
    #expect(again.items.map(\.stored.item.position) == [2])
    try finish(again, store)
    // What failed is put back when somebody wants it.
    #expect(try store.requeue("a") == 1)
    #expect(try part(store, try worker(store))?.items.map(\.stored.item.position) == [1])
  }

  @Test func whatAnotherRunHasDoneIsNotLeft() throws {
    let store = try enqueued(2)
    let held = try #require(try part(store, try worker(store)))
    #expect(try store.progress(of: "a")?.left == 2)
    // Its results are in place, and nothing was asked for it here.
    for item in held.items { try store.endItem(item.stored.id, of: held) }
    try store.putDown(held)
    #expect(try store.progress(of: "a")?.left == 0 && status(store) == .finished)
  }

  @Test func partsThatCannotBeDoneHereAreLeftToOthers() throws {
    let store = try enqueued(2)
    let one = try worker(store)
    let held = try #require(try part(store, one))
    try store.putDown(held)
    guard
      case .nothing(0, 1) = try store.takePart(of: "a", for: one, leavingOut: [held.id])
    else {
      Issue.record("what was left out was taken")
      return
    }
    #expect(try part(store, try worker(store))?.id == held.id)
  }

  @Test func soManyFailuresEndTheTakingForAll() throws {
    let store = try enqueued(4)
    try finish(try #require(try part(store, try worker(store))), store, as: .failed)
    let taking = try store.takePart(of: "a", for: try worker(store), mostFailures: 2)
    guard case .tooManyFailures(2) = taking else {
      Issue.record("\(taking)")
      return
    }
  }

  @Test func sameWorkIsNotBegunBesides() throws {
    let store = try enqueued(2)
    #expect(throws: RunStoreError.self) {
      try store.begin(Sample.run("b"), [Sample.item(1, uri: "1.mp4")], isAlone: true)
    }
    let items = try store.begin(Sample.run("c"), [Sample.item(1, uri: "3.mp4")], isAlone: true)
    #expect(items.count == 1)
  }

  // MARK: Budgets

  /// Begins a request, by the plainest of rules; `nil` when it may not be sent.
  private func begun(
    _ cost: Decimal,
    _ item: Int64,
    _ part: HeldPart,
    _ store: RunStore
  ) throws -> Int64? {
    let request = NewRequest(bodyDigest: "d", expectedCost: cost)
    let admission = try store.begin(request, of: item, in: part) { limit, spending in
      spending.sum + cost > limit ? .refuse("too dear") : .proceed
    }
    guard case .begun(let number) = admission else { return nil }
    return number
  }

  @Test func whatIsUnderWayAnywhereCountsBeforeMoreIsSent() throws {
    let store = try enqueued(4, limit: 1)
    let (one, other) = (try worker(store), try worker(store))
    let parts = [try part(store, one), try part(store, other)].compactMap(\.self)
    let items = parts.map { $0.items[0].stored.id }
    let first = try #require(try begun(0.4, items[0], parts[0], store))
    #expect(try begun(0.4, items[1], parts[1], store) != nil)
    #expect(try begun(0.4, items[1], parts[1], store) == nil)
    // What it cost in the end is what counts then.
    try store.finish(request: first, RequestEnding(.answered, cost: 0.1))
    #expect(try store.spending(of: "a") == 0.5)
    #expect(try begun(0.4, items[0], parts[0], store) != nil)
    #expect(try store.progress(of: "a")?.requestsUnderWay == 2)
  }

  @Test func whatADeadWorkerSentStaysCounted() throws {
    let store = try enqueued(2, limit: 1)
    let lost = try #require(try part(store, try worker(store, lease: .zero)))
    _ = try begun(0.4, lost.items[0].stored.id, lost, store)
    let next = try #require(try part(store, try worker(store)))
    var seen: RunSpending?
    let request = NewRequest(bodyDigest: "d", expectedCost: 0.1)
    _ = try store.begin(request, of: next.items[0].stored.id, in: next) { _, spending in
      seen = spending
      return .proceed
    }
    // Nobody waits for its end.
    #expect(seen?.underWay.isEmpty == true && seen?.assumed == 0.4)
  }

  @Test func whatIsPaidBesideRequestsCounts() throws {
    let store = try enqueued(2, limit: 1)
    let held = try #require(try part(store, try worker(store)))
    let judge: (Decimal, RunSpending) -> CostJudgement = { limit, spending in
      spending.sum + 0.6 > limit ? .refuse("too dear") : .proceed
    }
    #expect(try store.charge(0.6, to: held, judge: judge))
    #expect(try !store.charge(0.6, to: held, judge: judge))
    #expect(try store.spending(of: "a") == 0.6)
  }

  @Test func anAnswerThatGrowsCountsForMore() throws {
    let store = try enqueued(2, limit: 1)
    let held = try #require(try part(store, try worker(store)))
    let request = try #require(try begun(0.1, held.items[0].stored.id, held, store))
    let judge: (Decimal, RunSpending) -> CostJudgement = { limit, spending in
      spending.sum > limit ? .refuse("too dear") : .proceed
    }
    #expect(try store.raise(request, to: 0.8, in: held, judge: judge) == nil)
    #expect(try store.raise(request, to: 1.2, in: held, judge: judge) == "too dear")
  }

  @Test func aQuotaThatIsUsedUpHoldsAllBack() throws {
    let store = try place.open()
    #expect(try store.hold(of: "m", "key") == nil)
    try store.hold("m", of: "key", for: .seconds(500))
    try store.hold("m", of: "key", for: .seconds(5))
    let left = try #require(try store.hold(of: "m", "key"))
    #expect(left > .seconds(5) && left <= .seconds(500))
    #expect(try store.hold(of: "m", "another key") == nil)
  }

  @Test func aChangeEndsTheWaiting() async throws {
    let store = try enqueued(2)
    // It is there at once, where the server tells; a file is looked at again.
    try await store.awaitChange(atMost: .milliseconds(10))
    let path = place.path
    let change = Task {
      let other = try RunStore(path: path)
      _ = try other.takePart(of: "a", for: try other.beginWorker(jobs: 1, lease: .seconds(60)))
    }
    try await change.value
    let longest = StoreEngine.current == .postgresql ? Duration.seconds(600) : .milliseconds(10)
    try await store.awaitChange(atMost: longest)
    #expect(try store.progress(of: "a")?.workers.count == 1)
  }
}
