import OrderedJSON
import TestSupport
import Testing

@testable import PromptTemplates

@Suite struct WordDifferenceTests {
  private func marked(_ old: String, _ new: String) -> String {
    WordDifference(old, new).stretches.map { stretch in
      switch stretch.change {
      case .same: stretch.text
      case .removed: "[-\(stretch.text)-]"
      case .added: "{+\(stretch.text)+}"
      }
    }.joined()
  }

  @Test(
    "Words are compared, and neighbours replaced together",
    arguments: [
      ("one two three", "one two three", "one two three"),
      ("one two three", "one three", "one [-two -]three"),
      ("a b c", "a x y c", "a [-b-]{+x y+} c"),
      ("a\nb\n", "a\nx\nb\n", "a\n{+x\n+}b\n"),
      ("- a\n- b\n", "- a\n- x\n- b\n", "- a\n{+- x\n+}- b\n"),
      ("", "new", "{+new+}"),
      ("old", "", "[-old-]"),
    ]
  )
  func compares(_ old: String, _ new: String, _ expected: String) {
    #expect(marked(old, new) == expected)
  }

  @Test("Both texts can be read back from any difference", arguments: 0..<200)
  func losesNothing(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func text() -> String {
      let count = Int.random(in: 0...30, using: &generator)
      return (0..<count).map { _ in
        ["a", "b", "c", " ", "  ", "\n", "\r\n"].randomElement(using: &generator) ?? ""
      }.joined()
    }
    let (old, new) = (text(), text())
    let stretches = WordDifference(old, new).stretches
    #expect(stretches.filter { $0.change != .added }.map(\.text).joined() == old)
    #expect(stretches.filter { $0.change != .removed }.map(\.text).joined() == new)
    #expect(WordDifference(old, new).isEmpty == (old == new))
  }

  @Test("Long texts with nothing in common are compared in bounded work")
  func boundsWork() {
    let old = String(repeating: "a ", count: 20_000)
    let new = String(repeating: "b ", count: 20_000)
    #expect(marked(old, new).hasPrefix("[-a a "))
  }

  @Test("Prompts are compared by template, partials, schema and config")
  func comparesPrompts() throws {
    func prompt(_ source: String) throws -> PromptTemplate {
      let environment = PromptEnvironment(partials: { "partial \($0)" })
      return try PromptTemplate(parsing: source, name: "x", environment: environment)
    }
    let first = try prompt("---\nconfig: {a: 1}\n---\n{{> p}} one")
    let second = try prompt("---\nconfig: {a: 2}\n---\n{{> p}} two {{> q}}")
    let difference = PromptDifference(first, second)
    #expect(
      difference.sections.map(\.name) == ["template", "partial p", "partial q", "schema", "config"]
    )
    #expect(difference.sections.map(\.difference.isEmpty) == [false, true, false, true, false])
    #expect(PromptDifference(first, first).isEmpty)
  }
}
