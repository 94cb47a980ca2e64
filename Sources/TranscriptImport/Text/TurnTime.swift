/// The time of a turn in a text, in milliseconds.
struct TurnTime {
  var start: Int?
  var end: Int?
  /// Whether it stands in brackets, which sentences have not.
  var isBracketed = false

  /// Reads a time at the beginning of a line, and what follows it.
  static func leading(
    _ text: Substring,
    countsDays: Bool
  ) -> (time: TurnTime, rest: Substring)? {
    var rest = text.drop { $0 == "*" || $0 == "_" }
    let close: Character? =
      switch rest.first {
      case "[": "]"
      case "(": ")"
      case "<": ">"
      default: nil
      }
    var time = TurnTime(isBracketed: close != nil)
    if close != nil { rest.removeFirst() }
    if close != nil, rest.first == "?" {
      rest.removeFirst()
    } else {
      guard let start = clock(&rest, countsDays: countsDays) else { return nil }
      time.start = start
      var range = rest.drop { $0 == " " }
      for sign in ["-->", "->", "–", "—", "-", "to "] where range.hasPrefix(sign) {
        range = range.dropFirst(sign.count).drop { $0 == " " }
        if let end = clock(&range, countsDays: countsDays) {
          time.end = end >= start ? end : nil
          rest = range
        }
        break
      }
    }
    if let close {
      guard rest.first == close else { return nil }
      rest.removeFirst()
    } else if let next = rest.first, !next.isWhitespace, !":-–—*".contains(next) {
      return nil
    }
    return (time, rest.drop { $0 == "*" || $0 == "_" })
  }

  /// Reads a name with a time behind it: `Ada [00:02]: text`, `Ada: 00:02`, `Ada 0:02`.
  ///
  /// A time without brackets has nothing behind it.
  static func named(
    _ text: Substring,
    _ prefix: inout SpeakerPrefix
  ) -> (name: String, time: TurnTime, rest: Substring)? {
    let head = text.prefix(100)
    for place in head.indices where "[(0123456789".contains(head[place]) && place > head.startIndex
    {
      guard head[head.index(before: place)].isWhitespace || "[(".contains(head[place]),
        let (time, behind) = leading(text[place...], countsDays: false)
      else { continue }
      var rest = behind.drop(while: \.isWhitespace)
      if rest.first == ":" { rest = rest.dropFirst().drop(while: \.isWhitespace) }
      guard time.isBracketed || rest.isEmpty else { return nil }
      var name = text[..<place]
      while let last = name.last, last.isWhitespace || ":-–—|,*_".contains(last) {
        name.removeLast()
      }
      name = name.drop { "*_->".contains($0) || $0.isWhitespace }
      guard prefix.isName(name) else { return nil }
      return (String(name), time, rest)
    }
    return nil
  }

  /// A clock with at least one colon, or seconds with their unit.
  private static func clock(_ text: inout Substring, countsDays: Bool) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber || ":.,;".contains($0) }
    var clock = digits
    while let last = clock.last, ":.,;".contains(last) { clock.removeLast() }
    guard clock.contains(":"), clock.count <= 24 else { return nil }
    let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
    let time: Int?
    if countsDays, fields.count == 4, let days = Int(fields[0]), days < 10_000 {
      time = ClockText.milliseconds(fields[1...].joined(separator: ":")).map {
        $0 + days * 86_400_000
      }
    } else {
      time = ClockText.milliseconds(clock.replacing(";", with: ":"))
    }
    guard let time else { return nil }
    text = text[clock.endIndex...]
    return time
  }
}
