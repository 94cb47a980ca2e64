internal import CommandLineInterface
internal import GeminiAPI

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Turns what the user named into single media: folders, patterns and lists stand for several.
struct SourceExpansion {
  /// Folders below a folder are searched this deep.
  private static let depth = 16

  let context: CommandContext
  /// Long names of the options that a list may give for a source.
  let options: [String]

  /// The media in the order named; those of a folder or pattern sorted by path, each once.
  ///
  /// - Throws: `CommandError` for a folder or pattern without media, or a list with a fault.
  func sources(_ spellings: [String]) throws -> [NamedSource] {
    var seen: Set<NamedSource> = []
    return try spellings.flatMap(expanded).filter { seen.insert($0).inserted }
  }

  private func expanded(_ spelling: String) throws -> [NamedSource] {
    guard case .localFile(let path) = try VideoSource(parsing: spelling) else {
      return [NamedSource(spelling: spelling)]
    }
    switch HostFiles.kind(of: context.absolutePath(path)) {
    case .folder: return try media(in: path)
    case .file where SourceListFile.isList(path): return try listed(path)
    case nil where path.contains { "*?[".contains($0) }: return try matching(path)
    case nil where path.unicodeScalars.contains("\u{FFFD}"):
      throw CommandError(
        "\(SafeText.quoted(path)) cannot be found: its name seems not to be UTF-8.",
        remedy: "Rename the file, for example with convmv."
      )
    default: return [NamedSource(spelling: spelling)]
    }
  }

  private func listed(_ path: String) throws -> [NamedSource] {
    try SourceListFile(spelling: path, options: options).sources(in: context).map { entry in
      var spelling = entry.source
      // A relative path in a list begins at the list.
      if case .localFile(let file) = try VideoSource(parsing: spelling), path.contains("/") {
        spelling = FilePath.joined(FilePath.parent(of: path), file)
      }
      return NamedSource(spelling: spelling, entry: entry)
    }
  }

  private func media(in folder: String) throws -> [NamedSource] {
    let found = Self.files(in: folder, context, depth: Self.depth)
    guard !found.isEmpty else {
      throw CommandError(
        "The folder \(SafeText.quoted(folder)) holds no video or audio.",
        remedy: "Files are told by their endings, such as .mp4, .webm, .mp3 or .wav."
      )
    }
    return found.map { NamedSource(spelling: $0) }
  }

  private static func files(in folder: String, _ context: CommandContext, depth: Int) -> [String] {
    let entries = HostFiles.entries(in: context.absolutePath(folder))
    for name in entries.unreadable where MediaType.named(name) != nil || !name.contains(".") {
      warn(of: name, in: folder, context)
    }
    return entries.names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = FilePath.joined(folder, name)
      switch HostFiles.kind(of: context.absolutePath(path)) {
      case .file: return MediaType.named(name) == nil ? [] : [path]
      case .folder where depth > 1: return files(in: path, context, depth: depth - 1)
      default: return []
      }
    }
  }

  /// What is left out is told, and how to have it.
  private static func warn(of name: String, in folder: String, _ context: CommandContext) {
    context.status.warning(
      "\(SafeText.quoted(FilePath.joined(folder, name))) is left out: its name is not UTF-8. "
        + "Rename it, for example with convmv."
    )
  }

  /// A pattern that reached the program, for shells that leave it alone and for quoted ones.
  private func matching(_ pattern: String) throws -> [NamedSource] {
    var result = glob_t()
    defer { globfree(&result) }
    let status = glob(context.absolutePath(pattern), 0, nil, &result)
    var paths: [String] = []
    for index in 0..<Int(result.gl_pathc) {
      guard let found = result.gl_pathv[index] else { continue }
      if let path = String(validatingCString: found) {
        paths.append(path)
      } else {
        Self.warn(of: String(cString: found), in: "/", context)
      }
    }
    guard status == 0, !paths.isEmpty else {
      throw CommandError(
        "No file matches \(SafeText.quoted(pattern)).",
        remedy: "Check the pattern, or name the files."
      )
    }
    let base =
      context.workingFolder.hasSuffix("/") ? context.workingFolder : context.workingFolder + "/"
    return try paths.flatMap { path -> [NamedSource] in
      let shown =
        pattern.hasPrefix("/") || !path.hasPrefix(base) ? path : String(path.dropFirst(base.count))
      return HostFiles.kind(of: path) == .folder
        ? try media(in: shown) : [NamedSource(spelling: shown)]
    }
  }
}
