/// Finds words in bytes faster than one byte at a time.
package struct ByteSearch {
  private let words: [UInt8]
  /// How far the end of the words may move on from a byte, by that byte; never past a match.
  private let steps: [Int]

  /// - Parameter words: What is looked for.
  package init(_ words: [UInt8]) {
    self.words = words
    // Horspool's table: a byte that the words do not have lets all of them pass.
    var steps = Array(repeating: max(1, words.count), count: 256)
    for (index, byte) in words.dropLast().enumerated() {
      steps[Int(byte)] = words.count - 1 - index
    }
    self.steps = steps
  }

  /// Whether the bytes hold the words; no words are in all bytes.
  package func isIn(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(isIn) }

  /// Whether a text has the words as they are written, byte for byte.
  package func isIn(_ text: String) -> Bool {
    var text = text
    return text.withUTF8(isIn)
  }

  private func isIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let length = words.count
    guard length > 0 else { return true }
    return words.withUnsafeBufferPointer { words in
      var end = length - 1
      while end < bytes.count {
        let last = bytes[end]
        if last == words[length - 1] {
          var index = length - 1
          while index > 0, bytes[end - length + index] == words[index - 1] { index -= 1 }
          if index == 0 { return true }
        }
        end += steps[Int(last)]
      }
      return false
    }
  }
}
