internal import UnicodeText

/// What is done to a text around the reading of its numbers.
enum EnglishFigures {
  /// The text, without punctuation, with its numbers in figures.
  static func written(_ text: String) -> String {
    let words = withHalves(text.betweenBlanks())
    let hasDigits = words.contains { $0.unicodeScalars.contains(where: EnglishNormaliser.isDigit) }
    let parted = hasDigits ? withEndingsJoined(withDigitsApart(words)) : words
    let figures = EnglishNumberReader.figures(in: parted)
    let hasFigures = hasDigits || figures.utf8.contains { (0x30...0x39).contains($0) }
    return hasFigures ? withOnes(withCents(figures)) : figures
  }

  // MARK: Before

  private static let halfWord = "half".unicodeScalars

  /// `and a half` is `point five` behind a number.
  private static func withHalves(_ all: [Substring]) -> [Substring] {
    guard all.contains(where: { $0.hasPrefix("half") }) else { return all }
    var words: [Substring] = []
    var rest = all[...]
    var isBehindHalf = true
    while let word = rest.popFirst() {
      guard word == "and", rest.first == "a", let half = rest.dropFirst().first,
        half.unicodeScalars.prefix(while: EnglishNormaliser.isWordScalar).elementsEqual(halfWord)
      else {
        words.append(word)
        isBehindHalf = false
        continue
      }
      rest = rest.dropFirst(2)
      if half.count > 4 { rest = [half.dropFirst(4)] + rest }
      // One that follows nothing, or another, goes.
      guard let last = words.last, !isBehindHalf else { continue }
      isBehindHalf = true
      let isNumber: Bool
      switch NumberWord.of(last) {
      case .zero, .unit, .tens, .scale: isNumber = true
      default: isNumber = false
      }
      words += isNumber ? ["point", "five"] : ["and", "a", "half"]
    }
    return words
  }

  /// Letters and digits that touch become words of their own.
  private static func withDigitsApart(_ words: [Substring]) -> [Substring] {
    words.flatMap { word -> [Substring] in
      var result: [Substring] = []
      var start = word.startIndex
      var last: Unicode.Scalar?
      for index in word.unicodeScalars.indices {
        let scalar = word.unicodeScalars[index]
        if let last,
          isLetter(last) && EnglishNormaliser.isDigit(scalar)
            || EnglishNormaliser.isDigit(last) && isLetter(scalar)
        {
          result.append(word[start..<index])
          start = index
        }
        last = scalar
      }
      return result + [word[start...]]
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

  /// No blank before what may end a figure: `60 s`, `2 nd`.
  private static func withEndingsJoined(_ words: [Substring]) -> [Substring] {
    var result: [Substring] = []
    for word in words {
      let run = word.unicodeScalars.prefix(while: EnglishNormaliser.isWordScalar)
      if endings.contains(Substring(run)), let last = result.last?.unicodeScalars.last,
        EnglishNormaliser.isDigit(last)
      {
        result[result.count - 1] += word
      } else {
        result.append(word)
      }
    }
    return result
  }

  private static let endings: Set<Substring> = ["st", "nd", "rd", "th", "s"]

  // MARK: After

  /// Dollars and cents in one figure: `$2 and ¢7` is `$2.07`, `$0.50` is `¢50`.
  private static func withCents(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 >= 0x80 }) else { return text }
    var joined = text
    if text.unicodeScalars.contains("¢") {
      joined.replace(/([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})\b/.wordBoundaryKind(.simple)) {
        match in
        "\(match.1)\(match.2).\(match.3.count == 1 ? "0" : "")\(match.3)"
      }
    }
    if ["€0", "£0", "$0"].contains(where: joined.contains) {
      joined.replace(/[€£$]0.([0-9]{1,2})\b/.wordBoundaryKind(.simple)) { "¢\(Int($0.1) ?? 0)" }
    }
    return joined
  }

  /// `1` is written `one`, also before a point.
  private static func withOnes(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "1")) else { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let run = rest.prefix(while: EnglishNormaliser.isWordScalar)
      switch String(run) {
      case "1": result += "one"
      case "1s": result += "ones"
      default: result.unicodeScalars.append(contentsOf: run)
      }
      rest = rest[run.endIndex...]
      let gap = rest.prefix { !EnglishNormaliser.isWordScalar($0) }
      result.unicodeScalars.append(contentsOf: gap)
      rest = rest[gap.endIndex...]
    }
    return result
  }
}
