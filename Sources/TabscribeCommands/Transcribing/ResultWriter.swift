internal import CommandLineInterface
internal import HTMLReports
internal import TranscriptModel

/// Writes a transcript in the formats asked for.
struct ResultWriter {
  let folder: OutputFolder
  let formats: [ResultFormat]

  /// The names that a source's results will have.
  func names(stem: String) -> [String] {
    formats.map { "\(FileStem.cleaned(stem)).\($0.rawValue)" }
  }

  /// Writes the results and returns the names they got.
  ///
  /// - Parameter media: The absolute path of the media, when it is a local file.
  func write(
    _ document: TranscriptDocument,
    media: String?
  ) throws(CommandError) -> [String] {
    var written: [String] = []
    for (format, name) in zip(formats, names(stem: document.source.stem)) {
      written.append(try folder.write(bytes(of: document, format, media), to: name))
    }
    return written
  }

  private func bytes(
    of document: TranscriptDocument,
    _ format: ResultFormat,
    _ media: String?
  ) -> [UInt8] {
    switch format {
    case .json: return document.jsonBytes()
    case .html:
      let path = media.map { FilePath.relative($0, from: folder.path) }
      return HTMLReport(document, .init(mediaPath: path)).rendered()
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
