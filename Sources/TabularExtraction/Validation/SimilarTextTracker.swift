/// Finds runs of rows that say nearly the same as the row above: all but a stretch in the middle.
struct SimilarTextTracker {
  private var previous: [UInt8] = []
  private var previousMoment: Int?
  private var run = 0
  private var advanced = 0

  /// Reads the next row, and says when the run it belongs to is a loop.
  mutating func append(
    _ text: UnsafeBufferPointer<UInt8>,
    words: Int,
    moment: Int?
  ) -> Repetition? {
    let isSimilar = words >= 6 && isSimilar(text)
    let before = previousMoment
    previous.removeAll(keepingCapacity: true)
    previous.append(contentsOf: text)
    previousMoment = moment
    guard isSimilar else {
      run = 0
      advanced = 0
      return nil
    }
    run += 1
    if let moment, let before, moment <= before {} else { advanced += 1 }
    let isFrozen = advanced * 10 <= run
    guard run + 1 >= (isFrozen ? 6 : 20) else { return nil }
    return Repetition(kind: .similarText, period: 1, run: run)
  }

  /// Whether beginning and end together make 85 % of the longer of both texts.
  private func isSimilar(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let (shorter, longer) = (min(text.count, previous.count), max(text.count, previous.count))
    guard shorter * 100 >= longer * 85 else { return false }
    var start = 0
    while start < shorter, text[start] == previous[start] { start += 1 }
    var end = 0
    while end < shorter - start, text[text.count - 1 - end] == previous[previous.count - 1 - end] {
      end += 1
    }
    return (start + end) * 100 >= longer * 85
  }
}
