import EmbeddedLibrary
import Foundation
import HTMLReports
import OrderedJSON
import ReportSamples
import TestSupport
import TranscriptModel

/// Writes the sample pages, with the sample video beside them, for browser tests and for looking.
///
///     report-pages FOLDER [NAME]
///
/// With a name, only the page of that name is written.
@main struct ReportPages {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first.map({ URL(filePath: $0) }), arguments.count <= 2 else {
      FileHandle.standardError.write(Data("usage: report-pages FOLDER [NAME]\n".utf8))
      exit(2)
    }
    let only = arguments.dropFirst().first
    try writeVideo(to: folder)
    for (name, document) in documents where only == nil || only == name {
      let document = document()
      let media = document.source.kind == "file" ? "sample.webm" : nil
      try write(document, media: media, to: folder, name)
    }
    if only == nil { try writeHostilePages(to: folder.appending(path: "hostile")) }
  }

  /// Every document by the name of its page, made when asked for.
  private static var documents: [(name: String, document: () -> TranscriptDocument)] {
    var documents = SampleDocuments.shapes.map { shape in (shape.name, { shape.document }) }
    if let sample = SampleDocuments.sampleVideo { documents.append(("sample", { sample })) }
    documents.append(("60000-rows", { SampleDocuments.longest }))
    return documents
  }

  private static func write(
    _ document: TranscriptDocument,
    media: String?,
    to folder: URL,
    _ name: String
  ) throws {
    let resume = document.isComplete ? nil : "tabscribe runs resume \(document.run.id)"
    let page = HTMLReport(document, .init(mediaPath: media, resumeCommand: resume)).rendered()
    try Data(page).write(to: folder.appending(path: name + ".html"))
  }

  private static func writeVideo(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard let video = EmbeddedLibrary.sample.file(named: "sample.webm") else { return }
    try Data(video.bytes).write(to: folder.appending(path: "sample.webm"))
  }

  /// One page for each hostile text, in every field; the recorded ones too where they are present.
  private static func writeHostilePages(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var texts = HostileTexts.all
    if SharedFixtures.isPresent {
      let recorded = try SharedFixtures.data("fixtures/hostile-text/naughty-strings.json")
      texts += try JSONValue(parsing: Array(recorded)).array?.compactMap(\.string) ?? []
    }
    for (number, text) in texts.enumerated() {
      try write(HostileTexts.document(with: text), media: text, to: folder, "\(number)")
    }
    let list = JSONValue.array(texts.map { .string($0) }).renderedBytes()
    try Data(list).write(to: folder.appending(path: "texts.json"))
  }
}
