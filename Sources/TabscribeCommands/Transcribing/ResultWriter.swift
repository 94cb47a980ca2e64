internal import CommandLineInterface
internal import HTMLReports
internal import TranscriptModel

/// Writes a transcript in the formats asked for.
struct ResultWriter {
  var folder: OutputFolder
  let formats: [ResultFormat]

  /// A writer as the arguments, the environment and the configuration ask for it.
  ///
  /// - Throws: `CommandError` when the folder cannot be written to.
  init(_ settings: Settings, _ context: CommandContext) throws {
    folder = try OutputFolder(
      try settings.value(of: OutputOptions.folder) ?? ".",
      force: settings.isSet(OutputOptions.force),
      in: context
    )
    formats = try OutputOptions.chosenFormats(settings)
  }

  init(folder: OutputFolder, formats: [ResultFormat]) {
    self.folder = folder
    self.formats = formats
  }

  /// The names that results will have.
  func names(stem: String) -> [String] { formats.map { "\(stem).\($0.rawValue)" } }

  /// Writes the results and returns their absolute paths.
  func write(
    _ document: TranscriptDocument,
    stem: String,
    _ context: CommandContext
  ) throws(CommandError) -> [String] {
    var written: [String] = []
    for (format, name) in zip(formats, names(stem: stem)) {
      let bytes = bytes(of: document, format, context.mediaPath(of: document))
      written.append(FilePath.joined(folder.path, try folder.write(bytes, to: name)))
    }
    return written
  }

  /// Writes the results that are not there, and returns the absolute paths of all.
  func writeMissing(
    _ document: TranscriptDocument,
    stem: String,
    _ context: CommandContext
  ) throws(CommandError) -> [String] {
    var paths: [String] = []
    for (format, name) in zip(formats, names(stem: stem)) {
      let path = FilePath.joined(folder.path, name)
      if HostFiles.kind(of: path) == nil {
        let bytes = bytes(of: document, format, context.mediaPath(of: document))
        _ = try folder.write(bytes, to: name)
      }
      paths.append(path)
    }
    return paths
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

  /// A path as the user would write it: from the working folder when it is below it.
  static func shown(_ path: String, from folder: String) -> String {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
  }

  private static func normalized(_ path: String) -> [String] {
    var names: [String] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(String(name)) }
    }
    return names
  }
}

extension CommandContext {
  /// The absolute path of the media, when they are a file of this machine.
  func mediaPath(of document: TranscriptDocument) -> String? {
    document.source.kind == "file" ? absolutePath(document.source.uri) : nil
  }
}
