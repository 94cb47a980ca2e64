/// How loud it is when nobody speaks: the level that is exceeded nine tenths of the time, of the tenths of a
/// second that lie up to ten seconds away.
///
/// Of the windows of 8, 12, 15, 20 and 30 seconds and the parts of 10, 15, 20 and 30 % that were compared on
/// recorded phrases under babble and tones, a tenth of twenty seconds told speech from pauses best.
struct NoiseFloor {
  /// The levels of the window, the lowest first.
  private var levels: [Float] = []

  /// The level of the quiet tenth.
  var level: Float { levels.isEmpty ? 0 : levels[levels.count / 10] }

  mutating func insert(_ level: Float) { levels.insert(level, at: position(level)) }

  mutating func remove(_ level: Float) {
    let position = position(level)
    if position < levels.count, levels[position] == level { levels.remove(at: position) }
  }

  /// The first place whose level is not below.
  private func position(_ level: Float) -> Int {
    var (low, high) = (0, levels.count)
    while low < high {
      let middle = (low + high) / 2
      if levels[middle] < level { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
