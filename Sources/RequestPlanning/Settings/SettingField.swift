public import OrderedJSON

/// One setting: how it is named, read and written, and what it is part of.
public struct SettingField: Sendable {
  /// The key in records, results and lists of variants.
  public let key: String
  /// How it is given on a command line, in a variable, in `config.json` or in a list; `nil` when it
  /// has no option of its own.
  public let option: SettingOption?
  /// Whether another value makes other work, which is not done because the first is.
  public let isIdentity: Bool
  /// Whether a result names it among the parameters of its run, where it is not the usual.
  public let isParameter: Bool
  /// The value for records; `nil` when nothing is said.
  public let json: @Sendable (RequestSettings) -> JSONValue?
  /// Sets the value of a record; `false` when it is none.
  public let read: @Sendable (JSONValue, inout RequestSettings) -> Bool
  /// Sets the value that a person wrote; `false` when it is none.
  public let parse: @Sendable (String, inout RequestSettings) -> Bool
  /// Whether nothing is said, or what would hold anyhow.
  public let isUsual: @Sendable (RequestSettings) -> Bool
}

/// How a setting is given as an option.
public struct SettingOption: Sendable {
  /// Under which heading options stand.
  public enum Group: Sendable { case prompt, video, clips, service, sending }

  /// The long name, without dashes.
  public let name: String
  /// The one-letter name.
  public let short: Character?
  /// What it does, as a phrase without a full stop.
  public let help: String
  /// The heading under which it stands.
  public let group: Group
  /// What stands for the value in the help; `nil` for a flag.
  public let placeholder: String?
  /// What a shell may offer.
  public let words: [String]
  /// Whether nothing but the words is right.
  public let isChoice: Bool
  /// What is right, as a noun phrase.
  public let expected: String
}

/// What a setting is part of.
struct SettingPlaces: OptionSet {
  let rawValue: Int

  /// Another value makes other work.
  static let identity = SettingPlaces(rawValue: 1)
  /// Results name it among the parameters of their run.
  static let parameters = SettingPlaces(rawValue: 2)
}

extension SettingField {
  /// A setting that always has a value.
  init<Value: Equatable & Sendable>(
    _ key: String,
    _ path: any WritableKeyPath<RequestSettings, Value> & Sendable,
    _ form: SettingForm<Value>,
    usually usual: Value,
    partOf places: SettingPlaces,
    option: SettingOption.Declared? = nil
  ) {
    self.init(
      key,
      form,
      get: { $0[keyPath: path] },
      set: { $0[keyPath: path] = $1 },
      isUsual: { $0 == usual },
      places,
      option
    )
  }

  /// A setting that may be left unsaid.
  init<Value: Equatable & Sendable>(
    _ key: String,
    _ path: any WritableKeyPath<RequestSettings, Value?> & Sendable,
    _ form: SettingForm<Value>,
    usually usual: Value? = nil,
    partOf places: SettingPlaces,
    option: SettingOption.Declared? = nil
  ) {
    self.init(
      key,
      form,
      get: { $0[keyPath: path] },
      set: { $0[keyPath: path] = $1 },
      isUsual: { $0 == usual },
      places,
      option
    )
  }

  private init<Value: Sendable>(
    _ key: String,
    _ form: SettingForm<Value>,
    get: @escaping @Sendable (RequestSettings) -> Value?,
    set: @escaping @Sendable (inout RequestSettings, Value) -> Void,
    isUsual: @escaping @Sendable (Value) -> Bool,
    _ places: SettingPlaces,
    _ option: SettingOption.Declared?
  ) {
    @Sendable func assign(_ value: Value?, to settings: inout RequestSettings) -> Bool {
      if let value { set(&settings, value) }
      return value != nil
    }
    self.init(
      key: key,
      option: option.map { SettingOption($0, form) },
      isIdentity: places.contains(.identity),
      isParameter: places.contains(.parameters),
      json: { get($0).map(form.json) },
      read: { assign(form.read($0), to: &$1) },
      parse: { assign(form.parse($0), to: &$1) },
      isUsual: { get($0).map(isUsual) ?? true }
    )
  }
}
