internal import CommandLineInterface
internal import PlainText
internal import PromptLab
internal import TranscriptRecipes
internal import TranscriptionRuns
internal import YAMLDocuments

/// A file of questions with what is to be known about them, in YAML or JSON.
///
///     - question: Are the sheets damp?
///       context: The sheets of the tide gauge.
///       options: [yes, no]
///     - question: When was the gauge built?
///       format: a year
enum QuestionFile {
  /// Whether a file is one, by its name; any other has a question on each line.
  static func isOne(_ path: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { path.lowercased().hasSuffix($0) }
  }

  /// The questions, one a line.
  ///
  /// - Throws: `Refusal` with the line at fault.
  static func lines(_ text: String, of path: String) throws(Refusal) -> String {
    let root: YAMLNode?
    do throws(YAMLError) {
      root = try YAMLReader.document(Array(text.utf8))
    } catch {
      throw LabNode.fault(
        path,
        error.mark,
        SafeText.line(error.problem),
        remedy: "Mend the YAML at that place."
      )
    }
    guard let root else {
      throw .usage(
        "\(SafeText.quoted(path)) has no question.",
        remedy: "Give a list of questions."
      )
    }
    var lines: [String] = []
    for node in LabNode(node: root, file: path).items { lines.append(try question(node).line) }
    return lines.joined(separator: "\n")
  }

  private static func question(
    _ node: LabNode
  ) throws(Refusal) -> QuestionList.Question {
    if case .scalar = node.node.content { return .init(try node.text("question")) }
    let known = ["question", "context", "format", "options"]
    var question = QuestionList.Question("")
    for entry in try node.entries("a question", known: known) {
      let value = node.child(entry.value)
      switch entry.key {
      case "question": question.text = try value.text("question")
      case "context": question.context = try value.text("context")
      case "format": question.format = try value.text("format")
      default: question.options = try options(value)
      }
    }
    guard !question.text.isEmpty else {
      throw node.fault("a question is missing", remedy: "Give question: with what is asked.")
    }
    return question
  }

  private static func options(_ node: LabNode) throws(Refusal) -> [String] {
    var options: [String] = []
    for item in node.items {
      let option = try item.text("option")
      guard !option.contains(where: { "|]".contains($0) || $0.isNewline }), !option.isEmpty else {
        throw item.fault(
          "the option \(SafeText.quoted(option)) has a sign that options are parted by",
          remedy: "Write it without |, ] and line breaks."
        )
      }
      options.append(option)
    }
    return options
  }
}
