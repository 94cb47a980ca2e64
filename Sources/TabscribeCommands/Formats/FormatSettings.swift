internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

/// The options on how texts and captions are written.
enum FormatSettings {
  static let machine = Flag("machine", help: "without corrections")
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
    help: "most cells of a caption (default: its lines)"
  )
  static let lineLength = ValueOption(
    "line-length",
    .integer("N", in: 1...1000),
    help:
      "most cells of a line (default by script, 42 in Latin; full-width characters take two)"
  )
  static let lines = ValueOption(
    "lines",
    .integer("N", in: 1...20),
    help: "most lines of a caption (default 2)"
  )
  static let readingSpeed = ValueOption(
    "reading-speed",
    .integer("N", in: 1...1000),
    help:
      "characters read in a second; ends captions whose end is a guess (default by script, 15 in Latin)"
  )

  static let speakerStyle = ValueOption(
    "speaker-style",
    .choice("STYLE", of: FormatOptions.SpeakerStyle.allCases.map(\.rawValue)),
    help: "how speakers are told apart (default name)"
  )
  static let visibleNames = Flag("visible-names", help: "show names in vtt as text, too")
  static let wordTimes = Flag("word-times", help: "show words in vtt as they are spoken (karaoke)")
  static let language = ValueOption(
    "language",
    .text("TAG"),
    help: "of the texts (BCP 47); breaks lines, too"
  )
  static let translation = ValueOption(
    "translation",
    .text("NAME"),
    help: "rows as derive translate gave them, by its to"
  )
  static let bilingual = Flag("bilingual", help: "show both wordings in captions")
  static let directionMarks = ValueOption(
    "direction-marks",
    .choice("MARKS", of: FormatOptions.DirectionMarks.allCases.map(\.rawValue)),
    help: "of right-to-left srt, ass (default isolates)"
  )

  static let startTimecode = ValueOption(
    "start-timecode",
    .text("TC"),
    help: "what captions begin with, HH:MM:SS:FF"
  )
  static let timecodeRate = ValueOption(
    "timecode-rate",
    .choice("RATE", of: StartTimecode.rateNames),
    help: "frames a second of it (default 25); 29.97 or 29.97df of scc"
  )
  static let speakers = ValueOption(
    "speakers",
    .text("NAME,..."),
    help: "only rows of speakers with these names"
  )
  private static let time = ValueReader<Timecode>("TIME") { text throws(ValueProblem) in
    do {
      return try Timecode(parsing: text)
    } catch {
      throw ValueProblem(expected: "a time such as 90, 1:30 or 1:02:03.500")
    }
  }
  static let from = ValueOption("from", time, help: "only rows that begin then or later")
  static let to = ValueOption("to", time, help: "only rows that begin before then")
  static let bom = Flag("bom", help: "begin text files with a byte order mark")
  static let crlf = Flag("crlf", help: "end lines as Windows does")
  static let check = Flag(
    "check",
    help: "list captions that cannot be read in time"
  )

  static let texts = OptionGroup(
    "Text",
    [machine, noSpeakers, speakers, from, to, language, translation, trackedChanges, bom, crlf]
  )
  static let captions = OptionGroup(
    "Captions",
    [
      words, characters, lineLength, lines, readingSpeed, speakerStyle, bilingual, visibleNames,
      wordTimes, directionMarks, startTimecode, timecodeRate, check,
    ]
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
    options.lineLength = arguments[lineLength]
    options.lineCount = arguments[lines] ?? options.lineCount
    options.readingSpeed = arguments[readingSpeed]
    options.speakerStyle =
      arguments[speakerStyle].flatMap(FormatOptions.SpeakerStyle.init) ?? options.speakerStyle
    options.showsNames = arguments[visibleNames]
    options.showsWordTimes = arguments[wordTimes]
    options.language = arguments[language]
    options.directionMarks =
      arguments[directionMarks].flatMap(FormatOptions.DirectionMarks.init) ?? options.directionMarks
    options.timeOffset = try timeOffset(arguments)
    options.isDropFrame = arguments[timecodeRate] != wholeRate
    options.wording = arguments[translation]
    options.isBilingual = arguments[bilingual]
    options.selection.speakers = (arguments[speakers] ?? "").split(separator: ",").map {
      String($0.drop { $0 == " " })
    }
    options.selection.from = arguments[from]
    options.selection.to = arguments[to]
    return options
  }

  /// The rates of scc: every number, or some left out.
  private static let (wholeRate, droppedRate) = ("29.97", "29.97df")

  private static func timeOffset(_ arguments: ParsedArguments) throws(CommandError) -> Int {
    guard let text = arguments[startTimecode] else {
      guard [nil, wholeRate, droppedRate].contains(arguments[timecodeRate]) else {
        throw .usage(
          "--timecode-rate has no effect without --start-timecode.",
          remedy: "Give both, or neither."
        )
      }
      return 0
    }
    let rate = arguments[timecodeRate] ?? "25"
    guard let timecode = StartTimecode(text, rate: rate) else {
      throw .usage(
        "\(SafeText.quoted(text)) is no timecode at \(rate) frames a second.",
        remedy: "Write HH:MM:SS:FF, such as 10:00:00:00; rates with df leave out some numbers."
      )
    }
    return timecode.milliseconds
  }

  /// Says which options change nothing in the formats that are written.
  static func tellIdle(
    _ arguments: ParsedArguments,
    _ formats: [ResultFormat],
    _ context: CommandContext
  ) {
    let effects = formats.reduce(into: Set<FormatEffect>()) { $0.formUnion($1.effects) }
    let isChecked = arguments[check]
    let given: [(Bool, name: String, FormatEffect)] = [
      (arguments[words] != nil, words.declaration.name, .captions),
      (arguments[characters] != nil, characters.declaration.name, .captions),
      (arguments[lineLength] != nil, lineLength.declaration.name, .captions),
      (arguments[lines] != nil, lines.declaration.name, .captions),
      (arguments[readingSpeed] != nil, readingSpeed.declaration.name, .captions),
      (arguments[startTimecode] != nil, startTimecode.declaration.name, .captions),
      (arguments[speakerStyle] != nil, speakerStyle.declaration.name, .speakerStyle),
      (arguments[visibleNames], visibleNames.declaration.name, .visibleNames),
      (arguments[wordTimes], wordTimes.declaration.name, .wordTimes),
      (arguments[language] != nil, language.declaration.name, .language),
      (arguments[directionMarks] != nil, directionMarks.declaration.name, .directionMarks),
      (arguments[noSpeakers], noSpeakers.declaration.name, .speakers),
      (arguments[bilingual], bilingual.declaration.name, .bilingual),
      (arguments[trackedChanges], trackedChanges.declaration.name, .trackedChanges),
      (
        arguments[timecodeRate] != nil && arguments[startTimecode] == nil,
        timecodeRate.declaration.name, .frameRate
      ),
    ]
    let names = formats.map(\.name).joined(separator: ", ")
    for (isGiven, name, effect) in given where isGiven && !effects.contains(effect) {
      if isChecked, effect == .captions || effect == .speakerStyle { continue }
      context.status.warning("--\(name) has no effect on \(names.isEmpty ? "--check" : names).")
    }
  }
}
