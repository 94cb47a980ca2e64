/// The difference of two texts, word by word, with white space as words of its own.
public struct WordDifference: Sendable {
  /// What happened to a stretch of text.
  public enum Change: String, Hashable, Sendable {
    case same
    case removed
    case added
  }

  /// A stretch of text with one fate.
  public struct Stretch: Hashable, Sendable {
    /// What happened to it.
    public let change: Change
    /// The text, not empty.
    public let text: String
  }

  /// The stretches in order; what was removed stands before what was added in its place.
  public let stretches: [Stretch]

  /// Whether the texts are equal.
  public var isEmpty: Bool { stretches.allSatisfy { $0.change == .same } }

  /// The most pairs of words compared, which bounds time and memory (16 MiB).
  static let maximumTable = 4 << 20

  /// Compares two texts.
  ///
  /// Words shared at both ends are found in linear time; the rest by a longest common subsequence
  /// of at most ``maximumTable`` comparisons, beyond which it counts as replaced as a whole.
  public init(_ old: String, _ new: String) {
    let left = Self.words(old)
    let right = Self.words(new)
    let shared = zip(left, right).prefix { $0 == $1 }.count
    let limit = min(left.count, right.count) - shared
    let tail = zip(left.reversed(), right.reversed()).prefix(limit).prefix { $0 == $1 }.count
    var hunks = Hunks()
    for word in left[..<shared] { hunks.append(.same, word) }
    hunks.append(left[shared..<left.count - tail], right[shared..<right.count - tail])
    for word in left[(left.count - tail)...] { hunks.append(.same, word) }
    stretches = hunks.stretches()
  }

  /// A text divided into words, runs of blanks, and single line ends.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let end: Substring.Index
      if first.isNewline {
        end = rest.index(after: rest.startIndex)
      } else {
        let isSpace = first.isWhitespace
        end = rest.firstIndex { $0.isNewline || $0.isWhitespace != isSpace } ?? rest.endIndex
      }
      words.append(rest[..<end])
      rest = rest[end...]
    }
    return words
  }
}

/// Equal words, then what was removed and added after them, again and again.
private struct Hunks {
  private struct Hunk {
    var same: [Substring] = []
    var removed: [Substring] = []
    var added: [Substring] = []

    var isChanged: Bool { !removed.isEmpty || !added.isEmpty }
    /// Whether all equal words are blanks within a line, not worth dividing a change for.
    var isBlank: Bool { same.allSatisfy { $0.allSatisfy { $0.isWhitespace && !$0.isNewline } } }
  }

  private var hunks = [Hunk()]

  mutating func append(_ change: WordDifference.Change, _ word: Substring) {
    let last = hunks.count - 1
    switch change {
    case .same where hunks[last].isChanged: hunks.append(Hunk(same: [word]))
    case .same: hunks[last].same.append(word)
    case .removed: hunks[last].removed.append(word)
    case .added: hunks[last].added.append(word)
    }
  }

  /// Adds two lists by their longest common subsequence.
  mutating func append(_ left: ArraySlice<Substring>, _ right: ArraySlice<Substring>) {
    var left = left
    var right = right
    if !left.isEmpty, !right.isEmpty, left.count * right.count <= WordDifference.maximumTable {
      let table = CommonWords(Array(left), Array(right))
      let (first, second) = (left.startIndex, right.startIndex)
      while let old = left.first, let new = right.first {
        let (row, column) = (left.startIndex - first, right.startIndex - second)
        if old == new {
          append(.same, old)
          left = left.dropFirst()
          right = right.dropFirst()
        } else if table[row + 1, column] >= table[row, column + 1] {
          append(.removed, old)
          left = left.dropFirst()
        } else {
          append(.added, new)
          right = right.dropFirst()
        }
      }
    }
    for word in left { append(.removed, word) }
    for word in right { append(.added, word) }
  }

  func stretches() -> [WordDifference.Stretch] {
    var copy = self
    copy.joinAcrossBlanks()
    copy.startAtLines()
    var stretches: [WordDifference.Stretch] = []
    func add(_ change: WordDifference.Change, _ words: [Substring]) {
      if !words.isEmpty { stretches.append(.init(change: change, text: words.joined())) }
    }
    for hunk in copy.hunks {
      add(.same, hunk.same)
      add(.removed, hunk.removed)
      add(.added, hunk.added)
    }
    return stretches
  }

  /// Makes one change of changes with nothing but a blank between them.
  private mutating func joinAcrossBlanks() {
    var joined: [Hunk] = []
    for hunk in hunks {
      if let last = joined.last, last.isChanged, hunk.isChanged, hunk.isBlank {
        joined[joined.count - 1].removed += hunk.same + hunk.removed
        joined[joined.count - 1].added += hunk.same + hunk.added
      } else {
        joined.append(hunk)
      }
    }
    hunks = joined
  }

  /// Moves what was only removed or only added to the start of its line, where the words allow it.
  private mutating func startAtLines() {
    for index in hunks.indices.dropLast() {
      var (hunk, next) = (hunks[index], hunks[index + 1])
      let isRemoval = hunk.added.isEmpty
      guard isRemoval || hunk.removed.isEmpty else { continue }
      var words = isRemoval ? hunk.removed : hunk.added
      while let before = hunk.same.last, before.first?.isNewline == false, before == words.last {
        hunk.same.removeLast()
        words.removeLast()
        words.insert(before, at: 0)
        next.same.insert(before, at: 0)
      }
      guard hunk.same.last?.first?.isNewline ?? true else { continue }
      if isRemoval { hunk.removed = words } else { hunk.added = words }
      (hunks[index], hunks[index + 1]) = (hunk, next)
    }
  }
}

/// The lengths of the longest common subsequences of all ends of two lists of words.
private struct CommonWords {
  private let columns: Int
  private var lengths: [Int32]

  init(_ left: [Substring], _ right: [Substring]) {
    columns = right.count + 1
    lengths = Array(repeating: 0, count: (left.count + 1) * columns)
    for row in left.indices.reversed() {
      for column in right.indices.reversed() {
        lengths[row * columns + column] =
          left[row] == right[column]
          ? self[row + 1, column + 1] + 1 : max(self[row + 1, column], self[row, column + 1])
      }
    }
  }

  subscript(row: Int, column: Int) -> Int32 { lengths[row * columns + column] }
}
