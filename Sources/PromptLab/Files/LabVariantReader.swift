internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
package import TranscriptionRuns
package import YAMLDocuments

/// Reads the variants of a lab.
///
/// Any setting may be a list: the variant then stands for one of each, as do combinations of lists.
package struct LabVariantReader {
  package let place: (String) -> String
  /// What holds for every variant that says nothing else.
  package let defaults: [YAMLNode.Entry]

  /// The most variants that lists of one may multiply to; far more is a mistake.
  private static let mostCombinations = 500

  /// Short words for settings, as people say them.
  private static let shortWords = ["thinking": "thinking-level", "resolution": "media-resolution"]
  /// Settings of a video, or of a run, not of what is asked.
  private static let elsewhere: Set<String> = ["start", "end", "duration", "cache"]

  private static let fields: [(name: String, field: SettingField, option: SettingOption)] =
    RequestSettings.fields.compactMap { field in
      guard let option = field.option, !elsewhere.contains(option.name) else { return nil }
      return (option.name, field, option)
    }

  private static let keys =
    ["prompt", "param", "schema", "wording"] + fields.map(\.name) + shortWords.keys.sorted()

  /// A way that a key may be set, with how names tell it from the others.
  private struct Choice {
    let label: String
    let apply: (inout LabFile.Variant) -> Void
  }

  /// The entries of settings that hold for all variants.
  package static func entries(of node: LabNode) throws(Refusal) -> [YAMLNode.Entry] {
    try node.entries("defaults", known: keys)
  }

  package func variants(_ node: LabNode) throws -> [LabFile.Variant] {
    if case .scalar = node.node.content {
      let prompt = try node.text("variant")
      return try variants(
        named: Self.stem(prompt),
        node,
        [("prompt", node)] + inherited(without: ["prompt"], node)
      )
    }
    let own = try node.entries("a variant", known: ["name"] + Self.keys)
    let keys = Set(own.map { Self.shortWords[$0.key] ?? $0.key })
    let entries =
      own.filter { $0.key != "name" }.map { ($0.key, node.child($0.value)) }
      + inherited(without: keys, node)
    let prompt = entries.first { $0.0 == "prompt" }?.1.items
    let name =
      try node.node["name"].map { try node.child($0.value).text("name") }
      ?? (prompt?.count == 1 ? Self.stem(try prompt?.first?.text("prompt") ?? "") : nil)
    return try variants(named: name ?? "transcribe", node, entries)
  }

  private func inherited(without keys: Set<String>, _ node: LabNode) -> [(String, LabNode)] {
    defaults.filter { !keys.contains(Self.shortWords[$0.key] ?? $0.key) }
      .map { ($0.key, node.child($0.value)) }
  }

  private func variants(
    named name: String,
    _ node: LabNode,
    _ entries: [(String, LabNode)]
  ) throws -> [LabFile.Variant] {
    var drafts = [LabFile.Variant(name: name, line: node.line)]
    for (key, value) in entries {
      for choices in try choices(Self.shortWords[key] ?? key, value) {
        drafts = drafts.flatMap { draft in
          choices.map { choice in
            var copy = draft
            choice.apply(&copy)
            if choices.count > 1 { copy.name += " · \(choice.label)" }
            return copy
          }
        }
        guard drafts.count <= Self.mostCombinations else {
          throw node.fault(
            "the lists of \(SafeText.quoted(name)) multiply to \(drafts.count) variants",
            remedy: "Vary fewer settings at a time."
          )
        }
      }
    }
    return drafts
  }

  /// The choices of a key; the variables of a prompt have some each.
  private func choices(_ key: String, _ node: LabNode) throws -> [[Choice]] {
    switch key {
    case "prompt":
      return [
        try node.items.map { item in
          let reference = located(try item.text("prompt"), ending: ".prompt")
          return Choice(label: Self.stem(reference)) { $0.prompt = reference }
        }
      ]
    case "schema":
      return [
        try node.items.map { item in
          let reference = located(try item.text("schema"), ending: ".json")
          return Choice(label: Self.stem(reference)) { $0.schema = reference }
        }
      ]
    case "wording":
      return [
        try node.items.map { item in
          let word = try item.word("wording", of: ["precision", "recall"])
          return Choice(label: word) { $0.wording = word }
        }
      ]
    case "param": return try parameters(node)
    default: return [try settings(key, node)]
    }
  }

  private func parameters(_ node: LabNode) throws -> [[Choice]] {
    guard case .mapping(let entries) = node.node.content else {
      throw node.fault(
        "param has to be a mapping",
        remedy: "Write the prompt's variables with their values below each other."
      )
    }
    return try entries.map { entry in
      try node.child(entry.value).items.map { item in
        let text = try item.text(entry.key)
        return Choice(label: "\(entry.key) \(text)") {
          $0.settings.parameters[entry.key] = .string(text)
        }
      }
    }
  }

  private func settings(_ key: String, _ node: LabNode) throws -> [Choice] {
    guard let (_, field, option) = Self.fields.first(where: { $0.name == key }) else { return [] }
    return try node.items.map { item in
      let text = try item.text(key)
      var trial = RequestSettings()
      guard field.parse(text, &trial) else {
        let near = option.isChoice ? Suggestion.nearest(to: text, among: option.words) : nil
        throw item.fault(
          "\(SafeText.quoted(text)) is no \(key)",
          remedy: (near.map { "Did you mean \($0)? " } ?? "") + "It is \(option.expected)."
        )
      }
      return Choice(label: "\(key) \(text)") { _ = field.parse(text, &$0.settings) }
    }
  }

  /// Paths begin at the lab's folder; names are looked up as everywhere.
  private func located(_ reference: String, ending: String) -> String {
    let isPath = reference.contains("/") || reference.hasSuffix(ending)
    guard isPath else { return reference }
    let path = place(reference)
    // Told apart from a name.
    return path.contains("/") ? path : "./" + path
  }

  private static func stem(_ reference: String) -> String {
    var name = FilePath.name(of: reference)
    for ending in [".prompt", ".json"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }
}
