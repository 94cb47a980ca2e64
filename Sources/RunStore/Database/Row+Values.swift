internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Row {
  func date(_ column: Int) -> Date { Date(millisecondsSince1970: int64(column)) }

  func optionalDate(_ column: Int) -> Date? { isNull(column) ? nil : date(column) }

  func money(_ column: Int) -> Decimal? { optionalText(column).flatMap { Decimal(string: $0) } }

  /// A document written by this program.
  func json(_ column: Int) throws(RunStoreError) -> JSONValue {
    do throws(JSONSyntaxError) {
      return try JSONValue(parsing: text(column))
    } catch {
      throw .unexpectedValue("a text that is not JSON")
    }
  }

  func optionalJSON(_ column: Int) throws(RunStoreError) -> JSONValue? {
    // A literal `nil` in one expression with JSON would be the JSON value null.
    if isNull(column) { return .none }
    return try json(column)
  }

  /// A list of texts, kept as JSON.
  func texts(_ column: Int) throws(RunStoreError) -> [String] {
    (try json(column).array ?? []).compactMap(\.string)
  }

  /// One of the words that stand for the cases of a type.
  func word<Word: RawRepresentable<String>>(_ column: Int) throws(RunStoreError) -> Word {
    guard let word = Word(rawValue: text(column)) else {
      throw .unexpectedValue("an unknown word in place of a status")
    }
    return word
  }

  func optionalWord<Word: RawRepresentable<String>>(_ column: Int) throws(RunStoreError) -> Word? {
    isNull(column) ? nil : try word(column)
  }
}

extension RunStoreError {
  /// The store holds what no version of the program puts there.
  static func unexpectedValue(_ what: String) -> RunStoreError {
    RunStoreError(
      .damaged,
      "The run store holds \(what).",
      remedy: "Run tabscribe runs check, and go back to a backup if there is one."
    )
  }
}
