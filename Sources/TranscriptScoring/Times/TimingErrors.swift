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
    median = (sizes[(sizes.count - 1) / 2] + sizes[sizes.count / 2]) / 2
    // The nearest rank: the least distance that 95 of 100 do not exceed.
    percentile95 = sizes[(sizes.count * 95 + 99) / 100 - 1]
    (offset, slope) = Self.line(pairs)
  }

  /// The line with the least squares of deviations; level when all times are the same.
  private static func line(_ pairs: [(time: Double, late: Double)]) -> (Double, Double) {
    let count = Double(pairs.count)
    let time = pairs.reduce(0) { $0 + $1.time } / count
    let late = pairs.reduce(0) { $0 + $1.late } / count
    let spread = pairs.reduce(0) { $0 + ($1.time - time) * ($1.time - time) }
    guard spread > 0 else { return (late, 0) }
    let slope = pairs.reduce(0) { $0 + ($1.time - time) * ($1.late - late) } / spread
    return (late - slope * time, slope)
  }

  private struct RowStarts {
    var words: [Substring] = []
    /// The start of the row that a word begins.
    var starts: [Double?] = []

    init(_ utterances: [Utterance]) {
      for utterance in utterances.inTime {
        let spoken = WordAlignment.words(utterance.text)
        words += spoken
        starts += spoken.indices.map { $0 == 0 ? utterance.start : nil }
      }
    }
  }
}
