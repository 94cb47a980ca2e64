internal import CommandLineInterface
internal import HTMLReports
internal import TranscriptFormats
internal import TranscriptModel

/// Writes a transcript in the formats asked for.
struct ResultWriter {
  let folder: OutputFolder
  let formats: [ResultFormat]
  /// How texts, tables and captions are written.
  var options = FormatOptions()

  /// The names that a source's results will have.
  func names(stem: String) -> [String] {
    formats.map { "\(FileStem.cleaned(stem)).\($0.rawValue)" }
  }

  /// Writes the results and returns the names they got.
  ///
  /// - Parameters:
  ///   - stem: The stem of the names; the source's when not given.
  ///   - media: The absolute path of the media, when it is a local file.
  func write(
    _ document: TranscriptDocument,
    stem: String? = nil,
    media: String?
  ) throws(CommandError) -> [String] {
    var written: [String] = []
    for (format, name) in zip(formats, names(stem: stem ?? document.source.stem)) {
      let path = media.map { FilePath.relative($0, from: folder.path) }
      let bytes = Self.bytes(of: document, format, options, mediaPath: path)
      written.append(try folder.write(bytes, to: name))
    }
    return written
  }

  /// A result.
  ///
  /// - Parameter mediaPath: The way from the result's folder to the media.
  static func bytes(
    of document: TranscriptDocument,
    _ format: ResultFormat,
    _ options: FormatOptions,
    mediaPath: String?
  ) -> [UInt8] {
    switch format {
    case .json: document.jsonBytes()
    case .html: HTMLReport(document, .init(mediaPath: mediaPath)).rendered()
    case .txt: PlainTextFormat().bytes(of: document, options: options)
    case .md: MarkdownFormat().bytes(of: document, options: options)
    case .csv: CSVFormat().bytes(of: document, options: options)
    case .tsv: TSVFormat().bytes(of: document, options: options)
    case .jsonl: JSONLinesFormat().bytes(of: document, options: options)
    case .srt: SubRipFormat().bytes(of: document, options: options)
    case .vtt: WebVTTFormat().bytes(of: document, options: options)
    }
  }
}

extension FilePath {
  /// The way from a folder to a file, both given by absolute paths.
  static func relative(_ path: String, from folder: String) -> String {
    let target = normalized(path)
    let base = normalized(folder)
    let shared = zip(base, target).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: base.count - shared)
    return (up + target.dropFirst(shared)).joined(separator: "/")
  }

  private static func normalized(_ path: String) -> [String] {
    var names: [String] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(String(name)) }
    }
    return names
  }
}
