internal import OrderedJSON
internal import PlainText
package import TranscriptionRuns
package import YAMLDocuments

/// A value of a lab file, with its place for messages.
package struct LabNode {
  package let node: YAMLNode
  /// How messages call the file.
  package let file: String

  /// A value of a file.
  package init(node: YAMLNode, file: String) { (self.node, self.file) = (node, file) }

  /// The line, from 1.
  package var line: Int { node.mark.line + 1 }

  package func child(_ node: YAMLNode) -> LabNode { LabNode(node: node, file: file) }

  /// A fault of this value.
  package func fault(_ what: String, remedy: String) -> Refusal {
    Self.fault(file, node.mark, what, remedy: remedy)
  }

  package static func fault(
    _ file: String,
    _ mark: YAMLMark,
    _ what: String,
    remedy: String
  ) -> Refusal {
    Refusal(
      "\(SafeText.line(file)), line \(mark.line + 1): \(what).",
      remedy: remedy + " Nothing was sent.",
      kind: .usage,
      details: ["file": .string(file), "line": JSONValue(mark.line + 1)]
    )
  }

  /// The entries of a mapping whose keys are among those known.
  package func entries(_ noun: String, known: [String]) throws(Refusal) -> [YAMLNode.Entry] {
    guard case .mapping(let entries) = node.content else {
      throw fault(
        "\(noun) has to be a mapping",
        remedy: "Write its keys below each other: \(known.joined(separator: ", "))."
      )
    }
    for entry in entries where !known.contains(entry.key) {
      let near = Suggestion.nearest(to: entry.key, among: known).map { "Did you mean \($0)? " }
      throw Self.fault(
        file,
        entry.mark,
        "\(noun) has no key \(SafeText.quoted(entry.key))",
        remedy: "\(near ?? "")It may have \(known.joined(separator: ", "))."
      )
    }
    return entries
  }

  /// The values of a list, or the value itself.
  package var items: [LabNode] {
    if case .sequence(let nodes) = node.content { nodes.map(child) } else { [self] }
  }

  /// A scalar as its text; numbers and truth values as they read.
  package func text(_ noun: String) throws(Refusal) -> String {
    guard case .scalar(let value) = node.content, value != .null else {
      throw fault("\(noun) has to be one value", remedy: "Write it behind its key.")
    }
    return value.string ?? value.rendered()
  }

  /// One of some words.
  package func word(_ noun: String, of words: [String]) throws(Refusal) -> String {
    let text = try text(noun)
    if words.contains(text) { return text }
    let near = Suggestion.nearest(to: text, among: words).map { "Did you mean \($0)? " }
    throw fault(
      "there is no \(noun) \(SafeText.quoted(text))",
      remedy: "\(near ?? "")There are \(words.joined(separator: ", "))."
    )
  }

  /// A number in a range.
  package func number(_ noun: String, in range: ClosedRange<Double>) throws(Refusal) -> Double {
    guard let number = node.json.double, range.contains(number) else {
      throw fault(
        "\(noun) has to be a number",
        remedy: "Give one from \(range.lowerBound) to \(range.upperBound)."
      )
    }
    return number
  }

  /// A number, or a share in per cent: `0.05` and `5 %` are the same.
  package func share(_ noun: String) throws(Refusal) -> Double {
    if let number = node.json.double { return number }
    if let text = node.json.string, text.hasSuffix("%"),
      let number = Double(text.dropLast().filter { $0 != " " })
    {
      return number / 100
    }
    throw fault("\(noun) has to be a number", remedy: "Write 0.05 or 5 %.")
  }
}
