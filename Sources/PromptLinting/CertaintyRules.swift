internal import PromptTemplates
internal import TabularExtraction
internal import TranscriptModel

/// Whether what to write for what is not found (`?`) can stand in the columns it binds.
struct CertaintyRules {
  let subject: PromptSubject
  let schema: TableSchema

  /// What prompts write for a value that was not found.
  private static let notFound = "`?`"

  var findings: [LintFinding] {
    subject.lines().filter { $0.text.contains(Self.notFound) }.compactMap { _, location in
      // The line as it stands in the file: tags in it cut it into several passages.
      let whole = location().lineText
      let named = columns.filter { whole.contains("`\($0.column.name)`") }
      return named.isEmpty ? unbound(location) : impossible(named, location)
    }
  }

  private var columns: [ColumnDefinition] { schema.tables.flatMap(\.columns) }

  /// A rule that names no column binds all of them.
  private func unbound(_ location: () -> PromptLocation) -> LintFinding? {
    let excluding = columns.filter { !Self.canHold($0) }.map(\.column.name)
    guard !excluding.isEmpty else { return nil }
    return subject.finding(
      .notFoundUnbound,
      "`?` is asked for in every column, and \(excluding.joined(separator: ", ")) cannot hold it",
      at: location()
    )
  }

  private func impossible(
    _ named: [ColumnDefinition],
    _ location: () -> PromptLocation
  ) -> LintFinding? {
    // Tables may have columns of one name; one that can hold it is enough.
    let names = Set(named.map(\.column.name))
    let excluding = names.filter { name in
      !named.contains { $0.column.name == name && Self.canHold($0) }
    }
    guard !excluding.isEmpty else { return nil }
    let list = excluding.sorted().joined(separator: ", ")
    return subject.finding(.notFoundImpossible, "\(list) cannot hold `?`", at: location())
  }

  private static func canHold(_ column: ColumnDefinition) -> Bool {
    guard column.column.type == .string else { return false }
    return column.enumValues.isEmpty || column.enumValues.contains("?")
  }
}
