internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import TranscriptModel

/// Writes a transcript with other corrections than it had, and the report beside it anew.
struct CorrectedFiles {
  private let transcript: TranscriptOperand
  private let context: CommandContext

  init(_ transcript: TranscriptOperand, _ context: CommandContext) {
    self.transcript = transcript
    self.context = context
  }

  /// Replaces the files, each at once or not at all, and returns their paths as shown.
  func write(_ corrections: [JSONValue]) throws -> [String] {
    var document = transcript.document
    document.corrections = corrections
    try HostFiles.write(bytes(of: document), to: transcript.path, replacing: true)
    var written = [SafeText.line(transcript.spelling)]
    let page = FilePath.joined(transcript.folder, transcript.stem + ".html")
    if HostFiles.kind(of: page) == .file {
      let media = transcript.media(context).map {
        FilePath.relative($0, from: transcript.folder)
      }
      let report = HTMLReport(document, .init(mediaPath: media)).rendered()
      try HostFiles.write(report, to: page, replacing: true)
      let folder = FilePath.parent(of: transcript.spelling)
      let name = transcript.stem + ".html"
      written.append(SafeText.line(folder == "." ? name : FilePath.joined(folder, name)))
    }
    return written
  }

  /// The transcript's file; members that this version does not know stay in it.
  private func bytes(of document: TranscriptDocument) -> [UInt8] {
    if transcript.document.jsonBytes() == transcript.bytes { return document.jsonBytes() }
    guard var object = transcript.json.object else { return document.jsonBytes() }
    object["corrections"] = .array(document.corrections)
    return JSONValue.object(object).renderedBytes(.pretty)
  }
}
