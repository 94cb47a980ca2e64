/// Finds runs of rows whose texts repeat with a period of any length.
struct SameTextTracker {
  private var hashes: [UInt64] = []
  private var moments: [Int?] = []
  private var lastRows = RowIndex()
  private var period = 0
  private var run = 0
  private var words = 0
  private var advanced = 0
  /// The row before the last one that has the last one's text, if there is one.
  private(set) var earlierCopy: Int?

  /// Reads the next row, and says when the run it belongs to is a loop.
  mutating func append(_ profile: TextProfile, moment: Int?) -> Repetition? {
    let row = hashes.count
    hashes.append(profile.hash)
    moments.append(moment)
    guard profile.hash != 0 else {
      run = 0
      earlierCopy = nil
      return nil
    }
    earlierCopy = lastRows.note(row, in: hashes)
    if run == 0 || hashes[row - period] != profile.hash { beginRun(row) }
    guard period > 0 else { return nil }
    extend(row, by: profile.words)
    return repetition
  }

  /// Starts again with the distance to the last row of the same text, if there is one.
  private mutating func beginRun(_ row: Int) {
    run = 0
    words = 0
    advanced = 0
    period = earlierCopy.map { row - $0 } ?? 0
  }

  private mutating func extend(_ row: Int, by count: Int) {
    run += 1
    words += count
    // Rows without a time say nothing about it: they count as going on, which is the milder reading.
    guard let now = moments[row], let before = moments[row - period], now <= before else {
      advanced += 1
      return
    }
  }

  private var repetition: Repetition? {
    let copies = run / period + 1
    let isFrozen = advanced * 10 <= run
    // Rows of a word or two are said many times over: “Yes.”, “[applause]”.
    let isLong = words >= 3 * run
    let isLoop =
      switch (isFrozen, period) {
      case (true, 1): copies >= 4 && words >= 12 || copies >= 12
      case (true, _): copies >= 3 && words >= 24 || copies >= 2 && period >= 5 && words >= 30
      case (false, _):
        copies >= 10 && words >= 40 && isLong || copies >= 100 || run >= 60 && words >= 250
      }
    guard isLoop else { return nil }
    return Repetition(kind: isFrozen ? .frozenTime : .advancingTime, period: period, run: run)
  }
}
