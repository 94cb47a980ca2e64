internal import GeminiAPI
public import RequestPlanning
internal import RunStore
public import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Many transcriptions, carried out in the order of a plan.
///
/// Requests that begin alike follow each other, the first of them alone, so that the service's cache
/// serves the rest. Every reply is stored before it is read, every document before it is delivered:
/// a run that is stopped at any moment can be taken up without sending again what was answered.
public struct TranscriptionRun: Sendable {
  /// Gets each document as soon as it is there, and returns the files it was written to.
  public typealias Delivery = @Sendable (Int, RenderedDocument) async throws -> [String]

  /// The run's id.
  public let id: String
  /// What is to be done, in the order given.
  public let jobs: [RunJob]
  /// The order of the requests, and what they are expected to cost.
  public let plan: Plan
  /// How.
  public let options: RunOptions
  let transcriber: Transcriber
  let store: RunStore
  /// The job and clip of each planned request, by its position among those that were planned.
  let places: [RequestPlace]
  /// What it has cost before it was taken up, in US dollars.
  let spentBefore: Decimal
  /// The second passes of clips, as positions among the entries of the plan.
  let secondPasses: [RequestPlace: Int]
  /// What the speech model is asked about clips, likewise.
  let words: [RequestPlace: [Int]]

  init(
    id: String,
    jobs: [RunJob],
    plan: Plan,
    options: RunOptions,
    transcriber: Transcriber,
    store: RunStore,
    places: [RequestPlace],
    spentBefore: Decimal
  ) {
    var secondPasses: [RequestPlace: Int] = [:]
    var words: [RequestPlace: [Int]] = [:]
    for (index, entry) in plan.entries.enumerated() {
      let place = places[entry.position]
      if entry.request.isSecondPass { secondPasses[place] = index }
      if entry.request.isForWords { words[place, default: []].append(index) }
    }
    (self.id, self.jobs, self.plan, self.options) = (id, jobs, plan, options)
    (self.transcriber, self.store, self.places) = (transcriber, store, places)
    (self.secondPasses, self.words, self.spentBefore) = (secondPasses, words, spentBefore)
  }

  /// Carries it out; never fails as a whole, since what was answered by then counts.
  public func execute(
    observe: @escaping RunObserver = { _ in },
    deliver: @escaping Delivery = { _, _ in [] }
  ) async -> RunReport {
    let budget = RunBudget(
      limit: options.costLimit,
      spent: spentBefore,
      share: options.share
    )
    var course = RunCourse(run: self, budget: budget, observe: observe)
    let orders = BatchOrders(options.carrier)
    let caches = orders == nil ? RunCaches(self, budget) : nil
    let work = RunWork(
      run: self,
      media: MediaPool(transcriber),
      caches: caches,
      budget: budget,
      orders: orders,
      sound: RunSound(options, work: jobs.map(\.prepared)),
      observe: observe,
      deliver: deliver
    )
    await withTaskGroup(of: RunWork.Step.self) { group in
      course.begin(in: &group, work)
      while let step = await group.next() {
        course.note(step, in: &group, work)
      }
    }
    await caches?.closeAll()
    return course.report(orders: orders?.all ?? [])
  }
}

/// Which part of which job a request is.
struct RequestPlace: Hashable, Sendable {
  let job: Int
  let clip: Int
}
