internal import CommandLineInterface
internal import TranscriptFormats
internal import TranscriptionRuns

/// The options about results, shared by the commands that write them.
enum OutputOptions {
  static let folder = ValueOption(
    "output-dir",
    short: "o",
    .place(),
    help: "folder or bucket for results (default: here)"
  )
  static let formats = RepeatedOption(
    "format",
    short: "f",
    ResultFormat.reader,
    help: "what to write; see help formats"
  )
  static let name = ValueOption(
    "name",
    .nameTemplate,
    help: "names of results, as {date}/{stem}-{prompt}"
  )
  static let force = Flag("force", help: "replace results that are there")
  static let opens = Flag("open", help: "open the report in the browser")

  static let group = OptionGroup("Results", [folder, formats, force])
  /// The same for commands that make results.
  static let namedGroup = OptionGroup("Results", [folder, name, formats, force])
  /// The options of the command that makes them at once.
  static let opened: [any CommandOption] = [folder, name, formats, force, opens]

  /// The formats that are asked for, each once.
  static func chosenFormats(_ settings: Settings) throws(CommandError) -> [ResultFormat] {
    let chosen = ResultFormat.distinct(try settings.values(of: formats))
    return chosen.isEmpty ? ResultFormat.usual : chosen
  }
}

extension ResultFormat {
  /// A reader of names with commas between them.
  static let reader: ValueReader<[ResultFormat]> = {
    let words = all.map(\.name)
    let word = ValueReader<String>.choice("FORMAT", of: words)
    return ValueReader("FORMAT", completion: .words(words)) { text throws(ValueProblem) in
      try word.list(text).flatMap { name in all.filter { $0.name == name } }
    }
  }()

  /// The formats of a command line, each once.
  static func formats(_ arguments: ParsedArguments) -> [ResultFormat] {
    distinct(arguments[OutputOptions.formats])
  }
}

extension ValueReader where Value == NameTemplate {
  /// A pattern for the names of results.
  static let nameTemplate = ValueReader("TEMPLATE") { text throws(ValueProblem) in
    do throws(NameTemplate.Problem) {
      return try NameTemplate(parsing: text)
    } catch {
      throw ValueProblem(expected: error.expected, suggestion: error.suggestion)
    }
  }
}
