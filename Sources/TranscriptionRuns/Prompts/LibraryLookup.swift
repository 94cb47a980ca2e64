package import EmbeddedLibrary
internal import HostSystem
package import OrderedJSON
internal import PlainText
internal import Redacting

/// Finds prompts and schemas by name: a path given, then the working folder, then the user's
/// configuration folder, then what is built in.
package struct LibraryLookup: Sendable {
  /// What is looked for.
  package enum Kind: Sendable {
    case prompts
    case schemas

    /// The name of the folder that holds files of the kind.
    package var folder: String { self == .prompts ? "prompts" : "schemas" }
    /// What their names end with.
    package var ending: String { self == .prompts ? ".prompt" : ".json" }
    /// What one of them is called.
    package var noun: String { self == .prompts ? "prompt" : "schema" }

    package var embedded: EmbeddedLibrary { self == .prompts ? .prompts : .schemas }
  }

  /// Where a file was found.
  package enum Origin: Hashable, Sendable {
    /// A path that the user gave.
    case path(String)
    /// A file in a folder that is searched by name.
    case folder(String)
    /// Compiled into the program.
    case embedded

    /// The path, or "built in".
    package var description: String {
      switch self {
      case .path(let path), .folder(let path): SafeText.line(path)
      case .embedded: "built in"
      }
    }

    package var json: JSONValue {
      switch self {
      case .path(let path), .folder(let path): .string(path)
      case .embedded: .null
      }
    }
  }

  /// A file that was found.
  package struct Item: Sendable {
    /// The name without its ending.
    package let name: String
    /// The file that counts.
    package let origin: Origin
    /// Files of the same name that it hides, the next one first.
    package let hidden: [Origin]
    package let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The file, which has to say something.
    ///
    /// An empty one is mostly made by a shell: `show NAME > prompts/NAME.prompt` empties the file
    /// before the program reads it, and from then on it hides the one that is built in.
    ///
    /// - Throws: `Refusal` that names the file and how to get the text back.
    package func nonEmpty() throws(Refusal) -> Item {
      guard bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return self }
      let hides = hidden.first.map { " It hides \($0.description)." } ?? ""
      throw Refusal(
        "The file \(SafeText.quoted(origin.description)) is empty.\(hides)",
        remedy:
          "Remove it, or begin it anew as a copy with the setting force: tabscribe prompts new "
          + "\(SafeText.line(name))."
      )
    }
  }

  package let kind: Kind
  /// The folders that are searched, in order.
  package let folders: [String]
  private let place: Workplace

  /// - Parameter given: Folders that go before all others, as the user typed them.
  package init(_ kind: Kind, _ place: Workplace, given: [String] = []) {
    self.kind = kind
    self.place = place
    let usual = [place.folder, place.user.configuration].map { FilePath.joined($0, kind.folder) }
    folders = given.map(place.absolutePath) + usual
  }

  /// Whether a text is a name, and not a path or what a path is made of.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
  }

  /// The names of all files, sorted; partials, which begin with an underscore, are left out.
  package var names: [String] {
    let files = folders.flatMap(HostFiles.names) + kind.embedded.files.map(\.name)
    let names = files.filter { $0.hasSuffix(kind.ending) }
      .map { String($0.dropLast(kind.ending.count)) }
      .filter { !$0.isEmpty && !$0.hasPrefix("_") && !$0.hasPrefix(".") }
    return Set(names).sorted()
  }

  /// The file of a name or path.
  ///
  /// - Throws: `Refusal`: of the kind `usage` for a name that nobody has, `failed` for an unreadable file.
  package func item(_ reference: String) throws(Refusal) -> Item {
    if reference.contains("/") || reference.hasSuffix(kind.ending) {
      return try item(atPath: reference)
    }
    if let item = try found(reference) { return item }
    let near = Suggestion.nearest(to: reference, among: names)
    throw .usage(
      "There is no \(kind.noun) \(SafeText.quoted(reference)).",
      remedy: (near.map { "Did you mean \($0)? " } ?? "")
        + "tabscribe \(kind.folder) list names them all; a path may be given, too."
    )
  }

  /// The file of a name, or `nil` when nobody has it.
  ///
  /// - Parameter path: A file that does not count, since it is about to be replaced.
  package func found(_ name: String, except path: String? = nil) throws(Refusal) -> Item? {
    let file = name + kind.ending
    guard !name.isEmpty, !name.contains("/"), !name.contains("\0") else { return nil }
    var origins = folders.map { FilePath.joined($0, file) }
      .filter { $0 != path && HostFiles.kind(of: $0) == .file }.map(Origin.folder)
    let embedded = kind.embedded.file(named: file)
    if embedded != nil { origins.append(.embedded) }
    guard let first = origins.first else { return nil }
    let bytes: [UInt8] =
      if case .folder(let path) = first { try read(path) } else { embedded?.bytes ?? [] }
    return Item(name: name, origin: first, hidden: Array(origins.dropFirst()), bytes: bytes)
  }

  private func item(atPath reference: String) throws(Refusal) -> Item {
    let path = place.absolutePath(reference)
    guard HostFiles.kind(of: path) == .file else {
      throw .usage(
        "There is no \(kind.noun) file \(SafeText.quoted(reference)).",
        remedy: "Check the path, or give a name: tabscribe \(kind.folder) list shows them."
      )
    }
    var name = FilePath.name(of: path)
    if name.hasSuffix(kind.ending) { name.removeLast(kind.ending.count) }
    return Item(name: name, origin: .path(reference), hidden: [], bytes: try read(path))
  }

  /// Prompts and schemas are small; a huge file is a mistake.
  private func read(_ path: String) throws(Refusal) -> [UInt8] {
    do throws(SystemFailure) {
      let bytes = try HostFiles.read(path, limit: 1 << 20)
      return place.withoutCredentials(bytes, in: path)
    } catch {
      throw Refusal(
        "The \(kind.noun) \(SafeText.quoted(path)) cannot be read: \(error.reason).",
        remedy: "Check the path and its permissions."
      )
    }
  }
}
