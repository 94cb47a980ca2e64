package import GeminiAPI
internal import HostSystem
internal import PlainText

/// Turns what the user named into single media: folders, patterns and lists stand for several.
package struct SourceExpansion {
  /// Folders below a folder are searched this deep.
  private static let depth = 16

  package let place: Workplace
  /// Long names of the options that a list may give for a source.
  package let options: [String]
  /// What folders in buckets hold that are named, by their spellings; see ``media(in:_:by:)``.
  package var buckets: [String: Result<[NamedSource], any Error>] = [:]

  /// Sources as seen from a place.
  package init(place: Workplace, options: [String]) {
    (self.place, self.options) = (place, options)
  }

  /// The media in the order named; those of a folder or pattern sorted by path, each once.
  ///
  /// What cannot be found is told beside what can; alone it is an error.
  ///
  /// - Throws: `Refusal` for a list with a fault, and for the only source that is named.
  package func sources(_ spellings: [String]) throws -> NamedSources {
    var named = NamedSources()
    var seen: Set<NamedSource> = []
    for spelling in spellings {
      do {
        named.sources += try expanded(spelling).filter { seen.insert($0).inserted }
      } catch let error as Refusal where error.kind == .usage || spellings.count == 1 {
        throw error
      } catch  where spellings.count > 1 {
        named.refused.append(RefusedSource(source: spelling, error: error))
      }
    }
    return named
  }

  private func expanded(_ spelling: String) throws -> [NamedSource] {
    if spelling == SourceListFile.standardInput { return try listed(spelling) }
    if let found = buckets[spelling] { return try found.get() }
    guard case .localFile(let path) = try VideoSource(parsing: spelling) else {
      return [NamedSource(spelling: spelling)]
    }
    switch HostFiles.kind(of: place.absolutePath(path)) {
    case .folder: return try media(in: path)
    case .file where SourceListFile.isList(path): return try listed(path)
    case nil where path.contains { "*?[".contains($0) }: return try matching(path)
    case nil where path.unicodeScalars.contains("\u{FFFD}"):
      throw Refusal(
        "\(SafeText.quoted(path)) cannot be found: its name seems not to be UTF-8.",
        remedy: "Rename the file, for example with convmv."
      )
    default: return [NamedSource(spelling: spelling)]
    }
  }

  /// The media in a folder of a bucket, sorted by name.
  ///
  /// - Parameters:
  ///   - spelling: The folder's address as the user wrote it.
  ///   - reader: Lists it.
  /// - Throws: `GeminiError`; `Refusal` where there are none.
  package static func media(
    in spelling: String,
    _ folder: StorageAddress,
    by reader: any ObjectReading
  ) async throws -> [NamedSource] {
    let found = try await reader.objects(below: folder).map(\.place)
      .filter { !$0.name.hasSuffix("/") && MediaType.named($0.name) != nil }
    guard !found.isEmpty else { throw noMedia(in: spelling) }
    return found.map { place in
      // Names in buckets may hold what would lead out of a folder.
      let names = place.name.dropFirst(folder.name.count).split(separator: "/").dropLast()
      let below = names.map { FileStem.cleaned(String($0)) }.joined(separator: "/")
      return NamedSource(spelling: place.description, folder: below)
    }
  }

  private static func noMedia(in folder: String) -> Refusal {
    Refusal(
      "The folder \(SafeText.quoted(folder)) holds no video or audio.",
      remedy: "Files are told by their endings, such as .mp4, .webm, .mp3 or .wav."
    )
  }

  private func listed(_ path: String) throws -> [NamedSource] {
    try SourceListFile(spelling: path, options: options).sources(in: place).map { entry in
      var spelling = entry.source
      // A relative path in a list begins at the list.
      if case .localFile(let file)? = try? VideoSource(parsing: spelling), path.contains("/") {
        spelling = FilePath.joined(FilePath.parent(of: path), file)
      }
      return NamedSource(spelling: spelling, entry: entry)
    }
  }

  private func media(in folder: String) throws -> [NamedSource] {
    let found = Self.files(in: folder, place, depth: Self.depth) { MediaType.named($0) != nil }
    guard !found.isEmpty else { throw Self.noMedia(in: folder) }
    return found.map { path in
      NamedSource(spelling: path, folder: FilePath.folder(of: path, below: folder))
    }
  }

  /// The paths of the files in a folder and below it whose names are wanted, sorted.
  private static func files(
    in folder: String,
    _ place: Workplace,
    depth: Int,
    isWanted: (String) -> Bool
  ) -> [String] {
    let entries = HostFiles.entries(in: place.absolutePath(folder))
    for name in entries.unreadable where isWanted(name) || !name.contains(".") {
      warn(of: name, in: folder, place)
    }
    return entries.names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = FilePath.joined(folder, name)
      switch HostFiles.kind(of: place.absolutePath(path)) {
      // A link that leads nowhere is a source that fails, not one that was never there.
      case .file, nil: return isWanted(name) ? [path] : []
      case .folder where depth > 1:
        return files(in: path, place, depth: depth - 1, isWanted: isWanted)
      default: return []
      }
    }
  }

  /// What is left out is told, and how to have it.
  private static func warn(of name: String, in folder: String, _ place: Workplace) {
    place.notices.warning(
      "\(SafeText.quoted(FilePath.joined(folder, name))) is left out: its name is not UTF-8. "
        + "Rename it, for example with convmv."
    )
  }

  /// A pattern that reached the program, for shells that leave it alone and for quoted ones.
  private func matching(_ pattern: String) throws -> [NamedSource] {
    if pattern.split(separator: "/").contains("**") { return try matchingAtAnyDepth(pattern) }
    let (paths, unreadable) = HostFiles.matching(place.absolutePath(pattern))
    for name in unreadable { Self.warn(of: name, in: "/", place) }
    guard !paths.isEmpty else { throw Self.noMatch(pattern) }
    let base =
      place.folder.hasSuffix("/") ? place.folder : place.folder + "/"
    return try paths.flatMap { path -> [NamedSource] in
      let shown =
        pattern.hasPrefix("/") || !path.hasPrefix(base) ? path : String(path.dropFirst(base.count))
      return HostFiles.kind(of: path) == .folder
        ? try media(in: shown) : [NamedSource(spelling: shown)]
    }
  }

  /// A pattern with `**`, which stands for any number of folders, none too.
  private func matchingAtAnyDepth(_ pattern: String) throws -> [NamedSource] {
    let parts = pattern.split(separator: "/").map(String.init)
    let fixed = parts.prefix { part in !part.contains { "*?[".contains($0) } }
    let root = (pattern.hasPrefix("/") ? "/" : "") + fixed.joined(separator: "/")
    let folder = root.isEmpty ? "." : root
    let wanted = Array(parts.dropFirst(fixed.count))
    let found = Self.files(in: folder, place, depth: Self.depth) { _ in true }
      .map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 }
      .filter { path in
        let names = FilePath.relative(path, from: folder).split(separator: "/").map(String.init)
        return Self.matches(names[...], wanted[...])
      }
    guard !found.isEmpty else { throw Self.noMatch(pattern) }
    return found.map { path in
      NamedSource(spelling: path, folder: FilePath.folder(of: path, below: folder))
    }
  }

  private static func matches(_ names: ArraySlice<String>, _ parts: ArraySlice<String>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    if part == "**" {
      return matches(names, parts.dropFirst())
        || !names.isEmpty && matches(names.dropFirst(), parts)
    }
    guard let name = names.first, HostFiles.matches(name, pattern: part) else { return false }
    return matches(names.dropFirst(), parts.dropFirst())
  }

  private static func noMatch(_ pattern: String) -> Refusal {
    Refusal(
      "No file matches \(SafeText.quoted(pattern)).",
      remedy: "Check the pattern, or name the files."
    )
  }
}
