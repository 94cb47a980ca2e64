import Foundation
import OrderedJSON
import TestSupport
import Testing
import YAMLDocuments

@testable import PromptTemplates

/// One test of a specification file in the format of the Dotprompt project.
struct SpecificationCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let suite: JSONObject
  let test: JSONObject

  /// The tests of a file.
  static func cases(in file: URL, named name: String) throws -> [SpecificationCase] {
    let root = try YAMLReader.document(Data(contentsOf: file))
    return (root?.json.array ?? []).flatMap { suite -> [SpecificationCase] in
      let suiteName = suite["name"]?.string ?? "?"
      return (suite["tests"]?.array ?? []).map { test in
        SpecificationCase(
          testDescription: "\(name) / \(suiteName) / \(test["desc"]?.string ?? "?")",
          suite: suite.object ?? JSONObject(),
          test: test.object ?? JSONObject()
        )
      }
    }
  }

  /// The tests of every file in a folder and its subfolders, in order of their paths.
  static func cases(below folder: URL) throws -> [SpecificationCase] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return try (paths ?? []).filter { $0.hasSuffix(".yaml") }.sorted().flatMap { path in
      try cases(in: folder.appending(path: path), named: path)
    }
  }

  /// Renders the test's template as the specification asks.
  func rendered() throws -> RenderedPrompt {
    let partials = merged("partials", "resolverPartials")
    let schemas = merged("schemas", "resolverSchemas")
    let environment = PromptEnvironment(
      mode: .lenient,
      partials: { partials[$0]?.string },
      schemas: { schemas[$0] }
    )
    let template = try PromptTemplate(
      parsing: suite["template"]?.string ?? "",
      name: suite["name"]?.string ?? "?",
      environment: environment
    )
    var data = suite["data"]?.object ?? JSONObject()
    for (key, value) in test["data"]?.object?.members ?? [] { data[key] = value }
    var options: PromptMetadata?
    if let members = test["options"]?.object {
      options = PromptMetadata()
      options?.input = members["input"]?.object
      options?.config = members["config"]?.object ?? JSONObject()
      options?.model = members["model"]?.string
    }
    return try template.render(PromptData(json: .object(data)), options: options)
  }

  private func merged(_ keys: String...) -> JSONObject {
    JSONObject(keys.flatMap { suite[$0]?.object?.members ?? [] }.map { ($0.key, $0.value) })
  }

  /// What the specification expects, with what it leaves out: empty `ext` and `config`.
  var expected: JSONObject {
    var expected = test["expect"]?.object ?? JSONObject()
    for key in ["ext", "config"] where expected[key] == nil {
      expected[key] = .object(JSONObject())
    }
    return expected
  }

  /// The rendered prompt, without what the specification leaves open when it does not name it.
  func comparable(_ prompt: RenderedPrompt) -> JSONObject {
    var json = prompt.json.object ?? JSONObject()
    if expected["raw"] == nil { json["raw"] = nil }
    return json
  }
}
