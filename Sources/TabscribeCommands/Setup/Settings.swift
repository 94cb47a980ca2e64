internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import Redacting
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a command works with: flags before the environment, before `.env` in the working folder,
/// before the user's configuration, before the defaults that the caller supplies.
///
/// Every option with a value can also be set by a variable, `TABSCRIBE_MEDIA_RESOLUTION` for
/// `--media-resolution`, and by its long name in `config.json`.
struct Settings {
  /// The user's folders.
  let folders: UserFolders
  /// Where the run store is, if not in its usual place.
  let store: String?
  /// The folder that relative paths start from.
  let workingFolder: String
  /// What must not be shown or kept, with the keys of `.env`.
  let secrets: KnownSecrets
  /// Tells the time.
  let now: @Sendable () -> Date
  /// Tells people what is going on.
  let tell: @Sendable (String) -> Void
  /// Told about requests, where that was asked for.
  let narrator: (@Sendable (String) -> Void)?
  private let arguments: ParsedArguments
  private let process: [String: String]
  private let dotEnv: [String: String]
  private let configuration: UserConfiguration
  /// What a list of sources says about one of them, by long name of the option.
  private var entry: ListedSource?
  /// The `.env` that was read, if there is one.
  let dotEnvPath: String?

  /// The user's configuration that was read, if there is one.
  var configurationPath: String? { configuration.isPresent ? configuration.path : nil }

  /// Where a value came from.
  enum Origin: Hashable {
    case list(path: String, line: Int)
    case environment
    case dotEnv
    case configuration(path: String)

    /// The place in words: "in the environment".
    var description: String {
      switch self {
      case .list(let path, let line): "in \(SafeText.line(path)), line \(line)"
      case .environment: "in the environment"
      case .dotEnv: "in .env"
      case .configuration(let path): "in \(SafeText.line(path))"
      }
    }
  }

  /// Reads `.env` and the configuration.
  ///
  /// - Throws: `CommandError`, exit code 2, with the file and line at fault.
  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    self.arguments = arguments
    secrets = context.secrets
    now = context.now
    tell = context.status.message
    narrator = try Self.narrator(arguments, context)
    workingFolder = context.workingFolder
    store = context.environment[StorePlace.variable]
    // A variable that is set to nothing is a common way to unset it.
    process = context.environment.filter { !$0.value.isEmpty }
    folders = UserFolders(environment: process)
    let dotEnvPath = FilePath.joined(context.workingFolder, ".env")
    let dotEnv = try Self.dotEnv(at: dotEnvPath)
    self.dotEnvPath = dotEnv == nil ? nil : dotEnvPath
    self.dotEnv = dotEnv ?? [:]
    secrets.add(self.dotEnv.filter { Redaction.isSecret(name: $0.key) }.map { Secret($0.value) })
    configuration = try UserConfiguration(
      folder: folders.configuration,
      program: arguments.program
    )
  }

  /// Tells people about requests; `nil` unless they asked for that.
  private static func narrator(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws(CommandError) -> (@Sendable (String) -> Void)? {
    let verbose = TranscriptionOptions.verbose
    guard arguments.declares(verbose), arguments[verbose] else { return nil }
    let status = context.status
    if status.isQuiet {
      throw CommandError.usage(
        "--verbose says what --quiet keeps back.",
        remedy: "Give one of them."
      )
    }
    return { line in status.message(line) }
  }

  /// The settings of one source of a list; what the list says goes before everything else.
  func settings(of entry: ListedSource) -> Settings {
    var copy = self
    copy.entry = entry
    return copy
  }

  /// Whether a flag was given; flags stand on the command line only.
  func isSet(_ flag: Flag) -> Bool { arguments[flag] }

  /// Whether the command has an option.
  func declares(_ option: any CommandOption) -> Bool { arguments.declares(option) }

  /// The value of an option from wherever it is set first, or `nil`.
  ///
  /// - Throws: `CommandError`, exit code 2, for a variable or a configured value that does not fit.
  func value<Value>(of option: ValueOption<Value>) throws(CommandError) -> Value? {
    let name = option.declaration.name
    if entry?.values[name] == nil, let value = arguments[option] { return value }
    guard let (texts, origin) = texts(for: name), let text = texts.last else { return nil }
    return try read(text, option.reader, option.declaration.name, origin)
  }

  /// The values of an option from wherever it is set first; a variable holds a list with commas.
  func values<Value>(of option: RepeatedOption<Value>) throws(CommandError) -> [Value] {
    let given = entry?.values[option.declaration.name] == nil ? arguments[option] : []
    guard given.isEmpty, let (texts, origin) = texts(for: option.declaration.name) else {
      return given
    }
    let isList = if case .environment = origin { true } else { origin == .dotEnv }
    var values: [Value] = []
    for text in isList ? texts.flatMap(Self.items) : texts {
      values.append(try read(text, option.reader, option.declaration.name, origin))
    }
    return values
  }

  /// A variable and where it is set; `nil` when it is not.
  func variable(_ name: String) -> (value: String, origin: Origin)? {
    if let value = process[name] { return (value, .environment) }
    return dotEnv[name].map { ($0, .dotEnv) }
  }

  /// The variables for talking to the provider; those of the environment count before all of `.env`.
  ///
  /// - Throws: `CommandError` when `.env` would send credentials that are not its own to another
  ///   host (exit code 5), or names credentials outside its folder (exit code 2).
  func providerVariables() throws(CommandError) -> (
    environment: [String: String], dotEnv: [String: String]
  ) {
    try trust.checkAddresses()
    var own = dotEnv
    let file = "GOOGLE_APPLICATION_CREDENTIALS"
    // What is no path at all is refused with a better reason when it is used.
    if process[file] == nil, let path = dotEnv[file], !path.contains("{"),
      !Redaction.holdsCredentials(path)
    {
      own[file] = try trust.path(path, of: file)
    }
    return (process, own)
  }

  private var trust: DotEnvTrust {
    DotEnvTrust(folder: workingFolder, process: process, dotEnv: dotEnv)
  }

  /// The texts given outside the command line; a variable has one.
  private func texts(for option: String) -> (texts: [String], origin: Origin)? {
    if let entry, let texts = entry.values[option] {
      return (texts, .list(path: entry.list, line: entry.line))
    }
    if let (value, origin) = variable(Self.variableName(of: option)) { return ([value], origin) }
    return configuration.values[option].map { ($0, .configuration(path: configuration.path)) }
  }

  private func read<Value>(
    _ text: String,
    _ reader: ValueReader<Value>,
    _ option: String,
    _ origin: Origin
  ) throws(CommandError) -> Value {
    if origin == .dotEnv, trust.isPath(text, reader.completion) {
      _ = try trust.path(text, of: Self.variableName(of: option))
    }
    let name =
      switch origin {
      case .configuration, .list: "\"\(option)\""
      case .environment, .dotEnv: Self.variableName(of: option)
      }
    guard !Redaction.holdsCredentials(text) || Redaction.isAddress(text) else {
      throw .usage(
        "\(name) \(origin.description) holds a key or token, which would be sent and kept.",
        remedy: "Take it out; keys belong into GEMINI_API_KEY."
      )
    }
    do throws(ValueProblem) {
      return try reader.read(text)
    } catch {
      throw .usage(
        "\(name) \(origin.description): found \(SafeText.quoted(error.found ?? text)), expected "
          + "\(error.expected).",
        remedy: "Mend it there, or give --\(option)."
      )
    }
  }

  private static func items(_ list: String) -> [String] {
    list.split(separator: ",").map { item in
      var item = item.drop { $0 == " " }
      while item.last == " " { item.removeLast() }
      return String(item)
    }
  }

  /// The variable that stands for an option.
  static func variableName(of option: String) -> String {
    "TABSCRIBE_" + option.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }

  /// The variables of a file that concern this program; `nil` when there is no file.
  private static func dotEnv(at path: String) throws(CommandError) -> [String: String]? {
    let bytes: [UInt8]
    do throws(SystemFailure) {
      bytes = try HostFiles.read(path, limit: 1 << 20)
    } catch {
      // A folder of that name is somebody's virtual environment.
      if error.isMissing || HostFiles.kind(of: path) == .folder { return nil }
      throw .usage(
        "\(SafeText.line(path)) cannot be read: \(error.reason).",
        remedy: "Mend its permissions, or work in another folder."
      )
    }
    do throws(DotEnvFile.Problem) {
      let file = try DotEnvFile(parsing: String(decoding: bytes, as: UTF8.self))
      return file.variables.filter { !$0.value.isEmpty && concerns($0.key) }
    } catch {
      throw .usage(
        "\(SafeText.line(path)), line \(error.line): \(error.message).",
        remedy: "Write one NAME=VALUE a line."
      )
    }
  }

  /// Other programs' variables in `.env` stay theirs.
  private static func concerns(_ name: String) -> Bool {
    guard !["TABSCRIBE_HOME", StorePlace.variable].contains(name) else { return false }
    return ["TABSCRIBE_", "GOOGLE_", "GEMINI_"].contains(where: name.hasPrefix)
  }
}
