import Foundation
internal import TestSupport
import Testing

@testable internal import TabscribeCommands

/// The page and the command line replace spellings alike: both are held against the same cases.
@Suite struct ReplacingConformanceTests {
  private struct Case: Decodable {
    let name: String
    let text: String
    let old: String
    let new: String
    let parts: Bool?
    let after: String?
  }

  @Test func spellingsAreReplacedAsTheCasesSay() throws {
    let path = SharedFixtures.projectRoot.appending(path: "Tests/ConformanceCases/replacing.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: path))
    #expect(cases.count >= 18)
    for one in cases {
      let replacement = SpellingReplacement(
        old: one.old,
        new: one.new,
        isPart: one.parts ?? false,
        ignoresCase: false,
        date: "2026-03-12T10:15:00Z"
      )
      let after = replacement.replaced(one.text)
      #expect(
        after?.unicodeScalars.map(\.value) == one.after?.unicodeScalars.map(\.value),
        "\(one.name)"
      )
    }
  }
}
