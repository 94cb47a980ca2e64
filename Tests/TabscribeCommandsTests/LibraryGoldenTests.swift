import CommandLineInterface
import EmbeddedLibrary
import OrderedJSON
import PromptTemplates
import TabularExtraction
import TestSupport
import Testing
import TranscriptionRuns

@testable import TabscribeCommands

/// What the prompts of the library say, word by word, kept so that a change is made knowingly.
@Suite struct LibraryGoldenTests {
  static let names = EmbeddedLibrary.prompts.files.map(\.name)
    .filter { !$0.hasPrefix("_") }.map { String($0.dropLast(".prompt".count)) }

  private static let values: JSONObject = [
    "video": "https://example.com/talk.mp4",
    "context": "A panel on tide gauges; Maëlle Kervadec is spelled so.",
    "transcript": "1\t00:01\tTomas Okoye\tGood evening.",
    "to": "Portuguese", "name": "Tomas Okoye",
    "questions": "Who hosts the evening?\nHow many sheets are there? (some, many)",
    "claims": "The sheets are damp.", "criteria": "Greets the audience",
  ]

  private func template(_ name: String) throws -> PromptTemplate {
    let folder = try TemporaryFolder()
    let context = CommandContext(
      standardOutput: TextBuffer(),
      standardError: TextBuffer(),
      environment: ["HOME": folder.path],
      workingFolder: folder.path
    )
    return try PromptLookup(context.workplace).template(name).template
  }

  /// What a rendering shows beside the defaults; only what a prompt declares is given to it.
  struct Variant: CustomTestStringConvertible, Sendable {
    let suffix: String
    let input: JSONObject

    var testDescription: String { suffix.isEmpty ? "as it is" : String(suffix.dropFirst()) }

    static let all = [
      Variant(suffix: "", input: [:]),
      Variant(suffix: ".recall", input: ["favor": "recall"]),
      Variant(suffix: ".audio", input: ["source": "audio"]),
      Variant(suffix: ".earlier", input: ["earlier": "Question: Where is it?\nAnswer: In Brest."]),
      Variant(
        suffix: ".part",
        input: [
          "part": true, "rows": "turn", "timecode": "H:MM:SS",
          "known_speakers": "Maëlle Kervadec, Hydrographer, Harbour Office",
        ]
      ),
    ]
  }

  @Test(arguments: names, Variant.all)
  func rendersAsWritten(_ name: String, _ variant: Variant) throws {
    let template = try template(name)
    let declared = template.metadata.inputSchema?["properties"]?.object?.keys ?? []
    let special = variant.input.removing { !declared.contains($0) }
    guard variant.input.members.isEmpty || !special.members.isEmpty else { return }
    var input = Self.values.removing { !declared.contains($0) }
    for (key, value) in special.members { input[key] = value }
    // Where a prompt lists values, its first stands for the text.
    for key in input.keys {
      let listed = template.metadata.inputSchema?["properties"]?[key]?["enum"]?.array
      if let listed, let value = input[key], !listed.contains(value) { input[key] = listed.first }
    }
    let text = try template.render(PromptData(input: input)).messages.map { message in
      let parts = message.content.map { part in
        switch part {
        case .text(let text): text
        case .media(let url, _): "(media \(url))"
        case .section, .other: "(other)"
        }
      }
      return "[\(message.role)]\n" + parts.joined()
    }.joined(separator: "\n")
    let file = "prompts/\(name)\(variant.suffix).txt"
    #expect(Snapshot.difference(of: text + "\n", from: file) == nil)
  }

  @Test(arguments: names) func saysWhatItIsForAndWhichTablesItAsksFor(_ name: String) throws {
    let metadata = try template(name).metadata
    #expect(metadata.description?.isEmpty == false)
    let schema = try #require(metadata.outputSchema)
    #expect(try !TableSchema(name: name, parsing: schema.rendered()).tables.isEmpty)
  }
}
