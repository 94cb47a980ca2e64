internal import CommandLineInterface
internal import HostSystem
internal import TranscriptFormats
internal import TranscriptImport
internal import TranscriptModel
internal import TranscriptRecipes

/// What does not go out of reports and exports: personal data that derive redact found, names of speakers,
/// and words and rows of a file.
struct WithheldOutput {
  static let option = RepeatedOption(
    "withhold",
    .text("WHAT", completion: .files),
    help: "mark out redactions, speakers, FILE"
  )

  private static let redactions = "redactions"
  private static let speakers = "speakers"

  private let wanted: [String]
  private var words: [Withheld.Words] = []
  private var rows: Set<Int> = []

  /// `nil` where everything goes out.
  ///
  /// - Throws: `CommandError` for a file that cannot be read, or says nothing.
  init?(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    wanted = arguments[Self.option]
    guard !wanted.isEmpty else { return nil }
    for name in wanted where name != Self.redactions && name != Self.speakers {
      try read(name, context)
    }
  }

  /// Reads a file: on each line some words, or rows as `#12` or `#12-15`.
  private mutating func read(_ name: String, _ context: CommandContext) throws {
    let bytes = try HostFiles.read(context.absolutePath(name), limit: 1 << 24)
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { !$0.isEmpty }
    guard !lines.isEmpty else {
      throw CommandError.usage(
        "\(SafeText.quoted(name)) has neither words nor rows.",
        remedy: "Write what is to be withheld into it, one a line; #12 or #12-15 stands for rows."
      )
    }
    for line in lines {
      if line.hasPrefix("#") {
        rows.formUnion(try Self.rows(line, of: name))
      } else {
        words.append(Withheld.Words(line, kind: "text"))
      }
    }
  }

  private static func rows(_ line: String, of name: String) throws(CommandError) -> Set<Int> {
    let ends = line.dropFirst().split(separator: "-").map { part in
      Int(part.filter { $0 != "#" && $0 != " " })
    }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 1,
      first <= last, last < 1 << 30
    else {
      throw .usage(
        "\(SafeText.line(name)): \(SafeText.quoted(line)) names no rows.",
        remedy: "Write #12, or #12-15, counted from 1."
      )
    }
    return Set((first - 1)...(last - 1))
  }

  /// A transcript without what is withheld.
  ///
  /// - Throws: `CommandError` where it is not known what that is.
  func applied(to input: TranscriptOperand) throws(CommandError) -> WithheldTranscript {
    var (words, rows) = (words, rows)
    if wanted.contains(Self.speakers) { words += Redactions.names(in: input.document) }
    if wanted.contains(Self.redactions) {
      do throws(Redactions.Problem) {
        let found = try Redactions.withheld(in: input.document)
        words += found.words
        rows.formUnion(found.rows)
      } catch {
        throw Self.refusal(error, input)
      }
    }
    return try WithheldTranscript(input, Withheld(words: words, rows: rows))
  }

  private static func refusal(
    _ problem: Redactions.Problem,
    _ input: TranscriptOperand
  ) -> CommandError {
    let name = SafeText.line(input.spelling)
    let why =
      switch problem {
      case .missing: "has no redactions"
      case .outdated: "has other words than those that were looked through for redactions"
      case .incomplete: "was not looked through to its end for redactions"
      }
    return CommandError(
      "\(name) \(why), so nothing is written.",
      remedy: "tabscribe derive redact \(name)"
        + (problem == .incomplete ? " --force" : "") + " finds them."
    )
  }
}

/// A transcript that does not say what is withheld, and what its files are held against.
struct WithheldTranscript {
  /// The transcript without what is withheld.
  let operand: TranscriptOperand
  private let withheld: Withheld
  private let shape: TranscriptDocument

  /// - Throws: `CommandError` when the names of files would tell.
  fileprivate init(_ input: TranscriptOperand, _ withheld: Withheld) throws(CommandError) {
    self.withheld = withheld
    if let told = withheld.count(in: input.stem).keys.min() {
      throw CommandError(
        "The name \(SafeText.quoted(input.stem)) has \(SafeText.quoted(withheld.words[told].text)), "
          + "which is withheld; nothing is written.",
        remedy: "Give the transcript's file another name."
      )
    }
    operand = TranscriptOperand(
      spelling: input.spelling,
      stem: input.stem,
      document: withheld.applied(to: input.document),
      origin: input.origin
    )
    shape = Withheld.shape(of: input.document)
  }

  /// Reads files that were written, and takes all of them away where one has what is withheld.
  ///
  /// - Parameters:
  ///   - names: The files, in the folder of the writer.
  ///   - others: The absolute paths of further files that would go with them.
  /// - Throws: `CommandError`, exit code 1.
  func check(_ names: [String], of writer: ResultWriter, others: [String] = []) throws {
    let paths = names.map { FilePath.joined(writer.folder.path, $0) }
    do {
      let shapes = writer.files(of: shape, stem: operand.stem, media: nil).map(\.bytes)
      guard shapes.count == paths.count else { throw Self.unlike(names.first ?? "") }
      for (index, path) in paths.enumerated() {
        try check(HostFiles.read(path, limit: 1 << 31), names[index], beside: shapes[index])
      }
    } catch {
      // Nothing that may tell is left in place, nor what was to go with it.
      for path in paths + others { HostFiles.discard(path) }
      throw error
    }
  }

  /// Holds a file against one of the same shape that says nothing.
  ///
  /// - Throws: `CommandError`, exit code 1.
  func check(_ bytes: [UInt8], _ name: String, beside shape: [UInt8]) throws {
    let texts = try [bytes, shape].map { bytes throws(ImportError) in
      try ArchiveTexts.text(of: bytes)
    }
    let leaks = withheld.leaks(in: texts[0], beside: texts[1])
    guard let first = leaks.first else { return }
    let more = leaks.count > 1 ? " and \(leaks.count - 1) more" : ""
    throw CommandError(
      "\(SafeText.line(name)) would still have \(SafeText.quoted(first.text))\(more), which is "
        + "withheld; nothing was left in place.",
      remedy: "Leave that format out, or withhold the row with a file (#12) as well."
    )
  }

  /// The same of text that is to be printed.
  func check(printed bytes: [UInt8], _ format: ResultFormat, _ options: FormatOptions) throws {
    try check(
      bytes,
      "standard output",
      beside: ResultWriter.bytes(
        of: shape,
        exported: ExportedTranscript(shape, options),
        format,
        options,
        mediaPath: nil
      )
    )
  }

  private static func unlike(_ name: String) -> CommandError {
    CommandError(
      "\(SafeText.line(name)) could not be checked; nothing was left in place.",
      remedy: "Export one format at a time."
    )
  }
}
