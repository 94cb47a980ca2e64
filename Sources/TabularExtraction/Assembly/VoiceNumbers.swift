package import TranscriptModel

/// The numbers of voices: as the reply has them, or given in order to ids that are words.
package struct VoiceNumbers {
  private var numbers: [String: Int] = [:]

  /// Numbers of no voices yet.
  package init() {}

  /// The number of the voice a cell names; `nil` when it names none.
  package mutating func number(_ cell: Cell) -> Int? {
    switch cell {
    case .integer(let number): return number
    case .text(let text):
      if let number = Int(text) ?? numbers[text] { return number }
      numbers[text] = numbers.count + 1
      return numbers.count
    default: return nil
    }
  }
}
