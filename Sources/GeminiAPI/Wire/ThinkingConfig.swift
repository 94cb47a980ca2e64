internal import OrderedJSON

/// How much the model thinks before it answers.
public struct ThinkingConfig: Hashable, Sendable {
  /// How much, for models from 3 on.
  public struct Level: WireName, CaseIterable {
    /// The value as the wire spells it.
    public let rawValue: String

    /// The value spelled so on the wire.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Nearly none.
    public static let minimal = Self(rawValue: "MINIMAL")
    /// Little.
    public static let low = Self(rawValue: "LOW")
    /// Some.
    public static let medium = Self(rawValue: "MEDIUM")
    /// Much.
    public static let high = Self(rawValue: "HIGH")

    /// More than that, with some models of the fourth generation.
    public static let xhigh = Self(rawValue: "XHIGH")

    /// The levels there are, least first.
    public static let allCases: [Self] = [.minimal, .low, .medium, .high, .xhigh]

    /// The level of a name in any case of letters.
    public init(name: String) { self.init(rawValue: name.uppercased()) }

    /// The level as people spell it: `low`.
    public var name: String { rawValue.lowercased() }
  }

  /// Whether summaries of the thinking come with the reply.
  public var includeThoughts: Bool?
  /// For models before 3: the most tokens; 0 is off, -1 leaves it to the model.
  public var thinkingBudget: Int?
  /// For models from 3 on; not together with a budget.
  public var thinkingLevel: Level?

  /// How much the model thinks.
  public init(
    includeThoughts: Bool? = nil,
    thinkingBudget: Int? = nil,
    thinkingLevel: Level? = nil
  ) {
    self.includeThoughts = includeThoughts
    self.thinkingBudget = thinkingBudget
    self.thinkingLevel = thinkingLevel
  }

  init(_ wire: WireObject) {
    self.init(
      includeThoughts: wire["includeThoughts"]?.bool,
      thinkingBudget: wire.int("thinkingBudget"),
      thinkingLevel: wire.string("thinkingLevel").map(Level.init(rawValue:))
    )
  }

  var json: JSONValue {
    var object = JSONObject()
    object["includeThoughts"] = includeThoughts.map { JSONValue($0) }
    object["thinkingBudget"] = thinkingBudget.map { JSONValue($0) }
    object["thinkingLevel"] = thinkingLevel.map { .string($0.rawValue) }
    return .object(object)
  }
}
