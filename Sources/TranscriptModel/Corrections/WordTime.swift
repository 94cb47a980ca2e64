/// When a word is spoken; words are what blanks separate.
public struct WordTime: Hashable, Sendable {
  /// When it begins, in milliseconds.
  public var startMS: Int
  /// When it ends, in milliseconds; where no pause follows, when the next one begins.
  public var endMS: Int

  /// A word.
  public init(startMS: Int, endMS: Int) { (self.startMS, self.endMS) = (startMS, endMS) }

  /// The same word, counted from another moment.
  ///
  /// - Parameter offset: The milliseconds that it comes later.
  public func moved(by offset: Int) -> WordTime {
    WordTime(startMS: startMS + offset, endMS: endMS + offset)
  }
}
