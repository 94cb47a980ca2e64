extension ValueReader where Value == Int {
  /// A whole number in a range.
  package static func integer(_ placeholder: String, in range: ClosedRange<Int>) -> ValueReader {
    ValueReader(placeholder) { text throws(ValueProblem) in
      guard let number = Int(text), range.contains(number) else {
        throw ValueProblem(expected: "a whole number" + limits(range, open: Int.max))
      }
      return number
    }
  }

  /// A number of bytes: `500`, `20k`, `1.5MB` (powers of 1000), `64MiB` (powers of 1024).
  package static func size(_ placeholder: String = "SIZE") -> ValueReader {
    ValueReader(placeholder) { text throws(ValueProblem) in
      guard let bytes = ByteSize(parsing: text)?.bytes else {
        throw ValueProblem(expected: "a size such as 500, 20k, 1.5MB or 64MiB")
      }
      return bytes
    }
  }
}

extension ValueReader where Value == Double {
  /// A number in a range, with or without a fraction, never infinite.
  package static func decimal(_ placeholder: String, in range: ClosedRange<Double>) -> ValueReader {
    ValueReader(placeholder) { text throws(ValueProblem) in
      // `Double("0x1p3")`, `Double("nan")` and `Double("inf")` would be accepted otherwise.
      let isPlain = text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
      }
      guard isPlain, let number = Double(text), range.contains(number) else {
        let highest = Double.greatestFiniteMagnitude
        throw ValueProblem(expected: "a number" + limits(range, open: highest))
      }
      return number
    }
  }
}

/// The limits of a range as words; an end at the type's own limit is not worth a word.
private func limits<Bound>(_ range: ClosedRange<Bound>, open: Bound) -> String {
  range.upperBound == open
    ? ", \(range.lowerBound) or more" : " from \(range.lowerBound) to \(range.upperBound)"
}

/// A number of bytes as people write it.
struct ByteSize: Hashable {
  let bytes: Int

  private static let units: [(suffixes: [String], factor: Double)] = [
    (["", "b"], 1),
    (["k", "kb"], 1e3), (["m", "mb"], 1e6), (["g", "gb"], 1e9), (["t", "tb"], 1e12),
    (["kib"], 1024), (["mib"], 1_048_576), (["gib"], 1_073_741_824), (["tib"], 1_099_511_627_776),
  ]

  init?(parsing text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var suffix = text.dropFirst(digits.count).lowercased()
    if suffix.hasPrefix(" ") { suffix.removeFirst() }
    guard let number = Double(digits),
      let unit = Self.units.first(where: { $0.suffixes.contains(suffix) })
    else { return nil }
    let total = (number * unit.factor).rounded()
    guard total < Double(Int.max) else { return nil }
    bytes = Int(total)
  }
}
