internal import OrderedJSON
internal import PromptTemplates
internal import TabularExtraction
internal import TranscriptModel

/// Whether prompt and schema speak of the same fields, in the same order and spelling.
struct FieldRules {
  let subject: PromptSubject
  let schema: TableSchema
  private let explained: [Explanation]

  /// A line of a prompt that explains a field: "- `name`: …".
  private struct Explanation {
    let field: String
    let rest: Substring
    let location: PromptLocation
  }

  init(_ subject: PromptSubject, _ schema: TableSchema) {
    self.subject = subject
    self.schema = schema
    explained = subject.lines().compactMap { line, location in
      let text = line.drop { " -*•".contains($0) }
      guard text.first == "`", let end = text.dropFirst().firstIndex(of: "`") else { return nil }
      let field = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.first == ":", Self.isName(field) else { return nil }
      return Explanation(field: String(field), rest: rest, location: location())
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  var findings: [LintFinding] { unknownFields + silentFields + disorder + spellings }

  private var columns: [ColumnDefinition] { schema.tables.flatMap(\.columns) }

  private var unknownFields: [LintFinding] {
    let names = Set(columns.map(\.column.name))
    return explained.filter { !names.contains($0.field) }.map { line in
      subject.finding(
        .fieldNotInSchema,
        "the prompt explains \(line.field), which the schema \(schema.name) does not have",
        at: line.location
      )
    }
  }

  private var silentFields: [LintFinding] {
    // A prompt for any schema lists whatever columns there are.
    guard subject.template.metadata.inputSchema?["properties"]?["columns"] == nil else { return [] }
    let words = Set(
      subject.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    )
    return schema.tables.flatMap { table in
      table.columns.filter { !words.contains($0.column.name) }.map { column in
        subject.finding(
          .fieldNotMentioned,
          "the field \(column.column.name) of \(table.property) is never mentioned"
        )
      }
    }
  }

  /// The explanations follow the tables; within each table they follow its columns.
  private var disorder: [LintFinding] {
    var position = 0
    var last = -1
    let order = columns.map(\.column.name)
    for line in explained {
      let next = order[position...].firstIndex(of: line.field)
      guard let index = next ?? order.firstIndex(of: line.field) else { continue }
      if index < last {
        return [
          subject.finding(
            .fieldOrder,
            "\(line.field) is explained after \(order[last]), but the schema has it before",
            at: line.location
          )
        ]
      }
      (position, last) = (index + 1, index)
    }
    return []
  }

  /// Words in back-quotes on a field's line that are almost one of its listed values.
  private var spellings: [LintFinding] {
    explained.flatMap { line -> [LintFinding] in
      let lists = columns.filter { $0.column.name == line.field }.map(\.enumValues)
      guard let values = lists.first(where: { !$0.isEmpty }) else { return [] }
      return Self.quoted(line.rest).compactMap { word in
        guard !lists.contains(where: { $0.contains(word) }),
          let value = values.first(where: { Self.isNear($0, word) })
        else { return nil }
        return subject.finding(
          .enumSpelling,
          "the prompt spells \(word), the schema \(value)",
          at: line.location
        )
      }
    }
  }

  private static func quoted(_ text: Substring) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// Equal but for case and marks, or for a letter or two at the end.
  private static func isNear(_ left: String, _ right: String) -> Bool {
    let (left, right) = (letters(left), letters(right))
    let shared = zip(left, right).prefix { $0 == $1 }.count
    return shared >= 3 && left.count - shared <= 2 && right.count - shared <= 2
  }

  private static func letters(_ text: String) -> [Character] {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
