import EmbeddedLibrary
import Foundation
import HTMLReports
import OrderedJSON
import ReportSamples
import TestSupport
import TranscriptFormats
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
    guard only == nil else { return }
    try writeHostilePages(to: folder.appending(path: "hostile"))
    try writeExports(to: folder.appending(path: "exports"))
    try writeCollection(to: folder)
    try writeComparison(to: folder)
    try LabSamplePage.write(to: folder)
  }

  /// The sample beside itself with a word, a time and a speaker changed, and a row left out.
  private static func writeComparison(to folder: URL) throws {
    typealias Row = HTMLComparison.Row
    typealias Side = HTMLComparison.Side
    guard let document = SampleDocuments.sampleVideo else { return }
    let labels = document.transcript.rowLabels().map(\.text)
    let rows = document.transcript.segments.enumerated().map { index, segment -> Row in
      let left = Side(
        start: segment.start,
        speaker: labels[index],
        words: [.init(segment.text, .same)]
      )
      var (before, after) = (left, left)
      switch index {
      case 2:
        before.words.append(.init(" once", .removed))
        after.words.append(.init(" twice", .added))
        return Row(changes: ["text"], left: before, right: after)
      case 5:
        after.speaker = "Somebody else"
        return Row(changes: ["speaker"], left: left, right: after)
      case 9:
        return Row(changes: ["missing"], left: left, right: nil)
      default:
        return Row(changes: [], left: left, right: left)
      }
    }
    let page = HTMLComparison(
      title: "One and two",
      summary: "3 rows differ",
      leftTitle: "One",
      rightTitle: "Two",
      notes: ["A note to be read first."],
      tables: [
        .init(
          title: "Counts",
          columns: ["", "One", "Two"],
          rows: [["rows", "22", "21"]],
          isNumeric: true
        )
      ],
      rows: rows,
      source: document.source,
      mediaPath: "sample.webm"
    )
    try Data(page.rendered()).write(to: folder.appending(path: "comparison.html"))
  }

  /// What the command line writes for some of the pages, for comparison.
  private static func writeExports(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let names: Set = [
      "sample", "corrected", "with-tables", "arabic", "japanese", "incomplete", "no-speakers",
      "6000-rows", "spoken",
    ]
    for (name, document) in documents where names.contains(name) {
      try writeExports(of: document(), to: folder.appending(path: name + ".json"))
    }
  }

  /// One object with a text for each format, and the machine's in `machine`.
  private static func writeExports(of document: TranscriptDocument, to file: URL) throws {
    func texts(_ options: FormatOptions) -> JSONObject {
      JSONObject(
        TranscriptFormatList.all.filter(\.isText).map { format in
          let bytes = format.bytes(of: document, options: options)
          return (format.name, .string(String(decoding: bytes, as: UTF8.self)))
        }
      )
    }
    var machine = FormatOptions()
    machine.isMachineText = true
    var exports = texts(FormatOptions())
    exports["json"] = .string(String(decoding: document.jsonBytes(), as: UTF8.self))
    exports["machine"] = .object(texts(machine))
    try Data(JSONValue.object(exports).renderedBytes()).write(to: file)
  }

  private static func writeCollection(to folder: URL) throws {
    let names = ["sample", "corrected", "14-speakers", "40-speakers", "arabic", "japanese"]
    let entries = documents.filter { names.contains($0.name) }.map { name, document in
      HTMLCollection.Entry(document(), path: name + ".html")
    }
    let page = HTMLCollection(entries, title: "Harbour archive").rendered()
    try Data(page).write(to: folder.appending(path: "collection.html"))
    let hostile = HostileTexts.all.map { text in
      HTMLCollection.Entry(HostileTexts.document(with: text), path: text)
    }
    try Data(HTMLCollection(hostile, title: HostileTexts.all[0]).rendered())
      .write(to: folder.appending(path: "hostile/collection.html"))
  }

  /// Every document by the name of its page, made when asked for.
  private static var documents: [(name: String, document: () -> TranscriptDocument)] {
    var documents = SampleDocuments.shapes.map { shape in (shape.name, { shape.document }) }
    if let sample = SampleDocuments.sampleVideo { documents.append(("sample", { sample })) }
    if let corrected = SampleDocuments.corrected { documents.append(("corrected", { corrected })) }
    if let spoken = SampleDocuments.spoken { documents.append(("spoken", { spoken })) }
    documents.append(("with-tables", { SampleDocuments.withTables }))
    if let derived = SampleDocuments.withRecipes { documents.append(("derived", { derived })) }
    documents.append(("tables", { SampleDocuments.tablesOnly }))
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
    var options = HTMLReport.Options(mediaPath: media, resumeCommand: resume)
    options.request = SampleDocuments.request(quoting: document.source.title ?? "")
    let page = HTMLReport(document, options).rendered()
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
      var document = HostileTexts.document(with: text)
      try write(document, media: text, to: folder, "\(number)")
      // A page does not say where a local file lies, and so its exports do not.
      document.source.uri = text.split(separator: "/").last.map(String.init) ?? text
      try writeExports(of: document, to: folder.appending(path: "\(number).json"))
    }
    let list = JSONValue.array(texts.map { .string($0) }).renderedBytes()
    try Data(list).write(to: folder.appending(path: "texts.json"))
  }
}
