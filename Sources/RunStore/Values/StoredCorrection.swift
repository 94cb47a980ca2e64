public import OrderedJSON

/// A change made by a person, as `corrections` of a document holds it.
public struct StoredCorrection: Hashable, Sendable {
  /// The correction.
  public var value: JSONValue
  /// Whether it was taken back; it is kept so that it can be put in force again.
  public var isUndone: Bool

  /// A correction, in force unless told otherwise.
  public init(_ value: JSONValue, isUndone: Bool = false) {
    self.value = value
    self.isUndone = isUndone
  }
}
