/// Numbers as models write them.
enum WrittenNumber {
  typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  /// The value of `-12`; `nil` for anything but a sign and digits that fit.
  @inline(__always)
  static func integer(_ text: Bytes) -> Int? {
    var index = text.startIndex
    let isNegative = index < text.endIndex && text[index] == ASCII.minus
    if isNegative { index += 1 }
    guard index < text.endIndex else { return nil }
    var value = 0
    while index < text.endIndex {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(digit))
      if overflow || carry { return nil }
      value = sum
      index += 1
    }
    return isNegative ? -value : value
  }

  /// The value of a number without a fraction, such as `2.0`, `2e3` or `+2`.
  static func wholeValue(_ text: Bytes) -> Int? {
    let text = text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    guard isNumber(text) || integer(text) != nil else { return nil }
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.magnitude < 1e15 else {
      return integer(text)
    }
    return Int(exactly: value)
  }

  /// Whether the text is a number by JSON's grammar.
  static func isNumber(_ text: Bytes) -> Bool {
    var index = text.startIndex
    func digits() -> Int {
      let start = index
      while index < text.endIndex, Input.isDigit(text[index]) { index += 1 }
      return index - start
    }
    func skip(_ accepted: (UInt8) -> Bool) -> Bool {
      guard index < text.endIndex, accepted(text[index]) else { return false }
      index += 1
      return true
    }
    _ = skip { $0 == ASCII.minus }
    let whole = index
    let count = digits()
    guard count > 0, count == 1 || text[whole] != UInt8(ascii: "0") else { return false }
    if skip({ $0 == ASCII.dot }), digits() == 0 { return false }
    if skip({ $0 | 0x20 == UInt8(ascii: "e") }) {
      _ = skip { $0 == ASCII.minus || $0 == UInt8(ascii: "+") }
      if digits() == 0 { return false }
    }
    return index == text.endIndex
  }

  /// The one number in text such as `voice 3`, `[Speaker 3]`, `#3` or `v3:`.
  ///
  /// Letters after the digits, or a second number, make it something else.
  static func integerAmongWords(_ text: Bytes) -> Int? {
    guard let start = text.firstIndex(where: Input.isDigit) else { return nil }
    let end = text[start...].firstIndex { !Input.isDigit($0) } ?? text.endIndex
    guard text[..<start].allSatisfy({ Input.isLetter($0) || " _#[(.:".utf8.contains($0) }),
      text[end...].allSatisfy({ "]):. ".utf8.contains($0) })
    else { return nil }
    return integer(text[start..<end])
  }
}
