package import HTMLReports
internal import HostSystem
package import TranscriptFormats
package import TranscriptModel

/// Writes a transcript in the formats asked for.
package struct ResultWriter {
  package var folder: OutputFolder
  package let formats: [ResultFormat]
  /// How texts, tables and captions are written.
  package var options = FormatOptions()
  /// How texts begin and end their lines.
  package var encoding = TextEncoding()
  /// The absolute path of the page that lists reports, where one is written beside them.
  package var index: String?

  /// A writer into a folder.
  package init(
    folder: OutputFolder,
    formats: [ResultFormat],
    options: FormatOptions = FormatOptions()
  ) {
    self.folder = folder
    self.formats = formats
    self.options = options
  }

  /// A writer into a folder below; see `OutputFolder.below`.
  package func below(_ folder: String) -> ResultWriter {
    var writer = self
    writer.folder = self.folder.below(folder)
    return writer
  }

  /// The names that results will have.
  package func names(stem: String) -> [String] {
    formats.map { FileStem.cleaned(stem) + $0.suffix }
  }

  /// Writes the results of a transcript of which something is withheld: the record whole, everything else
  /// without that, or not at all.
  private func writeShown(
    _ document: TranscriptDocument,
    json: [UInt8]?,
    stem: String,
    media: String?
  ) throws -> [String] {
    var written: [String] = []
    for format in formats {
      var writer = ResultWriter(folder: folder, formats: [format], options: options)
      writer.encoding = encoding
      writer.index = index
      written +=
        try format == .json
        ? [folder.write(json ?? document.jsonBytes(), to: writer.names(stem: stem)[0])]
        : WithheldOutput().write(document, stem: stem, by: writer)
    }
    return written
  }

  /// Writes the results and returns the names they got.
  ///
  /// - Parameters:
  ///   - exported: The document as the options want it, where that is at hand.
  ///   - json: The document's JSON, where it has been written already.
  ///   - stem: The stem of the names; the source's when not given.
  ///   - media: The absolute path of the media, when it is a local file.
  ///   - request: What was sent and what came back, for reports.
  package func write(
    _ document: TranscriptDocument,
    exported: ExportedTranscript? = nil,
    json: [UInt8]? = nil,
    stem: String? = nil,
    media: String?,
    request: RequestRecord? = nil
  ) throws -> [String] {
    guard !document.hasRestrictions else {
      return try writeShown(document, json: json, stem: stem ?? document.source.stem, media: media)
    }
    var written: [String] = []
    try forEachFile(
      of: document,
      exported: exported,
      json: json,
      stem: stem,
      media: media,
      request: request
    ) { name, bytes throws(Refusal) in written.append(try folder.write(bytes, to: name)) }
    return written
  }

  /// The results as they would be written, with the names that are wanted for them; see
  /// ``write(_:exported:json:stem:media:request:)``.
  package func files(
    of document: TranscriptDocument,
    exported: ExportedTranscript? = nil,
    json: [UInt8]? = nil,
    stem: String? = nil,
    media: String?,
    request: RequestRecord? = nil
  ) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    forEachFile(
      of: document,
      exported: exported,
      json: json,
      stem: stem,
      media: media,
      request: request
    ) { files.append(($0, $1)) }
    return files
  }

  /// Writes the results, also into a bucket, and returns the names they got.
  ///
  /// - Parameters:
  ///   - exported: The document as the options want it, where that is at hand.
  ///   - json: The document's JSON, where it has been written already.
  ///   - stem: The stem of the names; the source's when not given.
  ///   - media: The absolute path of the media, when it is a local file.
  ///   - request: What was sent and what came back, for reports.
  ///   - going: The document without what is withheld of it, where something is.
  package func deliver(
    _ document: TranscriptDocument,
    exported: ExportedTranscript? = nil,
    json: [UInt8]? = nil,
    stem: String? = nil,
    media: String?,
    request: RequestRecord? = nil,
    going: WithheldTranscript? = nil
  ) async throws -> [String] {
    guard folder.bucket != nil else {
      return try write(
        document,
        exported: exported,
        json: json,
        stem: stem,
        media: media,
        request: request
      )
    }
    let files: [(name: String, bytes: [UInt8])]
    if let going {
      files = try going.files(by: self)
    } else if document.hasRestrictions {
      files = try shownFiles(of: document, json: json, stem: stem ?? document.source.stem)
    } else {
      files = self.files(
        of: document,
        exported: exported,
        json: json,
        stem: stem,
        media: media,
        request: request
      )
    }
    var written: [String] = []
    for file in files { written.append(try await folder.put(file.bytes, to: file.name)) }
    return written
  }

  /// The same of a transcript of which something is withheld: the record whole, everything else without
  /// that.
  private func shownFiles(
    of document: TranscriptDocument,
    json: [UInt8]?,
    stem: String
  ) throws -> [(name: String, bytes: [UInt8])] {
    try formats.flatMap { format -> [(name: String, bytes: [UInt8])] in
      var writer = ResultWriter(folder: folder, formats: [format], options: options)
      writer.encoding = encoding
      if format == .json { return [(writer.names(stem: stem)[0], json ?? document.jsonBytes())] }
      return try WithheldOutput().applied(to: document, named: stem, stem: stem)?
        .files(by: writer) ?? []
    }
  }

  /// Makes one result after the other, so that only one is held at a time.
  private func forEachFile<Failure: Error>(
    of document: TranscriptDocument,
    exported: ExportedTranscript?,
    json: [UInt8]?,
    stem: String?,
    media: String?,
    request: RequestRecord?,
    _ body: (_ name: String, _ bytes: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    lazy var transcript = exported ?? ExportedTranscript(document, options)
    for (format, name) in zip(formats, names(stem: stem ?? document.source.stem)) {
      let path = folder.way(to: media, of: document.source)
      let made = Self.bytes(
        of: document,
        exported: transcript,
        json: json,
        format,
        options,
        mediaPath: path,
        request: request,
        index: index.map { FilePath.relative($0, from: folder.path) }
      )
      try body(name, format.isPlainText ? encoding.bytes(made) : made)
      for file in companions(of: transcript, format, stem: stem) { try body(file.name, file.bytes) }
    }
  }

  /// What a format writes beside its own file.
  package func companions(
    of transcript: @autoclosure () -> ExportedTranscript,
    _ format: ResultFormat,
    stem: String?
  ) -> [(name: String, bytes: [UInt8])] {
    guard let format = TranscriptFormatList.format(named: format.name) else { return [] }
    let transcript = transcript()
    return format.companions(of: transcript, options: options).map {
      (
        FileStem.cleaned(stem ?? transcript.document.source.stem) + $0.suffix,
        encoding.bytes($0.bytes)
      )
    }
  }

  /// The names that the results of a document will have.
  package func names(of document: TranscriptDocument, stem: String) -> [String] {
    lazy var transcript = ExportedTranscript(document, options)
    return names(stem: stem)
      + formats.flatMap { companions(of: transcript, $0, stem: stem).map(\.name) }
  }

  /// A result.
  ///
  /// - Parameters:
  ///   - exported: The document as the options want it, asked for only by formats for other programs.
  ///   - json: The document's JSON, where it has been written already.
  ///   - mediaPath: The way from the result's folder to the media.
  ///   - index: The way from there to the page that lists reports.
  package static func bytes(
    of document: TranscriptDocument,
    exported: @autoclosure () -> ExportedTranscript,
    json: [UInt8]? = nil,
    _ format: ResultFormat,
    _ options: FormatOptions,
    mediaPath: String?,
    request: RequestRecord? = nil,
    index: String? = nil
  ) -> [UInt8] {
    switch format {
    case .json: json ?? document.jsonBytes()
    case .html: report(on: document, mediaPath: mediaPath, request: request, index: index)
    default:
      TranscriptFormatList.format(named: format.name)?.bytes(of: exported(), options: options) ?? []
    }
  }
}

/// How texts are written into files.
package struct TextEncoding {
  /// Whether a byte order mark comes first.
  package var hasMark = false
  /// Whether lines end with a carriage return and a line feed.
  package var endsLinesTwice = false

  /// How texts are written.
  package init(hasMark: Bool = false, endsLinesTwice: Bool = false) {
    (self.hasMark, self.endsLinesTwice) = (hasMark, endsLinesTwice)
  }

  /// A text in UTF-8 as it is written.
  package func bytes(_ text: [UInt8]) -> [UInt8] {
    guard hasMark || endsLinesTwice else { return text }
    var bytes: [UInt8] = hasMark ? [0xEF, 0xBB, 0xBF] : []
    guard endsLinesTwice else { return bytes + text }
    var previous: UInt8 = 0
    for byte in text {
      if byte == 0x0A, previous != 0x0D { bytes.append(0x0D) }
      bytes.append(byte)
      previous = byte
    }
    return bytes
  }
}

extension ResultFormat {
  /// Whether a result tells which run it is of.
  package var namesRun: Bool { self == .json || self == .html }

  /// Whether it is text for people and players, which may begin with a byte order mark; no JSON, XML
  /// or HTML.
  package var isPlainText: Bool {
    ["txt", "md", "csv", "tsv", "srt", "vtt", "sbv", "ass"].contains(name)
  }
}

extension ResultWriter {
  private static func report(
    on document: TranscriptDocument,
    mediaPath: String?,
    request: RequestRecord?,
    index: String?
  ) -> [UInt8] {
    var options = HTMLReport.Options(
      mediaPath: mediaPath,
      resumeCommand: document.isComplete ? nil : "tabscribe runs resume \(document.run.id)",
      request: request
    )
    options.collection = index.map { .init("All transcripts of the run", to: $0) }
    return HTMLReport(document, options).rendered()
  }
}
