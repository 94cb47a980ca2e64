import Foundation
internal import OrderedJSON
internal import TestSupport
import Testing
internal import TranscriptFormats
internal import TranscriptModel

/// The cases that the report's script is held to as well.
@Suite struct FormatConformanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let format: String
    let document: TranscriptDocument
    let options: FormatOptions
    var testDescription: String { "\(name).\(format)" }
  }

  private static let folder = SharedFixtures.projectRoot.appending(path: "Tests/ConformanceCases")

  private static let file: JSONValue = {
    let bytes = try? Data(contentsOf: folder.appending(path: "formats.json"))
    return bytes.flatMap { try? JSONValue(parsing: [UInt8]($0)) } ?? .null
  }()

  static let cases: [Case] = (file["cases"]?.array ?? []).flatMap { json -> [Case] in
    let twin = (file["cases"]?.array ?? []).first { $0["name"] == json["sameAs"] }
    guard let document = document(twin ?? json) else { return [] }
    return (json["formats"]?.array ?? []).compactMap(\.string).map { format in
      Case(
        name: json["name"]?.string ?? "?",
        format: format,
        document: document,
        options: options(json["options"])
      )
    }
  }

  private static func document(_ json: JSONValue) -> TranscriptDocument? {
    var document = file["document"]?.object ?? [:]
    for key in ["segments", "speakers", "corrections"] { document[key] = json[key] }
    return try? TranscriptDocument(json: .object(document))
  }

  private static func options(_ json: JSONValue?) -> FormatOptions {
    var options = FormatOptions()
    options.isMachineText = json?["machine"]?.bool ?? false
    options.hasSpeakers = json?["speakers"]?.bool ?? true
    options.cueLength =
      json?["words"]?.int.map(FormatOptions.CueLength.words)
      ?? json?["characters"]?.int.map(FormatOptions.CueLength.characters)
    options.lineLength = json?["lineLength"]?.int ?? options.lineLength
    options.lineCount = json?["lineCount"]?.int ?? options.lineCount
    options.readingSpeed = json?["readingSpeed"]?.int ?? options.readingSpeed
    return options
  }

  @Test func thereAreCasesOfEveryFormatThatThePageWrites() {
    #expect(Self.cases.count >= 35)
    let names = Set(Self.cases.map(\.format))
    #expect(names == ["txt", "md", "csv", "tsv", "jsonl", "srt", "vtt"])
  }

  @Test(arguments: cases) func givesTheseBytes(_ example: Case) throws {
    let format = try #require(TranscriptFormatList.format(named: example.format))
    let bytes = format.bytes(of: example.document, options: example.options)
    let text = try #require(String(validating: bytes, as: UTF8.self))
    let difference = Snapshot.difference(
      of: text,
      from: "formats/\(example.name)\(format.suffix)",
      callerFile: Self.folder.appending(path: "here").path
    )
    #expect(difference == nil)
  }
}
