internal import OrderedJSON

/// The sources of prompts, partials and schemas in order; the first that has a name wins.
public struct PromptCatalog: Sendable {
  /// What a name is looked up as, which decides the names of files.
  public enum Kind: String, Hashable, Sendable {
    case prompt
    case partial
    case schema

    /// The file names a name may have, in order.
    func fileNames(for name: String) -> [String] {
      switch self {
      case .prompt: return [name + ".prompt"]
      case .schema: return [name + ".json"]
      case .partial:
        // Dotprompt marks a partial among prompts by an underscore before its name.
        let slash = name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex
        let marked = "\(name[..<slash])_\(name[slash...]).prompt"
        return [marked, name + ".prompt", name + ".hbs", name + ".txt", name]
      }
    }
  }

  /// Where prompts come from.
  public var prompts: [PromptSource]
  /// Where partials come from.
  public var partials: [PromptSource]
  /// Where schemas come from.
  public var schemas: [PromptSource]

  /// A catalog; without a list of their own, partials come from where prompts come from.
  public init(
    prompts: [PromptSource],
    partials: [PromptSource]? = nil,
    schemas: [PromptSource]
  ) {
    self.prompts = prompts
    self.partials = partials ?? prompts
    self.schemas = schemas
  }

  /// The file a name leads to; `nil` when no source has it.
  ///
  /// - Throws: What a source throws when its file cannot be read.
  public func file(_ kind: Kind, named name: String) throws -> PromptFile? {
    guard Self.isSafe(name) else { return nil }
    for source in sources(of: kind) {
      for fileName in kind.fileNames(for: name) {
        guard let bytes = try source.read(fileName) else { continue }
        return PromptFile(name: name, fileName: fileName, source: source.label, bytes: bytes)
      }
    }
    return nil
  }

  /// The names that lead to a prompt or schema, sorted, each with the source that wins.
  public func names(of kind: Kind) -> [(name: String, source: String)] {
    let ending = kind == .schema ? ".json" : ".prompt"
    var found: [String: String] = [:]
    for source in sources(of: kind) {
      for file in source.fileNames() where file.hasSuffix(ending) {
        let name = String(file.dropLast(ending.count))
        guard kind != .prompt || !name.hasPrefix("_"), found[name] == nil else { continue }
        found[name] = source.label
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// An environment that finds partials and schemas in the catalog.
  public func environment(_ mode: PromptEnvironment.Mode = .strict) -> PromptEnvironment {
    PromptEnvironment(
      mode: mode,
      partials: { name in
        guard let file = try self.file(.partial, named: name) else { return nil }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
          throw PromptError(.encoding, "the partial \(name) is not UTF-8")
        }
        return text
      },
      schemas: { name in
        try self.file(.schema, named: name).map { try JSONValue(parsing: $0.bytes) }
      }
    )
  }

  /// The prompt of a name, parsed.
  ///
  /// - Throws: ``PromptError`` of code `not-found`, with the names there are, or what parsing throws.
  public func template(
    named name: String,
    mode: PromptEnvironment.Mode = .strict
  ) throws
    -> PromptTemplate
  {
    guard let file = try file(.prompt, named: name) else { throw notFound(.prompt, name) }
    return try PromptTemplate(
      parsing: file.bytes,
      name: "\(file.source)/\(file.fileName)",
      environment: environment(mode)
    )
  }

  /// The error of a name that leads nowhere.
  public func notFound(_ kind: Kind, _ name: String) -> PromptError {
    let names = names(of: kind).map(\.name).joined(separator: ", ")
    return PromptError(
      .notFound,
      "no \(kind.rawValue) has the name \(name)",
      hint: names.isEmpty ? "there are none" : "there are \(names)"
    )
  }

  private func sources(of kind: Kind) -> [PromptSource] {
    switch kind {
    case .prompt: prompts
    case .partial: partials
    case .schema: schemas
    }
  }

  /// Whether a name stays inside its source: no absolute path, no step upwards, no odd characters.
  private static func isSafe(_ name: String) -> Bool {
    let segments = name.split(separator: "/", omittingEmptySubsequences: false)
    return segments.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" }
  }
}
