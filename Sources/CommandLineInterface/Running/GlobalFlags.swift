/// The flags that every command takes.
enum GlobalFlags {
  static let json = Flag("json", help: "print one JSON object, also on failure")
  static let quiet = Flag("quiet", short: "q", help: "print no messages, only warnings and errors")
  static let noProgress = Flag("no-progress", help: "show no progress")

  static let group = OptionGroup("Everywhere", [json, quiet, noProgress])

  /// Whether a command line that cannot be parsed asked for JSON all the same.
  static func asksForJSON(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains(json.declaration.spelling)
  }
}
