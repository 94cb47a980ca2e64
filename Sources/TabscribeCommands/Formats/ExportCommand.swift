internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

/// `export`: finished transcripts in other formats.
enum ExportCommand {
  private static let folder = ValueOption(
    "output-dir",
    short: "o",
    .place(),
    help: "folder or bucket (default: here); - prints"
  )
  private static let bundle = ValueOption(
    "bundle",
    .folder(),
    help: "a new folder with all of it and checksums (BagIt)"
  )
  private static let copiesMedia = Flag("copy-media", help: "put the recordings into it, too")

  static let command = Command(
    "export",
    abstract: "Write finished transcripts as text, tables or captions",
    examples: [
      .init("tabscribe export talk.json -f srt,csv", "writes talk.srt and talk.csv"),
      .init("tabscribe export talk.json -f txt -o -", "to standard output"),
      .init("tabscribe export last -f vtt --bundle out", "all an archive takes"),
      .init("tabscribe export talk.json --check", "captions nobody can read"),
    ],
    discussion: """
      Corrections are in, unless --machine is given. Captions split long rows by sense, and end where \
      they have been read when a row's end is a guess. --check lists those too fast, short, wide, late \
      or overlapping; then, and for rows without a time, the exit code is 3.
      """,
    operands: [TranscriptOperands.several],
    options: [
      OptionGroup(
        "Results",
        [OutputOptions.formats, folder, WithheldOutput.option, OutputOptions.force, bundle]
          + [copiesMedia]
      ),
      FormatSettings.texts,
      FormatSettings.captions,
    ],
    run: run
  )

  /// `runs export`: the same for a run, as the documents that transcribe writes.
  static let ofRuns: Command = {
    let run = RequiredOperand(
      .run,
      help: "a run's id, the beginning of one, or last; .N for its Nth item"
    )
    return Command(
      "export",
      abstract: "Write the transcripts of a run as files",
      examples: [
        .init("tabscribe runs export last --output-dir talks", "a STEM.json for each item"),
        .init("tabscribe runs export last.2", "its second item, here"),
      ],
      discussion: """
        Short for export RUN --format json. Items without a result are named, and end the command \
        with exit code 3.
        """,
      operands: [run],
      options: [OptionGroup("Results", [OutputOptions.folder, OutputOptions.force])]
    ) { arguments, context in
      let operands = try TranscriptOperands([arguments[run]], isWhole: true, context.workplace)
      let place = arguments[OutputOptions.folder] ?? "."
      let folder = try OutputFolder(
        place,
        force: arguments[OutputOptions.force],
        in: context.workplace,
        storage: Settings(arguments, context).objectStorage(forResultsIn: place)
      )
      let writer = ResultWriter(folder: folder, formats: [.json], options: FormatOptions())
      return try await write(operands, ExportRun(writer: writer, context: context))
    }
  }()

  private static func write(
    _ operands: TranscriptOperands,
    _ run: ExportRun
  ) async throws -> ExitCode {
    try await run.check(operands.found)
    let code = try await run.write(operands.found, missing: operands.missing)
    let missing = operands.tellMissing(run.context)
    return code == .done ? missing : code
  }

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    var wanted = ResultFormat.formats(arguments)
    if arguments[bundle] != nil {
      wanted = ResultFormat.distinct([ResultFormat.usual, wanted])
    }
    guard !wanted.isEmpty || arguments[FormatSettings.check] else {
      let all = ResultFormat.all.map(\.name).joined(separator: ", ")
      throw CommandError.usage("No format is given.", remedy: "Give --format: \(all).")
    }
    let options = try FormatSettings.options(arguments)
    FormatSettings.tellIdle(arguments, wanted, context)
    let operands = try TranscriptOperands(
      arguments[TranscriptOperands.several],
      isWhole: true,
      context.workplace
    )
    let inputs = operands.found
    let withheld = try withheld(arguments, inputs, context)
    let bag = try bag(arguments, context)
    if arguments[folder] == "-" {
      return try print(inputs, wanted, options, withheld, context)
    }
    let place = arguments[folder] ?? "."
    var writer = ResultWriter(
      folder: try bag?.payload
        ?? OutputFolder(
          place,
          force: arguments[OutputOptions.force],
          in: context.workplace,
          storage: Settings(arguments, context).objectStorage(forResultsIn: place)
        ),
      formats: wanted,
      options: options
    )
    writer.encoding = TextEncoding(
      hasMark: arguments[FormatSettings.bom],
      endsLinesTwice: arguments[FormatSettings.crlf]
    )
    let run = ExportRun(
      writer: writer,
      bag: bag,
      withheld: withheld,
      listsProblems: arguments[FormatSettings.check],
      context: context
    )
    return try await write(operands, run)
  }

  /// What does not go out.
  private static func withheld(
    _ arguments: ParsedArguments,
    _ inputs: [TranscriptOperand],
    _ context: CommandContext
  ) throws -> WithheldOutput {
    let withheld = try WithheldOutput(arguments, context)
    let telling = [
      arguments[FormatSettings.machine] ? "--machine" : nil,
      arguments[bundle] != nil && arguments[copiesMedia] ? "--copy-media" : nil,
    ]
    guard let option = telling.compactMap(\.self).first else { return withheld }
    guard !withheld.isAsked else {
      throw CommandError.usage(
        "--withhold and \(option) exclude each other: that has what is withheld.",
        remedy: "Leave one of them out."
      )
    }
    guard let kept = inputs.first(where: { $0.document.hasRestrictions }) else { return withheld }
    let name = SafeText.line(kept.spelling)
    throw CommandError.usage(
      "\(option) would give away what is withheld of \(name).",
      remedy: "Leave it out; tabscribe correct list \(name) shows what is withheld."
    )
  }

  /// The bundle that is asked for.
  private static func bag(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> TranscriptBag? {
    guard let name = arguments[bundle] else {
      if arguments[copiesMedia] {
        context.status.warning("--copy-media has no effect without --bundle.")
      }
      return nil
    }
    guard arguments[folder] == nil else {
      throw CommandError.usage(
        "--bundle and --output-dir exclude each other.",
        remedy: "A bundle is a folder of its own: give --bundle alone."
      )
    }
    if arguments[OutputOptions.force] {
      context.status.warning("--force has no effect on a bundle, whose folder is new or empty.")
    }
    return try TranscriptBag(name, copiesMedia: arguments[copiesMedia], context)
  }

  private static func print(
    _ inputs: [TranscriptOperand],
    _ formats: [ResultFormat],
    _ options: FormatOptions,
    _ withheld: WithheldOutput,
    _ context: CommandContext
  ) throws -> ExitCode {
    guard let only = inputs.first, inputs.count == 1, let format = formats.first,
      formats.count == 1, !context.isJSON
    else {
      throw CommandError.usage(
        "Standard output takes one transcript in one format, and no --json.",
        remedy: "Write several into a folder with --output-dir."
      )
    }
    guard format.isText else {
      throw CommandError.usage(
        "\(format.name) is no text and cannot go to standard output.",
        remedy: "Write it into a folder with --output-dir."
      )
    }
    let going = try withheld.applied(to: only)
    let input = going.map { only.with($0.document) } ?? only
    let media =
      going != nil
      ? nil
      : input.media(context.workplace).map { FilePath.relative($0, from: context.workingFolder) }
    let options = try input.options(options)
    let exported = ExportedTranscript(input.document, options)
    let bytes = ResultWriter.bytes(
      of: input.document,
      exported: exported,
      format,
      options,
      mediaPath: media
    )
    try going?.check(printed: bytes, format, options)
    context.print(contents: String(decoding: bytes, as: UTF8.self))
    let notices = ExportNotices(input, exported, formats, options)
    notices.show(context)
    return notices.exitCode
  }
}
