import OrderedJSON
import Testing

@testable import PromptTemplates

/// A template with its input and the text it renders to.
struct TemplateCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let template: String
  let input: JSONObject
  let partials: [String: String]
  let expected: String

  init(
    _ name: String,
    _ template: String,
    _ input: JSONObject = [:],
    partials: [String: String] = [:],
    _ expected: String
  ) {
    testDescription = name
    self.template = template
    self.input = input
    self.partials = partials
    self.expected = expected
  }

  init(_ name: String, _ template: String, _ expected: String) {
    self.init(name, template, [:], expected)
  }

  init(_ name: String, _ template: String, partials: [String: String], _ expected: String) {
    self.init(name, template, [:], partials: partials, expected)
  }

  /// The text rendered as the format says, without dividing it into messages.
  func rendered() throws -> String {
    let partials = partials
    let environment = PromptEnvironment(mode: .lenient, partials: { partials[$0] })
    let prompt = try PromptTemplate(parsing: template, name: "case", environment: environment)
      .render(PromptData(input: input))
    guard case .text(let text)? = prompt.messages.first?.content.first else { return "" }
    return text
  }
}
