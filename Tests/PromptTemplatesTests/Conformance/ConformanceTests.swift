import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import PromptTemplates

@Suite("Conformance") struct ConformanceTests {
  static let publishedCases: [SpecificationCase] = {
    let folder = SharedFixtures.folder.appending(path: "fixtures/dotprompt")
    return (try? SpecificationCase.cases(below: folder)) ?? []
  }()
  static let ownCases: [SpecificationCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    return (try? SpecificationCase.cases(below: folder)) ?? []
  }()

  @Test("A published case renders as specified", arguments: publishedCases)
  func published(_ example: SpecificationCase) throws {
    try check(example)
  }

  @Test("A case of our own renders as specified", arguments: ownCases)
  func own(_ example: SpecificationCase) throws {
    try check(example)
  }

  /// The test runner names a case when it starts; this names it when it has passed, too.
  private func check(_ example: SpecificationCase) throws {
    let rendered = example.comparable(try example.rendered())
    #expect(rendered == example.expected)
    if rendered == example.expected { print("passed: \(example.testDescription)") }
  }

  @Test("The published cases are all found", .enabled(if: SharedFixtures.isPresent))
  func findsCases() { #expect(Self.publishedCases.count >= 40) }
}
