internal import AudioTiming
internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// The options about the course of a run.
enum RunSettings {
  static let jobs = ValueOption(
    "jobs",
    short: "j",
    .integer("N", in: 1...64),
    help: "requests at a time (default 4)"
  )
  static let maxFailures = ValueOption(
    "max-failures",
    .integer("N", in: 1...1_000_000),
    help: "stop once so many sources have failed"
  )
  static let resumes = Flag(
    "resume",
    help: "take up the last stopped run of this"
  )
  static let noContinue = Flag(
    "no-continue",
    help: "leave replies cut that end too soon"
  )

  static let noCheckTime = Flag("no-check-time", help: "hold no times against the sound")
  static let align = Flag("align", help: "set the times of rows by the sound")

  /// What is asked of a run, as far as planning goes.
  static func planned(_ context: CommandContext) throws -> RunOptions {
    var options = RunOptions()
    options.speakers = try prompt(context)
    return options
  }

  /// The prompt that says whose voices a transcript has.
  private static func prompt(_ context: CommandContext) throws -> ExtractionPrompt {
    try PromptLookup(context.workplace).extractionPrompt("identify-speakers")
  }

  /// How a run is carried out as the arguments, the environment and the configuration ask.
  static func options(_ settings: Settings, _ context: CommandContext) throws -> RunOptions {
    var options = RunOptions()
    options.jobs = try settings.value(of: jobs) ?? options.jobs
    options.costLimit = try settings.value(of: TranscriptionOptions.costLimit)
    options.maxFailures = try settings.value(of: maxFailures)
    options.continues = !settings.isSet(noContinue)
    options.listens = settings.declares(noCheckTime) && !settings.isSet(noCheckTime)
    options.speakers = try prompt(context)
    return options
  }

  /// Who speaks rows to set their times by the sound; `nil` when that is not asked for.
  static func rowSpeaker(_ settings: Settings) async throws -> RowSpeaker? {
    guard settings.declares(align), settings.isSet(align) else { return nil }
    guard try !SettingArgument.requestSettings(settings).asksSpeechModel else {
      throw CommandError.usage(
        "--align and --native both set the times of rows.",
        remedy: "Leave one of them out. Nothing was sent."
      )
    }
    return try await SoundOperand.speaker()
  }

  /// Says which work has no sound that could set times.
  static func tellSoundless(_ work: [NamedWork], _ context: CommandContext) {
    let mute = work.filter { $0.prepared.soundPath == nil }
    guard let first = mute.first else { return }
    let source = SafeText.quoted(first.prepared.source.uri)
    let others = mute.count > 1 ? " and \(mute.count - 1) more" : ""
    context.status.warning(
      "--align has no effect on \(source)\(others): no file here whose sound is sent."
    )
  }
}
