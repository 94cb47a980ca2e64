public import TranscriptModel

/// Questions that are asked about a transcript, one a line, with the options that some of them give.
///
/// A line may end with `[one of: A | B | C]`.
public struct QuestionList: Sendable {
  /// A question.
  public struct Question: Hashable, Sendable {
    /// What is asked.
    public var text: String
    /// What is to be known about it; `nil` for nothing.
    public var context: String?
    /// What its answer should be, such as `a year`; `nil` for anything.
    public var format: String?
    /// What may be answered; empty for anything.
    public var options: [String]

    /// A question.
    public init(
      _ text: String,
      context: String? = nil,
      format: String? = nil,
      options: [String] = []
    ) {
      (self.text, self.context, self.format, self.options) = (text, context, format, options)
    }

    /// The question on one line, as a model is asked.
    public var line: String {
      var parts = [text]
      if let context { parts.append("(context: \(context))") }
      if let format { parts.append("(answer: \(format))") }
      if !options.isEmpty {
        parts.append(QuestionList.mark + options.joined(separator: " | ") + "]")
      }
      return parts.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        .joined(separator: " ")
    }
  }

  private static let mark = "[one of: "

  /// The options of each question, in order; empty where it gives none.
  let options: [[String]]

  /// The questions of a text, one a line; empty lines count for nothing.
  public init(_ text: String) {
    options = text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
      .map { line in
        guard line.hasSuffix("]"), let mark = line.ranges(of: Self.mark).last else { return [] }
        return line[mark.upperBound...].dropLast().split(separator: "|").map { $0.trimmed }
      }
  }

  /// What is wrong with answers: none for a question, one to none, one that is no option.
  ///
  /// - Parameter tables: Those with the columns `question`, a number from 1, and `answer`.
  public func findings(in tables: [Table]) -> [Finding] {
    tables.flatMap { table -> [Finding] in
      guard let question = table.columns.firstIndex(where: { $0.name == "question" }),
        let answer = table.columns.firstIndex(where: { $0.name == "answer" })
      else { return [] }
      let numbers = (0..<table.rowCount).map { table[$0, question].wholeNumber }
      let findings = (0..<table.rowCount).compactMap { row in
        finding(about: table[row, answer].rendered, to: numbers[row]).map { code, message in
          Finding(code, message, rows: [Finding.Row(table: table.name, index: row)])
        }
      }
      let open = options.indices.filter { !numbers.contains($0 + 1) }
      return findings
        + open.map { Finding("question-unanswered", "Question \($0 + 1) has no answer.") }
    }
  }

  private func finding(
    about answer: String,
    to number: Int?
  ) -> (code: Finding.Code, message: String)? {
    guard let number, options.indices.contains(number - 1) else {
      return ("question-unknown", "There is no question \(number.map(String.init) ?? "?").")
    }
    let allowed = options[number - 1]
    let isAllowed =
      allowed.isEmpty || answer == "?"
      || allowed.contains { $0.lowercased() == answer.trimmed.lowercased() }
    return isAllowed
      ? nil
      : (
        "answer-outside",
        "The answer to question \(number) is none of \(allowed.joined(separator: ", "))."
      )
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    let end = start.reversed().prefix(while: \.isWhitespace).count
    return String(start.dropLast(end))
  }
}
