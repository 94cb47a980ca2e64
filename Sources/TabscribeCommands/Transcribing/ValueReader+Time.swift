internal import CommandLineInterface
internal import TranscriptModel

extension ValueReader where Value == Timecode {
  /// A time as people write it: `90`, `1:30`, `1:02:03.5`, `90s`, `1h2m3s`.
  static let time = ValueReader("TIME") { text throws(ValueProblem) in
    do {
      return try Timecode(parsing: text)
    } catch {
      throw ValueProblem(expected: "a time such as 90, 1:30, 1:02:03 or 90s")
    }
  }
}
