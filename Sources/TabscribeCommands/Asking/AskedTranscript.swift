internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// A transcript that is asked about, and where its moments can be opened.
struct AskedTranscript {
  /// How messages and `derive` name it.
  let spelling: String
  /// Its title, or else its source.
  let title: String
  /// What was asked about it before.
  let turns: [AskedTurn]
  /// What each row says, by its number as people count.
  private let texts: [Int: String]
  /// The absolute path of its report; `nil` for none.
  private let report: String?
  /// The absolute path of its video; `nil` where that is not here.
  private let media: String?
  /// The address of its video where that takes a moment; `nil` for others.
  private let video: String?

  /// Reads a transcript.
  init(_ operand: TranscriptOperand, _ context: CommandContext) {
    let source = operand.document.source
    spelling = operand.spelling
    turns = operand.document.derivations.filter { $0.run.prompt == AskCommand.recipe }
      .compactMap { AskedTurn($0, about: operand.spelling) }
    let corrected = operand.document.corrected
    title = corrected.title ?? source.shownURI
    let segments = corrected.transcript.segments
    texts = Dictionary(segments.map { ($0.row + 1, $0.text) }) { first, _ in first }
    media = operand.media(context.workplace).flatMap { HostFiles.kind(of: $0) == .file ? $0 : nil }
    video = source.kind == "youtube" ? source.uri : nil
    switch operand.origin {
    case .file(let path, _):
      let page = FilePath.joined(FilePath.parent(of: path), operand.stem + ".html")
      report = HostFiles.kind(of: page) == .file ? page : nil
    case .item(let item, _, _):
      report = item.files.first { $0.hasSuffix(".html") && HostFiles.kind(of: $0) == .file }
    }
  }

  /// All words of a row.
  ///
  /// - Parameter number: Its number, as people count; `nil` for no row.
  func words(ofRow number: Int?) -> String? { number.flatMap { texts[$0] } }

  /// An address that opens a moment: in the report, or else in the video; `nil` where there is neither.
  func link(to start: Timecode?) -> String? {
    // Browsers begin a video where the address says, as reports do.
    if let file = report ?? media { return MomentPage(report: file, start: start).link }
    guard let video else { return nil }
    guard let start else { return video }
    return "\(video)\(video.contains("?") ? "&" : "?")t=\(start.milliseconds / 1000)s"
  }
}
