public import OrderedJSON
public import TabularExtraction

/// The same requests under other settings, to compare before anything is sent.
public struct WhatIf: Sendable {
  /// A setting that is varied.
  public enum Axis: String, Hashable, Sendable, CaseIterable {
    /// Frames looked at in each second.
    case fps
    /// How much detail is seen in each frame.
    case resolution
    /// The model.
    case model
    /// How the tables are written.
    case encoding
  }

  /// The settings of a cell; what is `nil` is as given in the requests.
  public struct Variation: Hashable, Sendable {
    /// Frames looked at in each second.
    public var framesPerSecond: Double?
    /// How much detail is seen in each frame.
    public var resolution: ResolutionLevel?
    /// The model.
    public var model: String?
    /// How the tables are written.
    public var encoding: ReplyEncoding?

    /// The settings as a person reads them, such as `fps 0.5 · low`.
    public var title: String {
      let parts = [
        framesPerSecond.map { "fps \($0 == $0.rounded() ? "\(Int($0))" : "\($0)")" },
        resolution?.rawValue, model, encoding?.rawValue,
      ]
      return parts.compactMap(\.self).joined(separator: " · ")
    }

    func applied(to request: PlanRequest) -> PlanRequest {
      var request = request
      if let framesPerSecond { request.settings.framesPerSecond = framesPerSecond }
      if let resolution { request.settings.resolution = resolution }
      if let model { request.settings.model = model }
      if let encoding { request.settings.encoding = encoding }
      return request
    }
  }

  /// What the requests come to under some settings.
  public struct Cell: Sendable {
    /// The settings.
    public let variation: Variation
    /// Tokens and costs; `nil` when they cannot be told.
    public let total: Plan.Total?
    /// Why they cannot be told, or what is wrong with them; `nil` when nothing is.
    public let problem: String?
  }

  /// The cells, the last axis varying fastest.
  public let cells: [Cell]

  /// Frames for each second that are tried.
  public static let framesPerSecond = [0.2, 0.5, 1, 2]

  /// Plans the same requests for every combination of some axes.
  ///
  /// - Parameters:
  ///   - requests: The requests.
  ///   - axes: What is varied; repeated axes count once.
  ///   - planner: How each combination is planned.
  public init(_ requests: [PlanRequest], axes: [Axis], planner: Planner) {
    let platforms = Set(requests.map(\.settings.platform))
    var variations = [Variation()]
    for axis in Axis.allCases where axes.contains(axis) {
      variations = variations.flatMap {
        Self.varied($0, along: axis, platforms: platforms, planner: planner)
      }
    }
    cells = variations.map { variation in
      Self.cell(variation, requests: requests.map(variation.applied), planner: planner)
    }
  }

  private static func varied(
    _ variation: Variation,
    along axis: Axis,
    platforms: Set<ModelPlatform>,
    planner: Planner
  ) -> [Variation] {
    func each<Value>(
      _ values: [Value],
      _ path: WritableKeyPath<Variation, Value?>
    ) -> [Variation] {
      values.map { value in
        var copy = variation
        copy[keyPath: path] = value
        return copy
      }
    }
    switch axis {
    case .fps: return each(framesPerSecond, \.framesPerSecond)
    case .resolution: return each([.low, .medium, .high], \.resolution)
    case .encoding: return each(ReplyEncoding.allCases, \.encoding)
    case .model:
      let day = planner.options.day
      let usable = planner.catalog.cards.filter { card in
        card.status.state != .shutDown && card.media?.tokensPerFrame.isEmpty == false
          && platforms.allSatisfy { card.prices(on: $0, day: day) != nil }
      }
      return each(usable.map(\.id), \.model)
    }
  }

  private static func cell(
    _ variation: Variation,
    requests: [PlanRequest],
    planner: Planner
  ) -> Cell {
    do throws(PlanError) {
      let plan = try planner.plan(requests)
      let problem = plan.entries.lazy.compactMap { $0.share?.problem }.first
      return Cell(variation: variation, total: plan.total, problem: problem)
    } catch {
      return Cell(variation: variation, total: nil, problem: error.description)
    }
  }

  /// The grid as a document.
  public var json: JSONValue {
    .array(
      cells.map { cell in
        let settings = cell.variation
        return [
          "settings": [
            "fps": settings.framesPerSecond.map { JSONValue($0) } ?? nil,
            "resolution": settings.resolution.map { .string($0.rawValue) } ?? nil,
            "model": settings.model.map { .string($0) } ?? nil,
            "encoding": settings.encoding.map { .string($0.rawValue) } ?? nil,
          ],
          "total": cell.total?.json ?? nil,
          "problem": cell.problem.map { .string($0) } ?? nil,
        ]
      }
    )
  }
}
