public import OrderedJSON

/// The same requests under other settings, to compare before anything is sent.
public struct WhatIf: Sendable {
  /// A setting that is varied.
  public struct Axis: Hashable, Sendable {
    /// What people call it.
    public let name: String
    /// The key of the setting.
    let key: String
    /// What is tried, as records write it; `nil` for the models that can be used.
    let values: [JSONValue]?

    /// The frames for each second that are tried.
    public static let fps = Axis(name: "fps", key: "fps", values: [0.2, 0.5, 1, 2])
    /// How much detail is seen in each frame.
    public static let resolution = Axis(
      name: "resolution",
      key: "mediaResolution",
      values: ["low", "medium", "high"]
    )
    /// The models.
    public static let model = Axis(name: "model", key: "model", values: nil)
    /// How the tables are written.
    public static let encoding = Axis(name: "encoding", key: "encoding", values: ["json", "tsv"])

    /// All of them, the last varying fastest.
    public static let all = [fps, resolution, model, encoding]
  }

  /// What the requests come to under some settings.
  public struct Cell: Sendable {
    /// What is set, by the axes' names.
    public let settings: JSONObject
    /// Tokens and costs; `nil` when they cannot be told.
    public let total: Plan.Total?
    /// Why they cannot be told, or what is wrong with them; `nil` when nothing is.
    public let problem: String?

    /// The settings as a person reads them, such as `fps 0.5 · low`.
    public var title: String {
      settings.members.map { name, value in
        value.string ?? "\(name) \(value.rendered())"
      }.joined(separator: " · ")
    }
  }

  /// The cells, the last axis varying fastest.
  public let cells: [Cell]

  /// Plans the same requests for every combination of some axes.
  ///
  /// - Parameters:
  ///   - requests: The requests.
  ///   - axes: What is varied; repeated axes count once.
  ///   - planner: How each combination is planned.
  public init(_ requests: [PlanRequest], axes: [Axis], planner: Planner) {
    let axes = Axis.all.filter(axes.contains)
    var combinations: [[JSONValue]] = [[]]
    for axis in axes {
      let values = axis.values ?? Self.models(for: requests, planner)
      combinations = combinations.flatMap { head in values.map { head + [$0] } }
    }
    cells = combinations.map { Self.cell(Array(zip(axes, $0)), requests, planner) }
  }

  /// The models that see video and have a price on every platform asked.
  private static func models(for requests: [PlanRequest], _ planner: Planner) -> [JSONValue] {
    let platforms = Set(requests.map(\.settings.platform))
    let day = planner.options.day
    let usable = planner.catalog.cards.filter { card in
      card.status.state != .shutDown && card.media?.tokensPerFrame.isEmpty == false
        && platforms.allSatisfy { card.prices(on: $0, day: day) != nil }
    }
    return usable.map { .string($0.id) }
  }

  private static func cell(
    _ settings: [(axis: Axis, value: JSONValue)],
    _ requests: [PlanRequest],
    _ planner: Planner
  ) -> Cell {
    let named = JSONObject(settings.map { ($0.axis.name, $0.value) })
    var requests = requests
    for (axis, value) in settings {
      guard let field = RequestSettings.field(axis.key) else { continue }
      for index in requests.indices { _ = field.read(value, &requests[index].settings) }
    }
    if let refusal = refusal(of: &requests, planner) {
      return Cell(settings: named, total: nil, problem: refusal)
    }
    do throws(PlanError) {
      let plan = try planner.plan(requests)
      let problem = plan.entries.lazy.compactMap { $0.share?.problem }.first
      return Cell(settings: named, total: plan.total, problem: problem)
    } catch {
      return Cell(settings: named, total: nil, problem: error.description)
    }
  }

  /// What the model of the requests refuses; wishes of prompts are fitted to it.
  private static func refusal(of requests: inout [PlanRequest], _ planner: Planner) -> String? {
    for index in requests.indices {
      guard let card = planner.catalog.resolve(requests[index].settings.modelName)?.card else {
        continue
      }
      var demands = requests[index].demands
      if case .level(let wish) = demands.thinking, !requests[index].settings.thinkingIsOrdered {
        demands.thinking = card.thinking.fitted(wish) ?? .automatic
        requests[index].settings.thinking = demands.thinking
      }
      if let refused = card.objections(to: demands).first(where: \.isRefused) {
        return "\(card.id): \(refused.reason)."
      }
    }
    return nil
  }

  /// The grid as a document; an axis that is not varied is `null`.
  public var json: JSONValue {
    .array(
      cells.map { cell in
        [
          "settings": .object(
            JSONObject(Axis.all.map { ($0.name, cell.settings[$0.name] ?? .null) })
          ),
          "total": cell.total?.json ?? nil,
          "problem": cell.problem.map { .string($0) } ?? nil,
        ]
      }
    )
  }
}
