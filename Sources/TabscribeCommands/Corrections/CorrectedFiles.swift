internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel

/// Keeps a transcript with other corrections than it had: in its file, with the report beside it made
/// anew, or in the run store.
struct CorrectedFiles {
  private let transcript: TranscriptOperand
  private let context: CommandContext

  init(_ transcript: TranscriptOperand, _ context: CommandContext) {
    self.transcript = transcript
    self.context = context
  }

  /// Keeps the corrections, all or none, and returns the files written as shown.
  func write(_ corrections: [JSONValue]) throws -> [String] {
    switch transcript.origin {
    case .item(let item, let store, _):
      try store.putCorrectionsInForce(corrections, of: item.id)
      return []
    case .file(let path, let bytes, let json):
      return try write(corrections, to: path, bytes, json)
    }
  }

  private func write(
    _ corrections: [JSONValue],
    to path: String,
    _ bytes: [UInt8],
    _ json: JSONValue
  ) throws -> [String] {
    var document = transcript.document
    document.corrections = corrections
    let isKnown = transcript.document.jsonBytes() == bytes
    let content = isKnown ? document.jsonBytes() : Self.bytes(of: document, keeping: json)
    try HostFiles.write(content, to: path, replacing: true)
    var written = [SafeText.line(transcript.spelling)]
    let folder = FilePath.parent(of: path)
    let page = FilePath.joined(folder, transcript.stem + ".html")
    if HostFiles.kind(of: page) == .file {
      let media = transcript.media(context).map { FilePath.relative($0, from: folder) }
      let report = HTMLReport(document, .init(mediaPath: media)).rendered()
      try HostFiles.write(report, to: page, replacing: true)
      let name = transcript.stem + ".html"
      let shown = transcript.folderSpelling
      written.append(SafeText.line(shown == "." ? name : FilePath.joined(shown, name)))
    }
    return written
  }

  /// The transcript's file; members that this version does not know stay in it.
  private static func bytes(of document: TranscriptDocument, keeping json: JSONValue) -> [UInt8] {
    guard var object = json.object else { return document.jsonBytes() }
    object["corrections"] = .array(document.corrections)
    return JSONValue.object(object).renderedBytes(.pretty)
  }
}
