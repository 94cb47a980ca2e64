internal import Foundation

/// What is said, what is typed, and what of it is marked: the cases that every search is held against.
public struct SearchCase: Decodable, Sendable {
  /// The text of a row.
  public let text: String
  /// What is typed.
  public let words: String
  /// What is marked in the row, stretches parted by bars; `nil` when the row is not found.
  public let found: String?

  /// All of them.
  public static func all() throws -> [SearchCase] {
    let path = SharedFixtures.projectRoot.appending(path: "Tests/ConformanceCases/search.json")
    return try JSONDecoder().decode([SearchCase].self, from: Data(contentsOf: path))
  }
}
