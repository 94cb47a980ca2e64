import Foundation
import HTMLReports
import ReportSamples
import TranscriptModel

/// Writes the sample pages into a folder, for browser tests and for looking at them.
///
///     report-pages FOLDER [MEDIA]      MEDIA: the sample video as seen from the folder
@main struct ReportPages {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else {
      FileHandle.standardError.write(Data("usage: report-pages FOLDER [MEDIA]\n".utf8))
      exit(2)
    }
    let folder = URL(filePath: arguments[1])
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let media = arguments.count > 2 ? arguments[2] : nil
    var pages = SampleDocuments.shapes
    if let sample = SampleDocuments.sampleVideo { pages.append(("sample", sample)) }
    for (name, document) in pages {
      let mediaPath = name == "youtube" ? nil : media
      let resume = document.isComplete ? nil : "tabscribe runs resume \(document.run.id)"
      let page = HTMLReport(document, .init(mediaPath: mediaPath, resumeCommand: resume)).rendered()
      try Data(page).write(to: folder.appending(path: name + ".html"))
    }
  }
}
