internal import Digests
internal import OrderedJSON

/// How two prompts differ in what identifies them: template, partials, schema and config.
public struct PromptDifference: Sendable {
  /// One thing compared.
  public struct Section: Sendable {
    /// What is compared, such as `template` or `partial speech`.
    public let name: String
    /// The difference, word by word.
    public let difference: WordDifference
  }

  /// The things compared, those without a difference too.
  public let sections: [Section]

  /// Whether the prompts have the same identity.
  public var isEmpty: Bool { sections.allSatisfy(\.difference.isEmpty) }

  /// Compares two prompts; a partial that only one of them reaches counts as empty in the other.
  public init(_ old: PromptTemplate, _ new: PromptTemplate) {
    let left = old.identitySections
    let right = new.identitySections
    var names = left.map(\.name)
    // Partials of the new prompt alone go with the others, before schema and config.
    let added = right.map(\.name).filter { !names.contains($0) }
    names.insert(contentsOf: added, at: names.count - 2)
    sections = names.map { name in
      let oldText = left.first { $0.name == name }?.text ?? ""
      let newText = right.first { $0.name == name }?.text ?? ""
      return Section(name: name, difference: WordDifference(oldText, newText))
    }
  }
}

extension PromptTemplate {
  /// The parts of the prompt's identity, by name: the template, each partial it reaches, then the
  /// schema of the output and the config.
  var identitySections: [(name: String, text: String)] {
    var sections = [("template", body)]
    for name in partials.names {
      guard let partial = partials.templates[name] else { continue }
      sections.append(("partial \(name)", String(decoding: partial.text.bytes, as: UTF8.self)))
    }
    sections.append(("schema", metadata.outputSchema?.rendered(.pretty) ?? ""))
    sections.append(("config", JSONValue.object(metadata.config).rendered(.pretty)))
    return sections
  }

  /// The text that identifies the prompt: its template, the partials it reaches, the output schema
  /// and the config.
  public var identity: String {
    identitySections.map { "\($0.name)\n\($0.text)" }.joined(separator: "\u{0}\n")
  }

  /// The SHA-256 of ``identity`` as 64 hexadecimal digits.
  public var digest: String { SHA256.hexadecimal(of: identity) }
}
