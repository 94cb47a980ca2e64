internal import CommandLineInterface
internal import HTMLReports
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `report`: the page of a finished transcript, made anew.
enum ReportCommand {
  private static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for reports (default: beside each file; here for runs)"
  )

  static let command = Command(
    "report",
    abstract: "Write the report of finished transcripts anew",
    examples: [
      .init("tabscribe report talk.json --force", "replaces talk.html beside it"),
      .init("tabscribe report talk.json -o site --open", "writes site/talk.html and opens it"),
      .init("tabscribe report last -o site --open", "the last run; index.html lists several"),
    ],
    discussion: """
      Corrections are in. The media are found from the working folder or from the transcript's, for \
      a run from the folder it worked in, and the report names them by the way from its own folder. \
      The report of a run also shows what was sent and what came back. --withhold puts markers in the \
      place of what derive redact found (redactions), of speakers' names (speakers), or of what a file \
      lists: words, and rows as #12 or #12-15, a line each; correct withhold does so for good.
      """,
    operands: [TranscriptOperands.several],
    options: [
      OptionGroup(
        "Results",
        [folder, WithheldOutput.option, OutputOptions.force, OutputOptions.opens]
      )
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let operands = try TranscriptOperands(
      arguments[TranscriptOperands.several],
      isWhole: true,
      context.workplace
    )
    let isForced = arguments[OutputOptions.force]
    var pages: [Page] = []
    let withheld = try WithheldOutput(arguments, context)
    for input in operands.found {
      let spelling = arguments[folder] ?? input.folderSpelling
      let going = try withheld.applied(to: input)
      pages.append(
        Page(
          going.map { input.with($0.document) } ?? input,
          try OutputFolder(spelling, force: isForced, in: context.workplace),
          going
        )
      )
    }
    let index = try operands.severalOf.map { run in
      Index(
        run: run,
        try OutputFolder(arguments[folder] ?? ".", force: isForced, in: context.workplace)
      )
    }
    if let index {
      for place in pages.indices { pages[place].writer.index = index.path }
    }
    try check(pages, index)
    let written = try pages.map { try $0.write(context) }
    let list = try index?.write(zip(pages, written).map { ($0, $1.path) })
    show(pages, written.map(\.shown), list?.shown, context)
    if arguments[OutputOptions.opens] {
      for path in list.map({ [$0.path] }) ?? written.map(\.path) {
        try BrowserLauncher.desktop.open(path)
      }
    }
    return operands.tellMissing(context)
  }

  /// Refuses names that are taken, or that two pages would share, before anything is written.
  private static func check(_ pages: [Page], _ index: Index?) throws {
    var seen: [String: String] = [:]
    for page in pages {
      let path = FilePath.joined(page.writer.folder.path, page.name)
      if let other = seen.updateValue(page.input.spelling, forKey: path) {
        throw CommandError.usage(
          "\(SafeText.quoted(other)) and \(SafeText.quoted(page.input.spelling)) would write the "
            + "same file.",
          remedy: "Write them into different folders with --output-dir."
        )
      }
      try page.writer.folder.checkFree([page.name])
    }
    try index?.folder.checkFree([Index.name])
  }

  private static func show(
    _ pages: [Page],
    _ files: [String],
    _ index: String?,
    _ context: CommandContext
  ) {
    if context.isJSON {
      let reports = zip(pages, files).map { page, file -> JSONValue in
        ["transcript": .string(page.input.spelling), "report": .string(file)]
      }
      var json: JSONObject = ["reports": .array(reports)]
      json["index"] = index.map { .string($0) }
      return context.print(json: .object(json))
    }
    for file in files + [index].compactMap(\.self) {
      context.print("\(context.style.green("✓")) \(file)")
    }
  }

  /// The report of a transcript.
  private struct Page {
    let input: TranscriptOperand
    var writer: ResultWriter
    /// What its files are held against where something is withheld.
    let going: WithheldTranscript?

    init(_ input: TranscriptOperand, _ folder: OutputFolder, _ going: WithheldTranscript?) {
      (self.input, self.going) = (input, going)
      writer = ResultWriter(folder: folder, formats: [.html])
    }

    var name: String { writer.names(stem: input.stem)[0] }

    func write(_ context: CommandContext) throws -> (path: String, shown: String) {
      let name = try writer.write(
        input.document,
        stem: input.stem,
        media: going == nil ? input.media(context.workplace) : nil,
        request: going == nil ? try input.request : nil
      )[0]
      try going?.check([name], of: writer)
      return (FilePath.joined(writer.folder.path, name), writer.folder.display(name))
    }
  }

  /// The page that lists the reports of a run.
  private struct Index {
    static let name = "index.html"
    let run: String
    let folder: OutputFolder

    init(run: String, _ folder: OutputFolder) {
      self.run = run
      self.folder = folder
    }

    var path: String { FilePath.joined(folder.path, Self.name) }

    func write(_ pages: [(Page, path: String)]) throws -> (path: String, shown: String) {
      let entries = pages.map { page, path in
        HTMLCollection.Entry(
          page.input.document,
          path: FilePath.relative(path, from: folder.path)
        )
      }
      let bytes = HTMLCollection(entries, title: "Transcripts", run: run).rendered()
      let name = try folder.write(bytes, to: Self.name)
      return (path, folder.display(name))
    }
  }
}
