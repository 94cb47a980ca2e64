import OrderedJSON
import Testing

@testable import PromptTemplates

@Suite struct BadPromptTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let source: String
    let code: PromptError.Code
    let line: Int
    let column: Int

    init(
      _ name: String,
      _ source: String,
      _ code: PromptError.Code,
      _ line: Int,
      _ column: Int
    ) {
      testDescription = name
      self.source = source
      self.code = code
      self.line = line
      self.column = column
    }
  }

  static let cases = [
    Case("broken YAML", "---\nmodel: a\nconfig: {a: [1\n---\nx", .frontMatter, 4, 1),
    Case("key twice", "---\nmodel: a\nmodel: b\n---\nx", .frontMatter, 3, 1),
    Case("front matter without end", "---\nmodel: a\nx", .frontMatter, 1, 1),
    Case("front matter that is a list", "---\n- a\n---\nx", .frontMatter, 2, 1),
    Case("wrong type", "---\nmodel: a\nconfig: 3\n---\nx", .frontMatter, 3, 9),
    Case("unknown schema", "---\noutput:\n  schema: Nope\n---\nx", .unknownSchema, 3, 11),
    Case(
      "unknown type in parentheses",
      "---\ninput:\n  schema:\n    a(set): string\n---\nx",
      .frontMatter,
      4,
      5
    ),
    Case(
      "nested too deep",
      "---\na: " + String(repeating: "[", count: 100) + "\n---\nx",
      .frontMatter,
      2,
      67
    ),
    Case("unknown alias", "---\na: *b\n---\nx", .frontMatter, 2, 4),
    Case("unclosed tag", "a\nb {{c", .syntax, 2, 3),
    Case("unclosed block", "a\n  {{#if b}}\nc", .syntax, 2, 3),
    Case("wrong closing tag", "{{#if b}}\n{{/each}}", .syntax, 2, 1),
    Case("closing tag alone", "a {{/if}}", .syntax, 1, 3),
    Case("else alone", "a\n{{else}}", .syntax, 2, 1),
    Case("second else", "{{#if b}}{{else}}{{else}}{{/if}}", .syntax, 1, 18),
    Case("unclosed comment", "a {{!-- b }}", .syntax, 1, 3),
    Case("empty tag", "a {{ }}", .syntax, 1, 3),
    Case("unclosed text", "{{json \"a}}", .syntax, 1, 8),
    Case("unknown helper", "a\nbé {{shout name}}", .unknownHelper, 2, 4),
    Case("unknown block helper", "{{#shout name}}x{{/shout}}", .unknownHelper, 1, 1),
    Case("unknown partial", "a\n {{> nope}}", .unknownPartial, 2, 2),
    Case("unknown variable", "Hello\n\t{{nmae}}", .unknownVariable, 2, 4),
    Case("unknown variable in a condition", "{{#if nmae}}x{{/if}}", .unknownVariable, 1, 7),
    Case("object as text", "{{given}}", .value, 1, 3),
    Case("unknown role", "{{role \"sytem\"}}x", .value, 1, 1),
    Case("helper without body", "{{if given}}", .syntax, 1, 1),
    Case("too many values", "{{#if given given}}x{{/if}}", .syntax, 1, 1),
    Case("value before block is named", "{{#if a=1 given}}x{{/if}}", .syntax, 1, 11),
    Case("raw block without end", "{{{{raw}}}} {{x}}", .syntax, 1, 1),
    Case("decorator", "{{* a}}", .syntax, 1, 1),
    Case("blocks nested too deep", String(repeating: "{{#if given}}", count: 200), .limit, 1, 833),
  ]

  @Test("A fault is reported with its kind and place", arguments: cases)
  func reports(_ example: Case) throws {
    let error = #expect(throws: PromptError.self) {
      try PromptTemplate(parsing: example.source, name: "bad.prompt")
        .render(PromptData(input: ["given": ["a": 1]]))
    }
    #expect(error?.code == example.code)
    #expect(error?.location?.line == example.line)
    #expect(error?.location?.column == example.column)
    #expect(error?.location?.file == "bad.prompt")
  }

  @Test("An error shows the line with a caret under the fault, and a remedy")
  func showsLine() throws {
    let error = #expect(throws: PromptError.self) {
      try PromptTemplate(parsing: "Hi\n\tDear {{nmae}},", name: "x.prompt").render()
    }
    #expect(
      error?.rendered == """
        x.prompt:2:9: the variable nmae is neither given nor declared
          \tDear {{nmae}},
          \t       ^
        hint: give it a value, or declare it: input: { schema: { nmae?: string } }
        """
    )
  }

  @Test("A partial that includes itself ends with an error", arguments: ["{{> a}}", "x{{> b}}"])
  func endsRecursion(_ partial: String) throws {
    let partials = ["a": partial, "b": "{{> a}}"]
    let environment = PromptEnvironment(mode: .lenient, partials: { partials[$0] })
    let template = try PromptTemplate(parsing: "{{> a}}", name: "x", environment: environment)
    let error = #expect(throws: PromptError.self) { try template.render() }
    #expect(error?.code == .limit)
  }

  @Test("Partials that double what they include end with an error")
  func endsDoubling() throws {
    let environment = PromptEnvironment(
      mode: .lenient,
      partials: { name in Int(name.dropFirst()).map { "{{> p\($0 + 1)}}{{> p\($0 + 1)}}" } }
    )
    let error = #expect(throws: PromptError.self) {
      try PromptTemplate(parsing: "{{> p1}}", name: "x", environment: environment).render()
    }
    #expect(error?.code == .limit)
  }

  @Test("Aliases that multiply are refused")
  func refusesManyAliases() throws {
    let lines = (1...12).map {
      "k\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ",") + "]"
    }
    let source = "---\nk0: &a0 [1]\n" + lines.joined(separator: "\n") + "\n---\nx"
    let error = #expect(throws: PromptError.self) { try PromptTemplate(parsing: source, name: "x") }
    #expect(error?.code == .frontMatter)
  }

  @Test("Bytes that are not UTF-8 are refused at their place")
  func refusesOtherEncodings() throws {
    let error = #expect(throws: PromptError.self) {
      try PromptTemplate(parsing: Array("ab\nc".utf8) + [0xFF, 0x41], name: "x")
    }
    #expect(error?.code == .encoding)
    #expect(error?.location?.line == 2)
    #expect(error?.location?.column == 2)
  }

  @Test("A byte order mark and Windows line ends change nothing but the line ends")
  func readsWindowsFiles() throws {
    let source =
      "\u{FEFF}---\r\nmodel: m\r\nconfig:\r\n  a: 1\r\n---\r\nHello {{name}},\r\n{{#if name}}\r\nbye\r\n{{/if}}\r\n"
    let prompt = try PromptTemplate(parsing: source, name: "x").render(
      PromptData(input: ["name": "Ada"])
    )
    #expect(prompt.metadata.model == "m")
    #expect(prompt.config == ["a": 1])
    #expect(
      prompt.messages == [PromptMessage(role: "user", content: [.text("Hello Ada,\r\nbye\r\n")])]
    )
  }

  // A reader whose time grew with the square of the length would take hours.
  @Test(
    "Long templates are read and rendered, the longest of ten megabytes",
    arguments: [
      ("text ", 2_000_000), ("{{a}} and ", 50_000), ("\\{{a}} ", 50_000), ("{{! c }}\n", 50_000),
      ("{{#if a}}x{{/if}}\n", 20_000), ("{{> p}}", 20_000),
    ]
  )
  func readsLongTemplates(_ piece: String, _ count: Int) throws {
    let source = String(repeating: piece, count: count)
    let environment = PromptEnvironment(partials: { _ in "partial " })
    let template = try PromptTemplate(parsing: source, name: "x", environment: environment)
    let prompt = try template.render(PromptData(input: ["a": "value"]))
    #expect(template.body.utf8.count == count * piece.utf8.count)
    #expect(prompt.messages.count == (piece.hasPrefix("{{!") ? 0 : 1))
  }

  @Test("A template beyond the limit is refused with its size")
  func refusesHugeTemplates() {
    let source = String(repeating: "0123456789abcdef", count: 1 << 20) + "x"
    let error = #expect(throws: PromptError.self) { try PromptTemplate(parsing: source, name: "x") }
    #expect(error?.message == "the prompt has 16777217 bytes, more than 16777216")
  }
}
