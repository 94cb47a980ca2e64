internal import CommandLineInterface

extension ValueReader where Value == Int {
  /// An age in seconds: `12h`, `90d`, `12w`, `2y` (years of 365 days).
  static let age = ValueReader("AGE") { text throws(ValueProblem) in
    let hours = ["h": 1, "d": 24, "w": 168, "y": 8760]
    guard let unit = text.last.flatMap({ hours[String($0).lowercased()] }),
      let count = Int(text.dropLast()), (1...100_000).contains(count)
    else { throw ValueProblem(expected: "an age such as 12h, 90d, 12w or 2y") }
    return count * unit * 3600
  }
}
