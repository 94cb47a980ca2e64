internal import HostSystem
internal import OrderedJSON
internal import PromptTemplates

/// Whether the words of a prompt agree with each other and keep to their task.
struct WordingRules {
  let subject: PromptSubject

  var findings: [LintFinding] {
    outputTalk + timecodes + exampleTimes + repetitions
      + [contradiction, mixedCertainty].compactMap(\.self)
  }

  /// Words that tell how to write the output.
  private static let formWords = [
    "json", "tsv", "csv", "xml", "markdown", "code block", "code fence", "tab-separated",
    "comma-separated", "curly", "output format", "respond with", "return only", "return a ",
  ]

  private var outputTalk: [LintFinding] {
    guard subject.schema != nil else { return [] }
    return subject.lines().compactMap { line, location in
      let text = line.lowercased()
      guard let word = Self.formWords.first(where: { Self.holds(text, $0) }) else { return nil }
      return subject.finding(
        .outputTalk,
        "“\(word.drop { $0 == " " })” tells how to write the output",
        at: location()
      )
    }
  }

  /// `MM:SS` and its like, written out.
  private var timecodes: [LintFinding] {
    subject.lines().compactMap { line, location in
      let words = line.split { !($0.isLetter || $0 == ":") }
      let form = words.first { word in
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count >= 2
          && parts.allSatisfy { ["h", "hh", "m", "mm", "s", "ss"].contains($0.lowercased()) }
      }
      return form.map {
        subject.finding(.hardWiredTimecode, "times are fixed to \($0)", at: location())
      }
    }
  }

  private var repetitions: [LintFinding] {
    var seen: Set<[String]> = []
    return subject.lines().flatMap { line, location in
      line.split { ".;!?".contains($0) }.compactMap { sentence in
        let words = Self.words(sentence)
        // What begins small goes on behind a variable or explains a field.
        let isWhole = sentence.drop { " -*#".contains($0) }.first?.isUppercase ?? false
        guard isWhole, words.count >= 6, !seen.insert(words).inserted else { return nil }
        return subject.finding(
          .repeatedInstruction,
          "“\(sentence.drop { $0 == " " || $0 == "-" }.prefix(60))” stands there twice",
          at: location()
        )
      }
    }
  }

  /// A moment written out, such as `00:12`, in a prompt that is told how times are written.
  private var exampleTimes: [LintFinding] {
    guard subject.uses.contains(where: { $0.kind == .input("timecode") }) else { return [] }
    return subject.lines().compactMap { line, location in
      let words = line.split { !($0.isNumber || $0 == ":") }
      let time = words.first { word in
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count >= 2 && parts.allSatisfy { (1...2).contains($0.count) }
      }
      return time.map {
        subject.finding(.exampleTime, "\($0) is an example of its own form", at: location())
      }
    }
  }

  /// Instructions of which a prompt can have one.
  private static let exclusive: [(one: [String], other: [String])] = [
    (["verbatim", "as they are spoken", "word for word"], ["paraphrase", "clean up", "tidy up"]),
    (
      ["do not translate", "in the language they are spoken"],
      ["translate everything", "in english"]
    ),
    (["write `?`"], ["leave it empty", "leave empty", "write null", "write n/a", "write unknown"]),
    (["one row for each sentence"], ["one row for each speaker turn", "one row per speaker turn"]),
  ]

  private var contradiction: LintFinding? {
    let text = unconditionalText
    for pair in Self.exclusive {
      guard let one = pair.one.first(where: { Self.holds(text, $0) }),
        let other = pair.other.first(where: { Self.holds(text, $0) })
      else { continue }
      return subject.finding(.contradiction, "“\(one)” and “\(other)” exclude each other")
    }
    return nil
  }

  private static let certain = [
    "only when it is shown", "only if certain", "only when certain", "never guess", "do not guess",
  ]
  private static let generous = [
    "most likely value", "best guess", "make a guess", "infer", "even if unsure",
    "prefer the most likely",
  ]

  private var mixedCertainty: LintFinding? {
    let text = unconditionalText
    guard let certain = Self.certain.first(where: { Self.holds(text, $0) }),
      let generous = Self.generous.first(where: { Self.holds(text, $0) })
    else { return nil }
    return subject.finding(
      .mixedCertainty,
      "“\(certain)” asks for certainty, “\(generous)” for guesses"
    )
  }

  /// What every rendering says.
  private var unconditionalText: String {
    subject.passages.filter { !$0.isConditional }.map { $0.text.lowercased() }
      .joined(separator: " ")
  }

  /// Whether a text has words, not merely as a part of longer ones.
  private static func holds(_ text: String, _ words: String) -> Bool {
    // Most are not there, which is soon seen.
    guard ByteSearch(Array(words.utf8)).isIn(text) else { return false }
    let isLetter = { (character: Character?) in character?.isLetter ?? false }
    var rest = text[...]
    while let range = rest.firstRange(of: words) {
      let before =
        range.lowerBound == text.startIndex
        ? nil : text[text.index(before: range.lowerBound)]
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : nil
      let closes = words.last?.isLetter ?? false
      if !isLetter(before), !closes || !isLetter(after) { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }

  private static func words(_ text: Substring) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }
}
