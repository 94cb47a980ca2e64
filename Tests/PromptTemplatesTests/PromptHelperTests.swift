import OrderedJSON
import Testing

@testable import PromptTemplates

@Suite struct PromptHelperTests {
  private struct Broken: Error {}

  private static let helpers: [String: PromptHelper] = [
    "shout": PromptHelper { .value(.string(($0.arguments.first??.string ?? "").uppercased())) },
    "count": PromptHelper { .value(JSONValue($0.arguments.count + $0.named.count)) },
    "twice": PromptHelper { call in
      var text = try call.body()
      text.append(try call.body(in: "inner", parameters: ["first"], data: ["mark": "!"]))
      return .rendered(text)
    },
    "never": PromptHelper { .rendered(try $0.inverse()) },
    "position": PromptHelper { .value($0.data("index")) },
    "broken": PromptHelper { _ in throw Broken() },
    "json": PromptHelper { _ in .value("replaced") },
  ]

  private func render(_ source: String, _ input: JSONObject = [:]) throws -> [PromptMessage] {
    let environment = PromptEnvironment(mode: .lenient, helpers: Self.helpers)
    return try PromptTemplate(parsing: source, name: "h.prompt", environment: environment)
      .render(PromptData(input: input)).messages
  }

  @Test(
    "Helpers written in Swift get values, names, bodies and data",
    arguments: [
      ("{{shout name}}{{shout (shout \"b\")}}", "ADAB"),
      ("{{count 1 2 a=3}}", "3"),
      (
        "{{#twice as |p|}}[{{this.name}}{{this}}{{p}}{{@mark}}]{{/twice}}",
        "[Ada[object Object]][innerfirst!]"
      ),
      ("{{#never}}a{{else}}b{{/never}}", "b"),
      ("{{#each l}}{{position}}{{/each}}", "01"),
      ("{{json name}}", "replaced"),
    ]
  )
  func runsHelpers(_ source: String, _ expected: String) throws {
    let messages = try render(source, ["name": "Ada", "l": [1, 2]])
    #expect(messages.first?.content == [.text(expected)])
  }

  @Test("Roles inside a helper's body keep dividing the prompt")
  func keepsMarks() throws {
    let messages = try render("{{#twice}}a{{role \"model\"}}b{{role \"user\"}}{{/twice}}")
    #expect(messages.map(\.role) == ["user", "model", "user", "model"])
  }

  @Test("An error of a helper has the tag's place")
  func placesErrors() {
    let error = #expect(throws: PromptError.self) { try render("a\n {{broken}}") }
    #expect(error?.location?.description == "h.prompt:2:2")
    #expect(error?.message == "broken: Broken()")
  }

  @Test("log tells the caller and prints nothing")
  func logs() throws {
    let said = Said()
    let environment = PromptEnvironment(log: { said.add($0) })
    let prompt = try PromptTemplate(
      parsing: "a{{log \"x\" 1}}",
      name: "l",
      environment: environment
    )
    #expect(try prompt.render().messages.first?.content == [.text("a")])
    #expect(said.lines == ["x 1"])
  }

  /// What was logged; one test's thread writes and reads it.
  private final class Said: @unchecked Sendable {
    private(set) var lines: [String] = []
    func add(_ line: String) { lines.append(line) }
  }
}
