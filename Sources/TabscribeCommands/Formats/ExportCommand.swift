internal import CommandLineInterface
internal import OrderedJSON
internal import TranscriptFormats
internal import TranscriptModel

/// `export`: finished transcripts in other formats.
enum ExportCommand {
  private static let transcripts = RepeatedOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )
  private static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for results (default: here); - writes to standard output"
  )

  static let command = Command(
    "export",
    abstract: "Write finished transcripts as text, tables or captions",
    examples: [
      .init("tabscribe export talk.json -f srt,csv", "writes talk.srt and talk.csv"),
      .init("tabscribe export talk.json -f txt -o -", "to standard output"),
      .init("tabscribe export talk.json -f vtt --cue-words 12", "short captions"),
      .init("tabscribe export last -f srt", "everything the last run transcribed"),
      .init("tabscribe export talk.json --check", "captions nobody can read"),
    ],
    discussion: """
      Corrections are in, unless --machine is given. Captions split long rows by sense, and end where \
      they have been read when a row's end is a guess. --check lists those that are too fast, short, \
      wide, late or overlap, with exit code 3; so do rows without a time, which captions leave out.
      """,
    operands: [transcripts],
    options: [
      OptionGroup("Results", [OutputOptions.formats, folder, OutputOptions.force]),
      FormatSettings.texts,
      FormatSettings.captions,
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let wanted = ResultFormat.formats(arguments)
    guard !wanted.isEmpty || arguments[FormatSettings.check] else {
      let all = ResultFormat.all.map(\.name).joined(separator: ", ")
      throw CommandError.usage("No format is given.", remedy: "Give --format: \(all).")
    }
    let options = try FormatSettings.options(arguments)
    FormatSettings.tellIdle(arguments, wanted, context)
    let operands = try TranscriptOperands(arguments[transcripts], context)
    let inputs = operands.found
    if arguments[folder] == "-" {
      return try print(inputs, wanted, options, context)
    }
    var writer = ResultWriter(
      folder: try OutputFolder(
        arguments[folder] ?? ".",
        force: arguments[OutputOptions.force],
        in: context
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
      listsProblems: arguments[FormatSettings.check],
      context: context
    )
    try run.check(inputs)
    let code = try run.write(inputs)
    let missing = operands.tellMissing(context)
    return code == .done ? missing : code
  }

  private static func print(
    _ inputs: [TranscriptOperand],
    _ formats: [ResultFormat],
    _ options: FormatOptions,
    _ context: CommandContext
  ) throws(CommandError) -> ExitCode {
    guard let input = inputs.first, inputs.count == 1, let format = formats.first,
      formats.count == 1, !context.isJSON
    else {
      throw .usage(
        "Standard output takes one transcript in one format, and no --json.",
        remedy: "Write several into a folder with --output-dir."
      )
    }
    guard format.isText else {
      throw .usage(
        "\(format.name) is no text and cannot go to standard output.",
        remedy: "Write it into a folder with --output-dir."
      )
    }
    let media = input.media(context).map { FilePath.relative($0, from: context.workingFolder) }
    let bytes = ResultWriter.bytes(of: input.document, format, options, mediaPath: media)
    context.print(contents: String(decoding: bytes, as: UTF8.self))
    let notices = ExportNotices(input, formats, options)
    notices.show(context)
    return notices.exitCode
  }
}
