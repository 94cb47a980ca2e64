internal import CommandLineInterface
internal import RequestPlanning
internal import TranscriptModel

extension ValueReader where Value == Sharding {
  /// `auto`, `off`, or the length of a clip.
  static let sharding = ValueReader(
    "auto|off|TIME",
    completion: .suggestions(["auto", "off"])
  ) { text throws(ValueProblem) in
    switch text.lowercased() {
    case "auto": return .automatic
    case "off": return .off
    default:
      guard let time = try? Timecode(parsing: text), time > .zero else {
        throw ValueProblem(expected: "auto, off, or a length such as 8m or 8:00")
      }
      return .every(milliseconds: time.milliseconds)
    }
  }
}
