internal import CommandLineInterface
internal import TranscriptFormats

/// The options about results, shared by the commands that write them.
enum OutputOptions {
  static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for results (default: here)"
  )
  static let formats = RepeatedOption(
    "format",
    short: "f",
    ResultFormat.reader,
    help: "what to write; see help formats"
  )
  static let name = ValueOption(
    "name",
    NameTemplate.reader,
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

/// A format that a transcription is written in: the report, the document, or any of
/// `TranscriptFormatList`.
struct ResultFormat: Hashable, Sendable {
  /// The name on the command line.
  let name: String
  /// What a file's name ends with behind its stem.
  let suffix: String
  /// What it is and for whom.
  let summary: String
  /// Whether rows without a start are left out, which captions cannot show.
  let needsTimes: Bool
  /// Whether it is text in UTF-8.
  let isText: Bool
  /// Whether it has the tables of a reply that is no transcript.
  var hasTables = true
  /// Whether rows whose words have no times of their own are left out.
  var needsWordTimes = false
  /// Whether it has nothing but chapters.
  var needsChapters = false
  /// The options that change it.
  var effects: Set<FormatEffect> = []

  /// The report for a browser.
  static let html = ResultFormat(
    name: "html",
    suffix: ".html",
    summary: "the report: one file to read beside the video",
    needsTimes: false,
    isText: true
  )
  /// The transcript document.
  static let json = ResultFormat(
    name: "json",
    suffix: ".json",
    summary: "everything there is; what the other formats are made of",
    needsTimes: false,
    isText: true
  )

  /// Every format, in the order they are offered.
  static let all =
    [html, json]
    + TranscriptFormatList.all.map { format in
      ResultFormat(
        name: format.name,
        suffix: format.suffix,
        summary: format.summary,
        needsTimes: format.needsTimes,
        isText: format.isText,
        hasTables: format.hasTables,
        needsWordTimes: format.needsWordTimes,
        needsChapters: format.needsChapters,
        effects: format.effects
      )
    }

  /// What is written when nothing else is asked for.
  static let usual: [ResultFormat] = [.html, .json]

  /// A reader of names with commas between them.
  static let reader: ValueReader<[ResultFormat]> = {
    let words = all.map(\.name)
    let word = ValueReader<String>.choice("FORMAT", of: words)
    return ValueReader("FORMAT", completion: .words(words)) { text throws(ValueProblem) in
      var formats: [ResultFormat] = []
      for name in text.split(separator: ",", omittingEmptySubsequences: false) {
        let name = try word.read(String(name))
        formats += all.filter { $0.name == name }
      }
      return formats
    }
  }()

  /// The formats of a command line, each once.
  static func formats(_ arguments: ParsedArguments) -> [ResultFormat] {
    distinct(arguments[OutputOptions.formats])
  }

  /// The formats of several lists, each once, in their order.
  static func distinct(_ lists: [[ResultFormat]]) -> [ResultFormat] {
    var formats: [ResultFormat] = []
    for format in lists.joined() where !formats.contains(format) { formats.append(format) }
    return formats
  }
}
