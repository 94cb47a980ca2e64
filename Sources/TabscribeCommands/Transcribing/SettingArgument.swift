internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning

/// A setting as an option of the command line; all of them follow from the table of settings.
struct SettingArgument: Sendable {
  private enum Form: Sendable {
    case flag(Flag)
    case value(ValueOption<SettingChange>)
  }

  private let group: SettingOption.Group
  private let form: Form
  private let field: SettingField

  private init?(_ field: SettingField) {
    guard let option = field.option else { return nil }
    self.field = field
    group = option.group
    guard let placeholder = option.placeholder else {
      form = .flag(Flag(option.name, short: option.short, help: option.help))
      return
    }
    let reader = ValueReader<SettingChange>(field, option, placeholder)
    form = .value(ValueOption(option.name, short: option.short, reader, help: option.help))
  }

  /// How it is declared.
  var option: any CommandOption {
    switch form {
    case .flag(let flag): flag
    case .value(let option): option
    }
  }

  private static let all = RequestSettings.fields.compactMap(SettingArgument.init)

  /// The options under a heading, in their order.
  static func options(in group: SettingOption.Group) -> [any CommandOption] {
    all.filter { $0.group == group }.map(\.option)
  }

  /// The options of some settings, by the settings' keys.
  static func options(of keys: String...) -> [any CommandOption] {
    all.filter { keys.contains($0.field.key) }.map(\.option)
  }

  /// The settings that the arguments alone ask for.
  static func requestSettings(_ arguments: ParsedArguments) -> RequestSettings {
    var result = RequestSettings()
    for argument in all where arguments.declares(argument.option) {
      switch argument.form {
      case .flag(let flag): if arguments[flag] { _ = argument.field.parse("true", &result) }
      case .value(let option): arguments[option]?.apply(&result)
      }
    }
    return result
  }

  /// The settings about the service alone.
  static func serviceSettings(_ settings: Settings) throws(CommandError) -> RequestSettings {
    var result = RequestSettings()
    for argument in all where argument.group == .service && settings.declares(argument.option) {
      if case .value(let option) = argument.form {
        try settings.value(of: option)?.apply(&result)
      }
    }
    return result
  }

  /// The settings that the arguments, the environment and the configuration ask for.
  static func requestSettings(_ settings: Settings) throws(CommandError) -> RequestSettings {
    var result = RequestSettings()
    for argument in all where settings.declares(argument.option) {
      switch argument.form {
      case .flag(let flag): if settings.isSet(flag) { _ = argument.field.parse("true", &result) }
      case .value(let option): try settings.value(of: option)?.apply(&result)
      }
    }
    return result
  }
}

/// A setting that was read and found right.
struct SettingChange: Sendable {
  /// Sets it.
  let apply: @Sendable (inout RequestSettings) -> Void
}

extension ValueReader where Value == SettingChange {
  fileprivate init(_ field: SettingField, _ option: SettingOption, _ placeholder: String) {
    let completion: ValueCompletion =
      option.words.isEmpty
      ? .none : option.isChoice ? .words(option.words) : .suggestions(option.words)
    self.init(placeholder, completion: completion) { text throws(ValueProblem) in
      var trial = RequestSettings()
      guard field.parse(text, &trial) else {
        let suggestion = option.isChoice ? Suggestion.nearest(to: text, among: option.words) : nil
        throw ValueProblem(expected: option.expected, suggestion: suggestion)
      }
      return SettingChange { _ = field.parse(text, &$0) }
    }
  }
}
