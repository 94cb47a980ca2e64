internal import CommandLineInterface
internal import TranscriptFormats

/// The options on how texts and captions are written.
enum FormatSettings {
  static let machine = Flag("machine", help: "the machine's words and names, without corrections")
  static let noSpeakers = Flag("no-speakers", help: "leave speakers out of texts and captions")
  static let trackedChanges = Flag(
    "tracked-changes",
    help: "show corrections in docx as tracked changes"
  )
  static let words = ValueOption(
    "cue-words",
    .integer("N", in: 1...1000),
    help: "most words of a caption"
  )
  static let characters = ValueOption(
    "cue-characters",
    .integer("N", in: 1...10_000),
    help: "most characters of a caption (default: what its lines hold)"
  )
  static let lineLength = ValueOption(
    "line-length",
    .integer("N", in: 1...1000),
    help: "most characters of a caption's line (default 42)"
  )
  static let lines = ValueOption(
    "lines",
    .integer("N", in: 1...20),
    help: "most lines of a caption (default 2)"
  )
  static let readingSpeed = ValueOption(
    "reading-speed",
    .integer("N", in: 1...1000),
    help: "characters read in a second; ends captions whose end is a guess (default 15)"
  )

  static let texts = OptionGroup("Text", [machine, noSpeakers, trackedChanges])
  static let captions = OptionGroup(
    "Captions",
    [words, characters, lineLength, lines, readingSpeed]
  )

  static func options(_ arguments: ParsedArguments) throws(CommandError) -> FormatOptions {
    var options = FormatOptions()
    options.isMachineText = arguments[machine]
    options.hasSpeakers = !arguments[noSpeakers]
    options.tracksChanges = arguments[trackedChanges]
    switch (arguments[words], arguments[characters]) {
    case (nil, nil): break
    case (let count?, nil): options.cueLength = .words(count)
    case (nil, let count?): options.cueLength = .characters(count)
    case (.some, .some):
      throw .usage(
        "--cue-words and --cue-characters exclude each other.",
        remedy: "Give one of them."
      )
    }
    options.lineLength = arguments[lineLength] ?? options.lineLength
    options.lineCount = arguments[lines] ?? options.lineCount
    options.readingSpeed = arguments[readingSpeed] ?? options.readingSpeed
    return options
  }
}
