internal import UnicodeText

/// The outlines of rows for those who lay out captions elsewhere: the report's script.
package struct CaptionOutlines {
  private let outliner = TextOutliner()
  private var line = LineText()

  /// One that is ready.
  package init() {}

  /// A letter for each scalar of a text on one line (`TextOutline.letters`); `nil` for a plain text.
  package mutating func letters(of text: String) -> String? {
    line.set(text)
    return outlined(String(decoding: line.bytes, as: UTF8.self))?.letters
  }

  /// What stands before a speaker's words in captions, and its letters; `nil` for a plain label.
  package mutating func label(_ label: String) -> (text: String, letters: String)? {
    line.set(label)
    return outlined(String(decoding: line.bytes, as: UTF8.self) + ":")
  }

  private func outlined(_ line: String) -> (text: String, letters: String)? {
    var line = line
    if line.withUTF8(TextOutline.isPlain) { return nil }
    return (line, outliner.outline(of: line).letters)
  }
}
