internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// `lab watch`: a prompt while it is being edited.
enum LabWatchCommand {
  private static let prompt = RequiredOperand(
    .text("PROMPT", completion: .files),
    help: "the prompt's file"
  )
  private static let sources = RepeatedOption(
    "on",
    .text("SOURCE", completion: .files),
    help: "video or audio that it is tried on"
  )
  private static let clips = RepeatedOption(
    "clip",
    .text("FROM-TO"),
    help: "part of it, such as 0:30-1:30; several may be given"
  )

  static let command = Command(
    "watch",
    abstract: "Check a prompt while it is edited; ask and compare on a key press",
    examples: [
      .init("tabscribe lab watch mine.prompt --on talk.mp4 --clip 0:00-1:00", "one clip"),
      .init("tabscribe lab watch mine.prompt --on talk.mp4 --encoding tsv", "with a setting"),
    ],
    discussion: """
      Each time the file is saved: what the linter says, how the rendered prompt has changed, and what \
      asking would take and cost. Return asks about the clips and shows, row by row, what is different \
      from the version before; q and Return, or the end of input, ends it. Nothing is sent before, and \
      what was asked before is not asked again.
      """,
    operands: [prompt],
    options: [OptionGroup("What it is tried on", [sources, clips])]
      + [
        OptionGroup(
          "Prompt and model",
          [TranscriptionOptions.parameters] + SettingArgument.options(in: .prompt)
        ),
        OptionGroup(
          "Video",
          SettingArgument.options(of: "durationMS", "fps", "mediaResolution", "passes")
        ),
        OptionGroup(
          "Service",
          [TranscriptionOptions.backend, TranscriptionOptions.project]
            + [TranscriptionOptions.location, TranscriptionOptions.costLimit]
        ),
        OptionGroup(
          "Sending",
          [RunSettings.jobs, RunSettings.maxFailures, RunSettings.noContinue]
            + TranscriptionOptions.sending
        ),
      ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    guard !context.isJSON else {
      throw CommandError.usage(
        "lab watch talks to a person and has no --json.",
        remedy: "tabscribe prompts lint and tabscribe plan have."
      )
    }
    var parts: [LabFile.Clip] = []
    for text in arguments[clips] {
      guard let clip = LabFile.Clip(text) else {
        throw CommandError.usage(
          "\(SafeText.quoted(text)) is no clip.",
          remedy: "Write its start and its end, such as 0:30-1:30."
        )
      }
      parts.append(clip)
    }
    let path = arguments[prompt]
    // Read here, so that a name of the library is refused, which nobody edits.
    _ = try HostFiles.read(context.absolutePath(path), limit: PromptWatch.largestPrompt)
    var watch = PromptWatch(
      path: path.contains("/") ? path : "./" + path,
      sources: arguments[sources],
      clips: parts,
      settings: try Settings(arguments, context),
      arguments: arguments,
      context: context
    )
    for await event in WatchEvents.events(of: context.absolutePath(path)) {
      switch event {
      case .changed: await watch.check()
      case .key("q"): return .done
      case .key: await watch.ask()
      }
      if Task.isCancelled { return .interrupted }
    }
    return .done
  }
}
