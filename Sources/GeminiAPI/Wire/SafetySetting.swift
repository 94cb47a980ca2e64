public import OrderedJSON

/// How much of one kind of harm is let through.
public struct SafetySetting: Hashable, Sendable {
  /// The kind, such as `HARM_CATEGORY_HARASSMENT`.
  public var category: String
  /// The limit, such as `BLOCK_NONE` or `OFF`.
  public var threshold: String

  /// A limit for one kind of harm.
  public init(category: String, threshold: String) {
    self.category = category
    self.threshold = threshold
  }

  /// Reads a limit as the wire writes it; `nil` when a half of it is missing.
  public init?(json: JSONValue) {
    guard let category = json["category"]?.string, let threshold = json["threshold"]?.string else {
      return nil
    }
    self.init(category: category, threshold: threshold)
  }

  init(_ wire: WireObject) {
    self.init(
      category: wire.string("category") ?? "",
      threshold: wire.string("threshold") ?? ""
    )
  }

  var json: JSONValue { ["category": .string(category), "threshold": .string(threshold)] }
}
