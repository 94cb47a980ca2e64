internal import HostSystem
internal import PlainText
package import TranscriptFormats
internal import TranscriptImport
package import TranscriptModel
package import TranscriptRecipes

/// What does not go out of reports and exports: what people withheld of a transcript once, and for this
/// output personal data that derive redact found, names of speakers, and words and rows of a file.
package struct WithheldOutput {
  private let wanted: [WithheldPart]

  /// What is asked for, beside what is withheld for good.
  package init(_ wanted: [WithheldPart]) { self.wanted = wanted }

  /// Only what people withheld of a transcript for good.
  package init() { wanted = [] }

  /// Whether anything is asked for beside that.
  package var isAsked: Bool { !wanted.isEmpty }

  /// A transcript without what is withheld; `nil` where everything goes out.
  ///
  /// - Throws: `Refusal` where it is not known what is withheld.
  package func applied(to input: TranscriptOperand) throws(Refusal) -> WithheldTranscript? {
    try applied(to: input.document, named: input.spelling, stem: input.stem)
  }

  /// The same of a document.
  ///
  /// - Parameters:
  ///   - name: How the user named it, for messages.
  ///   - stem: What the names of its files begin with.
  package func applied(
    to document: TranscriptDocument,
    named name: String,
    stem: String
  ) throws(Refusal) -> WithheldTranscript? {
    let kept = try Self.kept(in: document, of: name)
    guard isAsked || kept != nil else { return nil }
    var (words, rows) = (kept?.words ?? [], kept?.rows ?? [])
    for part in wanted {
      switch part {
      case .words(let text): words.append(Withheld.Words(text, kind: "text"))
      case .rows(let range): rows.formUnion(range)
      case .speakers: words += Redactions.names(in: document)
      case .redactions:
        do throws(Redactions.Problem) {
          let found = try Redactions.withheld(in: document)
          words += found.words
          rows.formUnion(found.rows)
        } catch {
          throw Self.refusal(error, name)
        }
      }
    }
    return try WithheldTranscript(document, stem: stem, Withheld(words: words, rows: rows))
  }

  /// Writes the results of a transcript without what is withheld of it.
  ///
  /// - Returns: The names they got.
  package func write(
    _ document: TranscriptDocument,
    stem: String,
    by writer: ResultWriter
  ) throws -> [String] {
    guard let going = try applied(to: document, named: stem, stem: stem) else { return [] }
    let names = try writer.write(going.document, stem: stem, media: nil)
    try going.check(names, of: writer)
    return names
  }

  /// What people withheld of a transcript for good.
  private static func kept(
    in document: TranscriptDocument,
    of name: String
  ) throws(Refusal) -> Withheld? {
    do throws(Restrictions.Problem) {
      return try Restrictions.withheld(in: document)
    } catch {
      throw refusal(error, name)
    }
  }

  /// Why nothing of a transcript goes out.
  package static func refusal(_ problem: Restrictions.Problem, _ name: String) -> Refusal {
    switch problem {
    case .redactions(let problem): return refusal(problem, name)
    case .unplaced(let id):
      let id = id.map { " (\(SafeText.line($0)))" } ?? ""
      let name = SafeText.line(name)
      return Refusal(
        "\(name) withholds something\(id) that has no place in it any more, so nothing goes out.",
        remedy: "tabscribe correct list \(name) shows it; withhold the right rows, then undo it."
      )
    }
  }

  private static func refusal(_ problem: Redactions.Problem, _ spelling: String) -> Refusal {
    let name = SafeText.line(spelling)
    let why =
      switch problem {
      case .missing: "has no redactions"
      case .outdated: "has other words than those that were looked through for redactions"
      case .incomplete: "was not looked through to its end for redactions"
      }
    return Refusal(
      "\(name) \(why), so nothing is written.",
      remedy: "tabscribe derive redact \(name)"
        + " finds them" + (problem == .incomplete ? " with the setting force." : ".")
    )
  }
}

extension TranscriptDocument {
  /// The document as others may see it.
  ///
  /// - Parameters:
  ///   - name: How the user named it, for messages.
  ///   - isForRedacting: Whether it is shown to the recipe `redact`.
  /// - Throws: `Refusal` where it is not known what is withheld.
  package func shown(as name: String, isForRedacting: Bool = false) throws(Refusal) -> Self {
    do throws(Restrictions.Problem) {
      return try shown(isForRedacting: isForRedacting)
    } catch {
      throw WithheldOutput.refusal(error, name)
    }
  }
}

extension TranscriptOperand {
  /// The transcript as others may see it.
  ///
  /// - Throws: `Refusal` where it is not known what is withheld.
  package func shown() throws(Refusal) -> TranscriptOperand {
    document.hasRestrictions ? with(try document.shown(as: spelling)) : self
  }

  /// The same with another document.
  package func with(_ document: TranscriptDocument) -> TranscriptOperand {
    TranscriptOperand(spelling: spelling, stem: stem, document: document, origin: origin)
  }
}

/// A transcript that does not say what is withheld, and what its files are held against.
package struct WithheldTranscript {
  /// The transcript without what is withheld.
  package let document: TranscriptDocument
  private let stem: String
  private let withheld: Withheld
  private let shape: TranscriptDocument

  /// - Throws: `Refusal` when the names of files would tell.
  fileprivate init(
    _ document: TranscriptDocument,
    stem: String,
    _ withheld: Withheld
  ) throws(Refusal) {
    (self.withheld, self.stem) = (withheld, stem)
    if let told = withheld.count(in: stem).keys.min() {
      throw Refusal(
        "The name \(SafeText.quoted(stem)) has \(SafeText.quoted(withheld.words[told].text)), "
          + "which is withheld; nothing is written.",
        remedy: "Give the transcript's file another name."
      )
    }
    self.document = withheld.applied(to: document)
    shape = Withheld.shape(of: document)
  }

  /// Reads files that were written, and takes all of them away where one has what is withheld.
  ///
  /// - Parameters:
  ///   - names: The files, in the folder of the writer.
  ///   - others: The absolute paths of further files that would go with them.
  /// - Throws: `Refusal` of the kind `failed`.
  package func check(_ names: [String], of writer: ResultWriter, others: [String] = []) throws {
    let paths = names.map { FilePath.joined(writer.folder.path, $0) }
    do {
      let shapes = writer.files(of: shape, stem: stem, media: nil).map(\.bytes)
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

  /// The files of it, all held against what is withheld before any is written.
  ///
  /// - Throws: `Refusal` of the kind `failed`.
  package func files(by writer: ResultWriter) throws -> [(name: String, bytes: [UInt8])] {
    let made = writer.files(of: document, stem: stem, media: nil)
    let shapes = writer.files(of: shape, stem: stem, media: nil).map(\.bytes)
    guard shapes.count == made.count else { throw Self.unlike(made.first?.name ?? "") }
    for (file, shape) in zip(made, shapes) { try check(file.bytes, file.name, beside: shape) }
    return made
  }

  /// The same of bytes that are about to be written.
  ///
  /// - Parameter made: Makes them of a transcript.
  package func check(_ bytes: [UInt8], _ name: String, made: (TranscriptDocument) -> [UInt8]) throws
  {
    try check(bytes, name, beside: made(shape))
  }

  /// Holds a file against one of the same shape that says nothing.
  ///
  /// - Throws: `Refusal` of the kind `failed`.
  package func check(_ bytes: [UInt8], _ name: String, beside shape: [UInt8]) throws {
    let texts = try [bytes, shape].map { bytes throws(ImportError) in
      try ArchiveTexts.text(of: bytes)
    }
    let leaks = withheld.leaks(in: texts[0], beside: texts[1])
    guard let first = leaks.first else { return }
    let more = leaks.count > 1 ? " and \(leaks.count - 1) more" : ""
    throw Refusal(
      "\(SafeText.line(name)) would still have \(SafeText.quoted(first.text))\(more), which is "
        + "withheld; nothing was left in place.",
      remedy: "Leave that format out, or withhold the row with a file (#12) as well."
    )
  }

  /// The same of text that is to be printed.
  package func check(
    printed bytes: [UInt8],
    _ format: ResultFormat,
    _ options: FormatOptions
  ) throws {
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

  private static func unlike(_ name: String) -> Refusal {
    Refusal(
      "\(SafeText.line(name)) could not be checked; nothing was left in place.",
      remedy: "Export one format at a time."
    )
  }
}
