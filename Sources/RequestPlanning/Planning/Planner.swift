/// Puts requests in the order that lets caches hit, and says what each is expected to cost.
///
/// Requests that begin alike form a group. Groups stand in the order of their first request, the
/// requests of a group in the order given; the first of a group is sent alone so that the rest find
/// the cache filled. The same input gives the same plan.
public struct Planner: Sendable {
  /// The prefix from which a model caches by itself where that is not published: the longest that
  /// is published for any model of its time, so that no hit is promised too early.
  static let assumedImplicitMinimum = 4096

  /// The models and prices.
  public let catalog: ModelCatalog
  /// How requests are planned.
  public let options: PlannerOptions
  /// What the user's own runs showed.
  public let learned: LearnedRates

  /// A planner.
  public init(
    catalog: ModelCatalog,
    options: PlannerOptions,
    learned: LearnedRates = LearnedRates()
  ) {
    self.catalog = catalog
    self.options = options
    self.learned = learned
  }

  /// The plan for some requests, in linear time.
  ///
  /// - Throws: ``PlanError`` when a model, length or price is not known and options do not allow it.
  public func plan(_ requests: [PlanRequest]) throws(PlanError) -> Plan {
    var context = PlanningContext(planner: self)
    let groups = groups(of: requests, &context)
    var entries: [Plan.Entry] = []
    entries.reserveCapacity(requests.count)
    for (index, group) in groups.enumerated() {
      let first = entries.count
      for position in group.positions {
        let warmUp = position == group.positions[0] ? nil : first + 1
        let place = PlanPlace(
          order: entries.count + 1,
          position: position,
          group: index + 1,
          prefix: group.identifier,
          groupSize: group.positions.count,
          warmUp: warmUp
        )
        entries.append(try context.entry(requests[position], at: place))
      }
    }
    var totals = PlanTotals()
    for entry in entries { totals.add(entry) }
    return Plan(
      entries: entries,
      options: options,
      notices: context.notices(for: requests),
      total: totals.finished()
    )
  }

  /// What requests with some settings take and cost.
  func quote(for settings: RequestSettings) -> Quote {
    Quote(
      settings,
      tier: options.tier,
      catalog: catalog,
      learned: learned,
      day: options.day,
      isStreamed: options.isStreamed
    )
  }

  private struct Group {
    let identifier: String
    var positions: [Int]
  }

  private func groups(of requests: [PlanRequest], _ context: inout PlanningContext) -> [Group] {
    var groups: [Group] = []
    var numbers: [PrefixKey: Int] = [:]
    for (position, request) in requests.enumerated() {
      let key = PrefixKey(request, model: context.quote(request.settings).model)
      if let number = numbers[key] {
        groups[number].positions.append(position)
      } else {
        numbers[key] = groups.count
        groups.append(Group(identifier: key.identifier, positions: [position]))
      }
    }
    return groups
  }
}

/// Where a request stands in a plan.
struct PlanPlace {
  let order: Int
  let position: Int
  let group: Int
  let prefix: String
  let groupSize: Int
  /// The place of the request that fills the cache; `nil` for that request itself.
  let warmUp: Int?
}
