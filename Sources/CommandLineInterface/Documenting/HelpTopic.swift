internal import OrderedJSON

/// A list that `help` prints, made from the table that the program itself works with.
package struct HelpTopic: Sendable {
  /// The word after `help`.
  package let name: String
  /// What the list is, in one sentence.
  package let abstract: String
  /// The headings of the columns, in the order of `rows`' cells; also the keys in JSON.
  package let columns: [String]
  private let makeRows: @Sendable () -> [[String]]

  /// The rows: the last cell is a sentence, and is wrapped.
  package var rows: [[String]] { makeRows() }

  /// A topic.
  ///
  /// - Parameter rows: Made when the list is asked for: every command starts with all topics.
  package init(
    _ name: String,
    _ abstract: String,
    columns: [String],
    rows: @autoclosure @escaping @Sendable () -> [[String]]
  ) {
    self.name = name
    self.abstract = abstract
    self.columns = columns
    makeRows = rows
  }

  /// The list as text: the first cells in a line, the others below it.
  ///
  /// - Parameter width: The columns to fill.
  func text(width: Int, style: TextStyle) -> String {
    let entries = rows.map { row -> String in
      let head = style.bold(row.first ?? "") + "  " + row.dropFirst().prefix(1).joined()
      let body = row.dropFirst(2).flatMap { TextWrapping.lines($0, width: width - 4) }
      return ([head] + body.map { "    " + $0 }).joined(separator: "\n")
    }
    return ([abstract] + entries).joined(separator: "\n\n") + "\n"
  }

  var json: JSONValue {
    let rows = rows.map { row in
      JSONValue.object(JSONObject(zip(columns, row).map { ($0, JSONValue.string($1)) }))
    }
    return .object(JSONObject([(name, .array(rows))]))
  }
}
