internal import GeminiAPI
internal import OrderedJSON
internal import TranscriptModel

/// How values of a kind read and write.
struct SettingForm<Value: Sendable>: Sendable {
  /// What stands for the value in the help; `nil` for a flag.
  let placeholder: String?
  /// What a shell may offer.
  var words: [String] = []
  /// Whether nothing but the words is right.
  var isChoice = false
  /// What is right, as a noun phrase.
  let expected: String
  let parse: @Sendable (String) -> Value?
  let json: @Sendable (Value) -> JSONValue
  let read: @Sendable (JSONValue) -> Value?
}

extension SettingForm where Value == String {
  /// Any text that is not empty.
  static func text(_ placeholder: String) -> SettingForm {
    SettingForm(
      placeholder: placeholder,
      expected: "a text that is not empty",
      parse: { $0.isEmpty ? nil : $0 },
      json: { .string($0) },
      read: \.string
    )
  }
}

extension SettingForm {
  /// One of some words, in any case of letters.
  static func choice(
    _ placeholder: String,
    of values: [Value],
    named name: @escaping @Sendable (Value) -> String
  ) -> SettingForm {
    let words = values.map(name)
    let parse: @Sendable (String) -> Value? = { text in
      values.first { name($0) == text.lowercased() }
    }
    return SettingForm(
      placeholder: placeholder,
      words: words,
      isChoice: true,
      expected: "one of " + words.joined(separator: ", "),
      parse: parse,
      json: { .string(name($0)) },
      read: { $0.string.flatMap(parse) }
    )
  }
}

extension SettingForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the cases, by raw value.
  static func choice(_ placeholder: String) -> SettingForm {
    .choice(placeholder, of: Array(Value.allCases), named: \.rawValue)
  }
}

extension SettingForm where Value == Double {
  /// A number, `0...`, never infinite.
  static func number(_ placeholder: String) -> SettingForm {
    SettingForm(
      placeholder: placeholder,
      expected: "a number, 0 or more",
      parse: { text in
        // `Double("0x1p3")`, `Double("nan")` and `Double("inf")` would be accepted otherwise.
        let isPlain = text.utf8.allSatisfy { byte in
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let number = Double(text), number.isFinite, number >= 0 else { return nil }
        return number
      },
      json: { JSONValue($0) },
      read: \.double
    )
  }
}

extension SettingForm where Value == Int {
  /// A whole number in a range.
  static func integer(_ placeholder: String, in range: ClosedRange<Int>) -> SettingForm {
    SettingForm(
      placeholder: placeholder,
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      parse: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } },
      json: { JSONValue($0) },
      read: { json in json.int.flatMap { range.contains($0) ? $0 : nil } }
    )
  }
}

extension SettingForm where Value == Bool {
  /// Said or not.
  static let flag = SettingForm(
    placeholder: nil,
    expected: "true or false",
    parse: { ["true": true, "false": false][$0.lowercased()] },
    json: { .bool($0) },
    read: \.bool
  )
}

extension SettingForm where Value == Timecode {
  /// A time as people write it, in records in milliseconds.
  static let time = SettingForm(
    placeholder: "TIME",
    expected: "a time such as 90, 1:30, 1:02:03 or 90s",
    parse: { try? Timecode(parsing: $0) },
    json: { JSONValue($0.milliseconds) },
    read: { json in json.int.flatMap { $0 >= 0 ? Timecode(milliseconds: $0) : nil } }
  )
}

extension SettingForm where Value == Sharding {
  /// `auto`, `off`, or the length of a clip, in records in milliseconds.
  static let sharding = SettingForm(
    placeholder: "auto|off|TIME",
    words: ["auto", "off"],
    expected: "auto, off, or a length such as 8m or 8:00",
    parse: { text in
      switch text.lowercased() {
      case "auto": return .automatic
      case "off": return .off
      default:
        guard let time = try? Timecode(parsing: text), time > .zero else { return nil }
        return .every(milliseconds: time.milliseconds)
      }
    },
    json: { sharding in
      switch sharding {
      case .automatic: "auto"
      case .off: "off"
      case .every(let milliseconds): JSONValue(milliseconds)
      }
    },
    read: { json in
      switch json.string {
      case "auto", "automatic": .automatic
      case "off": .off
      default: json.int.flatMap { $0 > 0 ? .every(milliseconds: $0) : nil }
      }
    }
  )
}

extension SettingForm where Value == ThinkingSetting {
  /// A level by name; in records also a budget of tokens, which only prompts can give.
  static let thinking = SettingForm(
    placeholder: "LEVEL",
    words: ThinkingConfig.Level.allCases.map(\.name),
    isChoice: true,
    expected: "one of " + ThinkingConfig.Level.allCases.map(\.name).joined(separator: ", "),
    parse: { text in
      ThinkingConfig.Level.allCases.first { $0.name == text.lowercased() }
        .map(ThinkingSetting.level)
    },
    json: { setting in
      switch setting {
      case .automatic: .null
      case .level(let level): .string(level.name)
      case .budget(let tokens): JSONValue(tokens)
      }
    },
    read: { json in
      if case .null = json { return .automatic }
      return json.string.map { .level(.init(name: $0)) } ?? json.int.map(ThinkingSetting.budget)
    }
  )
}
