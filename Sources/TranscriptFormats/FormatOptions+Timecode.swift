/// The timecode that a film begins with.
public struct StartTimecode: Hashable, Sendable {
  /// Rates that timecodes count frames in: their names, and frames in so many milliseconds.
  private static let rates:
    [(name: String, nominal: Int, frames: Int, milliseconds: Int, drops: Int)] = [
      ("23.976", 24, 24, 1001, 0), ("24", 24, 24, 1000, 0), ("25", 25, 25, 1000, 0),
      ("29.97", 30, 30, 1001, 0), ("29.97df", 30, 30, 1001, 2), ("30", 30, 30, 1000, 0),
      ("50", 50, 50, 1000, 0), ("59.94", 60, 60, 1001, 0), ("59.94df", 60, 60, 1001, 4),
      ("60", 60, 60, 1000, 0),
    ]

  /// The names of the rates; `df` is for those that leave out numbers of frames (SMPTE ST 12-1).
  public static let rateNames = rates.map(\.name)

  /// When it is, in milliseconds from midnight.
  public let milliseconds: Int

  /// Reads `HH:MM:SS:FF`, or `HH:MM:SS;FF`; `nil` for what is none at this rate.
  public init?(_ text: String, rate: String) {
    let fields = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == ";" }
    let numbers = fields.compactMap { $0.count <= 2 ? Int($0) : nil }
    guard let rate = Self.rates.first(where: { $0.name == rate }), numbers.count == 4,
      fields.count == 4, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60,
      numbers[3] < rate.nominal, numbers.allSatisfy({ $0 >= 0 })
    else { return nil }
    let minutes = numbers[0] * 60 + numbers[1]
    let isLeftOut = numbers[2] == 0 && numbers[3] < rate.drops && minutes % 10 != 0
    guard !isLeftOut else { return nil }
    let counted = (minutes * 60 + numbers[2]) * rate.nominal + numbers[3]
    let frames = counted - rate.drops * (minutes - minutes / 10)
    milliseconds = (frames * rate.milliseconds + rate.frames / 2) / rate.frames
  }
}
