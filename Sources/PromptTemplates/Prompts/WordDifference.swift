/// The difference of two texts, word by word, with white space as words of its own.
public struct WordDifference: Hashable, Sendable {
  /// What happened to a stretch of text.
  public enum Change: String, Hashable, Sendable {
    case same
    case removed
    case added
  }

  /// The stretches in order; what was removed stands before what was added in its place.
  public private(set) var stretches: [(change: Change, text: String)] = []

  /// Whether the texts are equal.
  public var isEmpty: Bool { stretches.allSatisfy { $0.change == .same } }

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
    for word in left[..<shared] { append(.same, word) }
    appendMiddle(left[shared..<left.count - tail], right[shared..<right.count - tail])
    for word in left[(left.count - tail)...] { append(.same, word) }
  }

  /// The most pairs of words compared, which bounds time and memory (16 MiB).
  static let maximumTable = 4 << 20

  private mutating func appendMiddle(_ left: ArraySlice<Substring>, _ right: ArraySlice<Substring>)
  {
    guard !left.isEmpty, !right.isEmpty, left.count * right.count <= Self.maximumTable else {
      for word in left { append(.removed, word) }
      for word in right { append(.added, word) }
      return
    }
    let table = CommonWords(Array(left), Array(right))
    var row = 0
    var column = 0
    while row < left.count || column < right.count {
      let old = row < left.count ? left[left.startIndex + row] : nil
      let new = column < right.count ? right[right.startIndex + column] : nil
      if let old, old == new {
        append(.same, old)
        row += 1
        column += 1
      } else if let old, new == nil || table[row + 1, column] >= table[row, column + 1] {
        append(.removed, old)
        row += 1
      } else if let new {
        append(.added, new)
        column += 1
      }
    }
  }

  private mutating func append(_ change: Change, _ word: Substring) {
    if stretches.last?.change == change {
      stretches[stretches.count - 1].text += word
    } else {
      stretches.append((change, String(word)))
    }
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

  /// Equal stretches make equal differences.
  public static func == (left: WordDifference, right: WordDifference) -> Bool {
    left.stretches.elementsEqual(right.stretches) { $0 == $1 }
  }

  /// Hashes the stretches.
  public func hash(into hasher: inout Hasher) {
    for (change, text) in stretches {
      hasher.combine(change)
      hasher.combine(text)
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
