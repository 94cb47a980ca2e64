/// Puts text into elements with the parts that mean something marked up.
enum MarkedText {
  /// Bracketed remarks longer than this many bytes are taken for text.
  private static let longestRemark = 60

  /// Adds spoken text: `[laughter]` becomes `i`, a doubt such as `[?]` becomes `i.q`.
  static func append(_ text: String, to element: HTMLElement) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      var search = 0
      while let open = bytes[search...].firstIndex(of: UInt8(ascii: "[")) {
        search = open + 1
        guard let close = endOfRemark(bytes, from: search) else { continue }
        element.append(text: UnsafeBufferPointer(rebasing: bytes[done..<open]))
        let remark = element.append("i")
        if bytes[close - 1] == UInt8(ascii: "?") { remark.with("class", "q") }
        remark.append(text: UnsafeBufferPointer(rebasing: bytes[open...close]))
        done = close + 1
        search = done
      }
      element.append(text: UnsafeBufferPointer(rebasing: bytes[done...]))
    }
  }

  private static func endOfRemark(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let stop = min(bytes.count, start + longestRemark)
    for index in start..<stop {
      switch bytes[index] {
      case UInt8(ascii: "]"): return index > start ? index : nil
      case UInt8(ascii: "["), 0x0A: return nil
      default: continue
      }
    }
    return nil
  }

  /// Adds a remark of ours or the model's whose times, such as `1:02:03`, become links.
  static func append(linkingTimes text: String, to element: HTMLElement) {
    let bytes = Array(text.utf8)
    var done = 0
    var index = 0
    while index < bytes.count {
      let end = endOfTime(bytes, from: index)
      guard let end, let seconds = seconds(bytes[index..<end]) else {
        index = max(index + 1, endOfWord(bytes, from: index))
        continue
      }
      element.append(text: String(decoding: bytes[done..<index], as: UTF8.self))
      element.append("a", String(decoding: bytes[index..<end], as: UTF8.self))
        .with("href", "#t=\(seconds)")
      done = end
      index = end
    }
    element.append(text: String(decoding: bytes[done...], as: UTF8.self))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func endOfWord(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, isDigit(bytes[index]) || bytes[index] == UInt8(ascii: ":") {
      index += 1
    }
    return index
  }

  /// The end of a run of digits and colons that could be a time, two colons at most.
  private static func endOfTime(_ bytes: [UInt8], from start: Int) -> Int? {
    let end = endOfWord(bytes, from: start)
    let colons = bytes[start..<end].filter { $0 == UInt8(ascii: ":") }.count
    return (1...2).contains(colons) && end - start <= 8 ? end : nil
  }

  private static func seconds(_ digits: ArraySlice<UInt8>) -> Int? {
    let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var total = 0
    for (index, part) in parts.enumerated() {
      guard let number = Int(String(decoding: part, as: UTF8.self)) else { return nil }
      guard index == 0 || (part.count == 2 && number < 60) else { return nil }
      total = total * 60 + number
    }
    return total
  }
}
