internal import UnicodeText

/// How far the starts of rows are off.
///
/// Looked at are rows of the hypothesis that begin with the word that a row of the reference begins
/// with, once all words are aligned: only there both say when the same word was said.
public struct TimingErrors: Hashable, Sendable {
  /// The rows looked at.
  public let count: Int
  /// The median of the distances, in seconds.
  public let median: Double
  /// What 95 of 100 distances stay below, in seconds.
  public let percentile95: Double
  /// How late the hypothesis is at the beginning, in seconds; less than zero when early.
  public let offset: Double
  /// Seconds that the hypothesis gets later in each second; 0 for a constant offset.
  public let slope: Double

  /// Compares starts; `nil` when no two rows begin with the same word.
  ///
  /// - Parameters:
  ///   - reference: Rows with starts; the words parted by blanks.
  ///   - hypothesis: Rows with starts; the words parted by blanks.
  public init?(_ reference: [Utterance], _ hypothesis: [Utterance]) {
    let one = RowStarts(reference)
    let other = RowStarts(hypothesis)
    let alignment = WordAlignment(reference: one.words, hypothesis: other.words)
    var pairs: [(time: Double, late: Double)] = []
    var (row, column) = (0, 0)
    for step in alignment.steps {
      if step == .hit, let start = one.starts[row], let found = other.starts[column] {
        pairs.append((start, found - start))
      }
      row += step == .insertion ? 0 : 1
      column += step == .deletion ? 0 : 1
    }
    guard !pairs.isEmpty else { return nil }
    let sizes = pairs.map { abs($0.late) }.sorted()
    count = pairs.count
    median = Self.middle(sizes)
    // The nearest rank: the least distance that 95 of 100 do not exceed.
    percentile95 = sizes[(sizes.count * 95 + 99) / 100 - 1]
    (offset, slope) = Self.line(pairs)
  }

  /// More pairs than this are thinned out evenly: their slopes grow with the square.
  private static let slopeLimit = 500

  /// The line with the median of all slopes between two rows (Theil 1950, Sen 1968), which single
  /// rows far off do not bend; level when all times are the same.
  private static func line(_ pairs: [(time: Double, late: Double)]) -> (Double, Double) {
    let step = max(1, (pairs.count + slopeLimit - 1) / slopeLimit)
    let some = stride(from: 0, to: pairs.count, by: step).map { pairs[$0] }
    var slopes: [Double] = []
    for (index, one) in some.enumerated() {
      for other in some[(index + 1)...] where other.time != one.time {
        slopes.append((other.late - one.late) / (other.time - one.time))
      }
    }
    let slope = slopes.isEmpty ? 0 : middle(slopes)
    return (middle(pairs.map { $0.late - slope * $0.time }), slope)
  }

  /// The median of numbers of which there is one at least.
  private static func middle(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private struct RowStarts {
    var words: [Substring] = []
    /// The start of the row that a word begins.
    var starts: [Double?] = []

    init(_ utterances: [Utterance]) {
      for utterance in utterances.inTime {
        let spoken = utterance.text.betweenBlanks()
        words += spoken
        starts += spoken.indices.map { $0 == 0 ? utterance.start : nil }
      }
    }
  }
}
