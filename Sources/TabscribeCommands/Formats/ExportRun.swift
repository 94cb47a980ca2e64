internal import CommandLineInterface
internal import HTMLReports
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

/// Writes transcripts into a folder and says what was written.
struct ExportRun {
  let writer: ResultWriter
  /// The bundle that the results are a part of.
  var bag: TranscriptBag?
  /// What does not go out.
  var withheld = WithheldOutput()
  /// Whether the problems of captions are listed, not only counted.
  var listsProblems = false
  let context: CommandContext

  /// Refuses names that are taken, or that two transcripts would share, before anything is written.
  func check(_ inputs: [TranscriptOperand]) async throws {
    var seen: [String: String] = [:]
    for input in inputs {
      guard let other = seen.updateValue(input.spelling, forKey: FileStem.cleaned(input.stem))
      else { continue }
      throw CommandError.usage(
        "\(SafeText.quoted(other)) and \(SafeText.quoted(input.spelling)) would write the same files.",
        remedy: "Write them into different folders with --output-dir."
      )
    }
    for input in inputs { _ = try input.options(writer.options) }
    try await writer.folder.checkAllFree(
      inputs.flatMap { writer.names(of: $0.document, stem: $0.stem) }
    )
  }

  /// Writes the transcripts.
  ///
  /// - Parameter missing: Items that were named and have none.
  func write(
    _ inputs: [TranscriptOperand],
    missing: [StoredItem] = []
  ) async throws -> ExitCode {
    var results: [JSONValue] = []
    var written: [String] = []
    var paths: [String] = []
    var code = ExitCode.done
    var bag = bag
    for input in inputs {
      let going = try withheld.applied(to: input)
      let input = going.map { input.with($0.document) } ?? input
      var writer = writer
      writer.options = try input.options(writer.options)
      // A bundle names no folder that its reader does not have.
      // A recording says what is withheld, and so does what was sent and came back.
      let media =
        try bag != nil
        ? bag?.add(input, writer.options) : going != nil ? nil : input.media(context.workplace)
      let transcript = ExportedTranscript(input.document, writer.options)
      let names = try await writer.deliver(
        input.document,
        exported: transcript,
        stem: input.stem,
        media: media,
        request: try going == nil ? input.request : nil,
        going: going
      )
      let own = names.map { FilePath.joined(writer.folder.path, $0) }
      // What goes into a bucket was held against it before.
      if writer.folder.bucket == nil { try going?.check(names, of: writer, others: paths) }
      paths += own
      let files = names.map(writer.folder.display)
      written += files
      let notices = ExportNotices(input, transcript, writer.formats, writer.options)
      if notices.exitCode != .done { code = notices.exitCode }
      notices.show(context)
      let captions = CaptionNotices(
        name: input.spelling,
        transcript,
        writer.formats,
        writer.options,
        isListed: listsProblems
      )
      if listsProblems, !captions.problems.isEmpty { code = .incomplete }
      captions.show(context)
      if context.isJSON { results.append(json(input, files, notices, captions)) }
      if !context.isJSON, !files.isEmpty {
        context.print("\(notices.sign(context.style)) " + files.joined(separator: "  "))
      }
    }
    try bag?.seal()
    if context.isJSON {
      var json: JSONObject = [
        "results": .array(results), "files": .array(written.map { .string($0) }),
        "missing": .array(missing.map { .string($0.reference) }),
      ]
      json["bundle"] = bag.map { .string($0.folder.spelling) }
      context.print(json: .object(json))
    } else if let bag {
      context.print(
        "\(context.style.green("✓")) \(bag.folder.display("bagit.txt"))  (BagIt 1.0, SHA-256)"
      )
    }
    return code
  }

  private func json(
    _ input: TranscriptOperand,
    _ files: [String],
    _ notices: ExportNotices,
    _ captions: CaptionNotices
  ) -> JSONValue {
    [
      "transcript": .string(input.spelling),
      "files": .array(files.map { .string($0) }),
      "rows": .init(input.document.transcript.segments.count),
      "rowsWithoutTime": .init(notices.untimedRows),
      "correctionProblems": .init(notices.problems),
      "captionProblems": captions.json,
      "complete": .bool(input.document.isComplete),
    ]
  }
}

/// What somebody should know about an export.
struct ExportNotices {
  private let name: String
  private let isIncomplete: Bool
  /// Rows that captions leave out.
  let untimedRows: Int
  /// Why there is nothing to work with; `nil` where there is.
  private let lack: String?
  /// Whether a format wants chapters that there are not.
  private let lacksChapters: Bool
  /// Rows that a format of words leaves out.
  private let wordlessRows: Int
  /// Corrections in the document that do not apply.
  let problems: Int
  /// Whether times of words are asked for that nobody knows.
  private let lacksWords: Bool
  /// What formats cannot carry of the texts, on one line each.
  private let lacking: [String]

  /// - Parameter transcript: What goes out of it.
  init(
    _ input: TranscriptOperand,
    _ transcript: ExportedTranscript,
    _ formats: [ResultFormat],
    _ options: FormatOptions
  ) {
    name = SafeText.line(input.spelling)
    let segments = input.document.transcript.segments
    let givesTables =
      input.document.tables.contains { $0.rowCount > 0 } && !formats.isEmpty
      && formats.allSatisfy(\.hasTables)
    lack =
      segments.isEmpty
      ? givesTables ? nil : "has no row"
      : transcript.segments.isEmpty
        ? "has no row that --speakers, --from and --to leave"
        : segments.allSatisfy { $0.start == nil } ? "has no row with a time" : nil
    isIncomplete = !input.document.isComplete
    untimedRows = formats.contains(where: \.needsTimes) ? transcript.untimedRowCount : 0
    lacksChapters = formats.contains(where: \.needsChapters) && !transcript.hasChapters
    wordlessRows = formats.contains(where: \.needsWordTimes) ? transcript.rowsWithoutWordTimes : 0
    lacksWords = options.showsWordTimes && !transcript.hasWordTimes
    lacking = formats.compactMap { Self.lacking($0, transcript, options) }
    problems = options.isMachineText ? 0 : input.document.corrected.problems.count
  }

  /// Which characters a format cannot carry; `nil` where it carries all.
  private static func lacking(
    _ format: ResultFormat,
    _ transcript: ExportedTranscript,
    _ options: FormatOptions
  ) -> String? {
    let counts =
      TranscriptFormatList.format(named: format.name)?.lacking(in: transcript, options: options)
      ?? [:]
    guard !counts.isEmpty else { return nil }
    let most = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
    let listed = SafeText.quoted(most.map { String($0.key) }.joined(separator: " "))
    let more = counts.count > most.count ? " and \(counts.count - most.count) others" : ""
    let all = NumberText.counted(counts.values.reduce(0, +), "character")
    return
      "\(all) cannot be in \(format.name) and stand as what is nearest, or as ?: \(listed)\(more)."
  }

  var exitCode: ExitCode {
    !lacking.isEmpty || lack != nil || lacksChapters || untimedRows + wordlessRows + problems > 0
      ? .incomplete : .done
  }

  /// What stands before the files that were written.
  func sign(_ style: TextStyle) -> String {
    exitCode == .done ? style.green("✓") : style.yellow("incomplete:")
  }

  func show(_ context: CommandContext) {
    if isIncomplete {
      context.status.warning("\(name) is incomplete: a part of it was never transcribed.")
    }
    if let lack { context.status.warning("\(name) \(lack).") }
    if untimedRows > 0, lack == nil {
      let rows = untimedRows == 1 ? "1 row has" : "\(untimedRows) rows have"
      context.status.warning("\(name): \(rows) no time and cannot be captions.")
    }
    if wordlessRows > 0, lack == nil {
      let rows = wordlessRows == 1 ? "1 row has" : "\(wordlessRows) rows have"
      context.status.warning(
        "\(name): \(rows) no times of words and cannot be in ctm; tabscribe align \(name) --apply sets them."
      )
    }
    if lacksChapters {
      context.status.warning(
        "\(name) has no chapters; tabscribe derive chapters \(name) makes them."
      )
    }
    for line in lacking { context.status.warning("\(name): \(line)") }
    if lacksWords {
      context.status.warning(
        "\(name): --word-times has no effect, as nobody knows when its words are spoken; "
          + "tabscribe align finds out."
      )
    }
    if problems > 0 {
      let ones = problems == 1 ? "1 correction does" : "\(problems) corrections do"
      context.status.warning("\(name): \(ones) not apply; tabscribe correct list says why.")
    }
  }
}
