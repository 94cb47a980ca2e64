internal import UnicodeText

/// Sees to it that a file is about one recording.
enum RecordingName {
  static func check(_ names: some Sequence<String>) throws(ImportError) {
    let all = Set(names).sorted()
    guard all.count > 1 else { return }
    throw ImportError(
      "it is about \(all.count) recordings (\(all.prefix(3).joined(separator: ", "))…); "
        + "give a file for each"
    )
  }
}

/// Fields of NIST's formats, which stand between blanks.
enum EvaluationFields {
  static func fields(_ line: String, _ limit: Int) -> [String] {
    line.betweenBlanks(maxSplits: limit - 1).map(String.init)
  }

  static func isComment(_ line: String) -> Bool { line.hasPrefix(";;") || line.hasPrefix("#") }

  /// The fields of the first line that is no comment.
  static func first(_ source: SourceText, _ limit: Int) -> [String] {
    source.first(50).first { !isComment($0) }.map { fields($0, limit) } ?? []
  }
}
