internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import TranscriptFormats
internal import TranscriptModel

/// Writes transcripts into a folder and says what was written.
struct ExportRun {
  let writer: ResultWriter
  let context: CommandContext

  /// Refuses names that are taken, or that two transcripts would share, before anything is written.
  func check(_ inputs: [TranscriptOperand]) throws(CommandError) {
    var seen: [String: String] = [:]
    for input in inputs {
      guard let other = seen.updateValue(input.spelling, forKey: FileStem.cleaned(input.stem))
      else { continue }
      throw .usage(
        "\(SafeText.quoted(other)) and \(SafeText.quoted(input.spelling)) would write the same files.",
        remedy: "Write them into different folders with --output-dir."
      )
    }
    try writer.folder.checkFree(inputs.flatMap { writer.names(stem: $0.stem) })
  }

  func write(_ inputs: [TranscriptOperand]) throws -> ExitCode {
    var results: [JSONValue] = []
    var code = ExitCode.done
    for input in inputs {
      let media = input.media(context)
      let names = try writer.write(
        input.document,
        stem: input.stem,
        media: media,
        request: try input.request
      )
      let files = names.map(writer.folder.display)
      let notices = ExportNotices(input, writer.formats, writer.options)
      if notices.exitCode != .done { code = notices.exitCode }
      notices.show(context)
      results.append(json(input, files, notices))
      if !context.isJSON {
        context.print("\(context.style.green("✓")) " + files.joined(separator: "  "))
      }
    }
    if context.isJSON { context.print(json: ["results": .array(results)]) }
    return code
  }

  private func json(
    _ input: TranscriptOperand,
    _ files: [String],
    _ notices: ExportNotices
  ) -> JSONValue {
    [
      "transcript": .string(input.spelling),
      "files": .array(files.map { .string($0) }),
      "rows": .init(input.document.transcript.segments.count),
      "rowsWithoutTime": .init(notices.untimedRows),
      "correctionProblems": .init(notices.problems),
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
  /// Whether the transcript has no row, or no time: nothing to work with.
  private let isNothing: Bool
  /// Corrections in the document that do not apply.
  let problems: Int

  init(_ input: TranscriptOperand, _ formats: [ResultFormat], _ options: FormatOptions) {
    name = SafeText.line(input.spelling)
    isNothing = input.document.transcript.segments.allSatisfy { $0.start == nil }
    isIncomplete = !input.document.isComplete
    let transcript = ExportedTranscript(input.document, isMachine: options.isMachineText)
    untimedRows = formats.contains(where: \.needsTimes) ? transcript.untimedRowCount : 0
    problems = options.isMachineText ? 0 : input.document.corrected.problems.count
  }

  var exitCode: ExitCode { isNothing || untimedRows + problems > 0 ? .incomplete : .done }

  func show(_ context: CommandContext) {
    if isIncomplete {
      context.status.warning("\(name) is incomplete: a part of it was never transcribed.")
    }
    if untimedRows > 0 {
      let rows = untimedRows == 1 ? "1 row has" : "\(untimedRows) rows have"
      context.status.warning("\(name): \(rows) no time and cannot be captions.")
    }
    if problems > 0 {
      let ones = problems == 1 ? "1 correction does" : "\(problems) corrections do"
      context.status.warning("\(name): \(ones) not apply; tabscribe correct list says why.")
    }
  }
}
