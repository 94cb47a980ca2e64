internal import PlainText

/// Turns the text of an argument into a value, or says what was expected.
package struct ValueReader<Value: Sendable>: Sendable {
  /// What stands for the value in the help, in capitals.
  package let placeholder: String
  /// What a shell may offer.
  package let completion: ValueCompletion
  /// Reads the text.
  package let read: @Sendable (String) throws(ValueProblem) -> Value

  /// A reader of one's own.
  package init(
    _ placeholder: String,
    completion: ValueCompletion = .none,
    read: @escaping @Sendable (String) throws(ValueProblem) -> Value
  ) {
    self.placeholder = placeholder
    self.completion = completion
    self.read = read
  }
}

/// Why a text is not a value of the kind wanted.
package struct ValueProblem: Error, Hashable {
  /// What would have been right, as a noun phrase: "a whole number from 1 to 64".
  package let expected: String
  /// The nearest right value, where one is near.
  package let suggestion: String?
  /// The part of the text that is wrong; `nil` for all of it.
  package let found: String?

  /// A problem; `expected` completes the sentence "…, expected …".
  package init(expected: String, suggestion: String? = nil, found: String? = nil) {
    self.expected = expected
    self.suggestion = suggestion
    self.found = found
  }
}

extension ValueReader {
  /// Values with commas between them.
  ///
  /// - Throws: The problem of the first part that is no value, which it names.
  package func list(_ text: String) throws(ValueProblem) -> [Value] {
    var values: [Value] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      do throws(ValueProblem) {
        values.append(try read(part))
      } catch {
        throw ValueProblem(expected: error.expected, suggestion: error.suggestion, found: part)
      }
    }
    return values
  }
}

extension ValueReader where Value == String {
  /// Any text that is not empty.
  package static func text(
    _ placeholder: String,
    completion: ValueCompletion = .none
  ) -> ValueReader {
    ValueReader(placeholder, completion: completion) { text throws(ValueProblem) in
      guard !text.isEmpty else { throw ValueProblem(expected: "a text that is not empty") }
      return text
    }
  }

  /// The path of a file.
  package static func file(_ placeholder: String = "FILE") -> ValueReader {
    path(placeholder, .files)
  }

  /// The path of a folder.
  package static func folder(_ placeholder: String = "DIR") -> ValueReader {
    path(placeholder, .folders)
  }

  /// The path of a folder, or an address in a bucket.
  package static func place(_ placeholder: String = "DIR") -> ValueReader {
    text(placeholder, completion: .folders)
  }

  private static func path(_ placeholder: String, _ completion: ValueCompletion) -> ValueReader {
    let anyText = text(placeholder, completion: completion)
    return ValueReader(placeholder, completion: completion) { text throws(ValueProblem) in
      // It would be taken for the name of a folder.
      guard !["s3://", "gs://"].contains(where: text.hasPrefix) else {
        throw ValueProblem(expected: "a path of this machine, not an address in a bucket")
      }
      return try anyText.read(text)
    }
  }

  /// One of the words given, spelled exactly or in another case.
  package static func choice(_ placeholder: String, of words: [String]) -> ValueReader {
    ValueReader(placeholder, completion: .words(words)) { text throws(ValueProblem) in
      if words.contains(text) { return text }
      if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return word }
      throw ValueProblem(
        expected: "one of " + words.joined(separator: ", "),
        suggestion: Suggestion.nearest(to: text, among: words)
      )
    }
  }
}

extension ValueReader where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the cases, by raw value.
  package static func choice(_ placeholder: String) -> ValueReader {
    let words = Value.allCases.map(\.rawValue)
    let reader = ValueReader<String>.choice(placeholder, of: words)
    return ValueReader(placeholder, completion: .words(words)) { text throws(ValueProblem) in
      let word = try reader.read(text)
      guard let value = Value(rawValue: word) else {
        throw ValueProblem(expected: "one of " + words.joined(separator: ", "))
      }
      return value
    }
  }
}

/// A `NAME=VALUE` argument taken apart at its first equals sign.
package struct NamedText: Hashable, Sendable {
  /// The part before the sign; not empty.
  package let name: String
  /// The part after it; may be empty.
  package let value: String
}

extension ValueReader where Value == NamedText {
  /// A name, an equals sign and a text that may be empty.
  package static let nameAndValue = ValueReader("NAME=VALUE") { text throws(ValueProblem) in
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
      throw ValueProblem(expected: "NAME=VALUE")
    }
    return NamedText(
      name: String(text[..<sign]),
      value: String(text[text.index(after: sign)...])
    )
  }
}
