internal import TranscriptModel

/// Puts the words of a row into captions, and those of a caption on lines.
///
/// A caption holds `capacity` cells on `lineCount` lines of `lineWidth` cells, and with a limit
/// `mostWords` words. Of the words left, `rest` cells broad, `up((rest + 1) / (capacity + 1))` captions
/// are to be made, more where the words ask for it. Among the places behind which everything fits, a
/// caption ends at that with the lowest cost: how far its breadth is from `up(rest / captions)`, less a
/// bonus for a place that makes sense (``CaptionBreak``), and `capacity` more where what is left would
/// take a caption more. The first of equal ones is taken. Lines are broken likewise: as few as there
/// can be, each as near as may be to an equal share.
///
/// Where it is known when words are spoken, a ``CaptionTime/pause`` between two counts as a sentence's end, and at a
/// ``CaptionTime/longPause`` a caption ends however much would fit.
///
/// All numbers are whole, divisions round down (`up`: up).
struct CaptionLayout {
  let lineWidth: Int
  let lineCount: Int
  let capacity: Int
  let mostWords: Int?
  let small: SmallWords

  private typealias Atom = CaptionAtoms.Atom

  /// A line of a caption: the atoms from `first` to the next line's.
  struct Line {
    let first: Int
    let beginsCue: Bool
  }

  /// The lines of all captions that a row gives.
  ///
  /// - Parameter spoken: When each atom is spoken; `nil` where nobody knows.
  func lay(
    _ content: borrowing CaptionAtoms,
    _ spoken: [SpokenAtom]? = nil,
    into lines: inout [Line]
  ) {
    lines.removeAll(keepingCapacity: true)
    content.atoms.withUnsafeBufferPointer { atoms in
      content.line.withUnsafeBufferPointer { line in
        let labels = content.labelCount
        let pauses = spoken.map { CaptionPauses($0, labels) }
        var (first, limit) = (0, 0)
        while first < atoms.count {
          if first >= limit { limit = pauses?.end(after: first) ?? atoms.count }
          // What stands behind a long pause is laid by itself.
          let row = UnsafeBufferPointer(rebasing: atoms[..<limit])
          let end = cueEnd(row, line, first, labels, pauses)
          lines.append(Line(first: first, beginsCue: true))
          breakLines(row, line, first, end, labels, pauses, &lines)
          first = end
        }
      }
    }
  }

  private func cueEnd(
    _ atoms: UnsafeBufferPointer<Atom>,
    _ line: UnsafeBufferPointer<UInt8>,
    _ first: Int,
    _ labels: Int,
    _ pauses: CaptionPauses?
  ) -> Int {
    if mostWords == nil, Self.width(atoms, first, atoms.count) <= min(lineWidth, capacity) {
      return atoms.count
    }
    let most = max(mostEnd(atoms, first, labels), min(labels + 1, atoms.count), first + 1)
    if most == atoms.count { return most }
    let rest = Self.width(atoms, first, atoms.count)
    var cues = max(2, Self.up(rest + 1, capacity + 1))
    if let mostWords { cues = max(cues, Self.up(atoms.count - max(first, labels), mostWords)) }
    let aim = Self.up(rest, cues)
    let least = max(first, labels) + 1
    var (best, bestCost) = (most, Int.max)
    var end = least
    while end <= most {
      var cost = abs(Self.width(atoms, first, end) - aim)
      if cost - bonus(3, capacity) < bestCost {
        cost -= bonus(rank(atoms, line, end, labels, pauses), capacity)
        let isMore =
          Self.width(atoms, end, atoms.count) + 1 > (cues - 1) * (capacity + 1)
          || mostWords.map { atoms.count - end > (cues - 1) * $0 } ?? false
        if isMore { cost += capacity }
        if cost < bestCost { (best, bestCost) = (end, cost) }
      }
      end += 1
    }
    return best
  }

  /// How far a caption can go.
  private func mostEnd(_ atoms: UnsafeBufferPointer<Atom>, _ first: Int, _ labels: Int) -> Int {
    var end = first + 1
    var lines = 1
    var lineStart = first
    while end < atoms.count {
      if let mostWords, end + 1 - max(first, labels) > mostWords { break }
      if Self.width(atoms, lineStart, end + 1) > lineWidth {
        if lines == lineCount { break }
        lines += 1
        lineStart = end
      }
      if Self.width(atoms, first, end + 1) > capacity { break }
      end += 1
    }
    return end
  }

  private func breakLines(
    _ atoms: UnsafeBufferPointer<Atom>,
    _ line: UnsafeBufferPointer<UInt8>,
    _ first: Int,
    _ end: Int,
    _ labels: Int,
    _ pauses: CaptionPauses?,
    _ lines: inout [Line]
  ) {
    if Self.width(atoms, first, end) <= lineWidth { return }
    // The earliest beginnings of the last lines, the last one first: what is left fits behind them.
    var earliest: [Int] = []
    var start = end
    while start > first {
      var begin = start - 1
      while begin > first, Self.width(atoms, begin - 1, start) <= lineWidth { begin -= 1 }
      earliest.append(begin)
      start = begin
    }
    var lineStart = first
    for left in stride(from: earliest.count - 1, to: 0, by: -1) {
      let aim = Self.up(Self.width(atoms, lineStart, end), left + 1)
      var (best, bestCost) = (max(lineStart + 1, earliest[left - 1]), Int.max)
      var next = best
      while next < end, Self.width(atoms, lineStart, next) <= lineWidth {
        var cost = abs(Self.width(atoms, lineStart, next) - aim)
        if cost - bonus(3, lineWidth) < bestCost {
          cost -= bonus(rank(atoms, line, next, labels, pauses), lineWidth)
          // A name stays on one line where it can.
          if next < labels { cost += lineWidth }
          if cost < bestCost { (best, bestCost) = (next, cost) }
        }
        next += 1
      }
      lines.append(Line(first: best, beginsCue: false))
      lineStart = best
    }
  }

  /// How good it is to end behind the atom before a place.
  private func rank(
    _ atoms: UnsafeBufferPointer<Atom>,
    _ line: UnsafeBufferPointer<UInt8>,
    _ place: Int,
    _ labels: Int,
    _ pauses: CaptionPauses?
  ) -> Int {
    guard place > labels else { return 0 }
    if let pauses, pauses.lengths[place] >= CaptionTime.pause { return 3 }
    let (before, behind) = (atoms[place - 1], atoms[place])
    return CaptionBreak.rank(
      UnsafeBufferPointer(rebasing: line[before.start..<before.end]),
      UnsafeBufferPointer(rebasing: line[behind.start..<behind.end]),
      small
    )
  }

  /// What a rank is worth where something may be `size` cells broad: enough that a sentence's end is
  /// taken wherever it fits without a caption or a line more, a part's end where it is near.
  private func bonus(_ rank: Int, _ size: Int) -> Int {
    switch rank {
    case 3: size / 2
    case 2: size * 3 / 16
    case 1: size / 10
    case -1: -size / 10
    default: 0
    }
  }

  @inline(__always) private static func width(
    _ atoms: UnsafeBufferPointer<Atom>,
    _ first: Int,
    _ end: Int
  ) -> Int {
    atoms[end - 1].x + atoms[end - 1].width - atoms[first].x
  }

  static func up(_ dividend: Int, _ divisor: Int) -> Int { (dividend + divisor - 1) / divisor }
}

/// The pauses between the atoms of a row.
struct CaptionPauses {
  /// How long nobody speaks before each atom, in milliseconds.
  let lengths: [Int]

  /// - Parameter labels: The atoms of the label, behind which there is no pause.
  init(_ spoken: [SpokenAtom], _ labels: Int) {
    lengths = spoken.indices.map { index in
      index > labels ? spoken[index].time.startMS - spoken[index - 1].time.endMS : 0
    }
  }

  /// The first atom behind one that a long pause stands before, or the end of the row.
  func end(after first: Int) -> Int {
    lengths[(first + 1)...].firstIndex { $0 >= CaptionTime.longPause } ?? lengths.count
  }
}
