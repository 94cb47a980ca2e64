/// A stretch of time in which somebody speaks.
public struct Turn: Hashable, Sendable {
  /// When it begins, in seconds.
  public let start: Double
  /// When it ends, in seconds.
  public let end: Double
  /// Who speaks.
  public let speaker: String

  /// A turn; one that ends before it begins counts as empty.
  public init(start: Double, end: Double, speaker: String) {
    self.start = start
    self.end = end
    self.speaker = speaker
  }
}
