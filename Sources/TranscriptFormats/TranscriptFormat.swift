public import TranscriptModel

/// A format that a transcript is written in.
///
/// Formats are frozen once they are shipped: the same document and options give the same bytes in
/// every later version, so that files can be compared and other programs can rely on them. What has
/// to differ gets a new name. Each conforming type states its exact shape.
///
/// All formats are UTF-8 without a byte order mark, count in Unicode scalars and whole numbers, and
/// know nothing of languages and places, so that the report's script writes the same bytes.
///
///     let bytes = SubRipFormat().bytes(of: document, options: .init())
public protocol TranscriptFormat: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What follows the dot in a file's name.
  var fileExtension: String { get }
  /// The media type, as in a `Content-Type` header.
  var mediaType: String { get }

  /// The transcript in this format.
  ///
  /// - Complexity: linear in the size of the transcript, except that rows out of order are sorted.
  func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8]
}

extension TranscriptFormat {
  /// The transcript of a document in this format, corrected or as the machine had it.
  public func bytes(of document: TranscriptDocument, options: FormatOptions = .init()) -> [UInt8] {
    bytes(of: ExportedTranscript(document, isMachine: options.isMachineText), options: options)
  }
}

/// The formats there are.
public enum TranscriptFormatList {
  /// Every format, in the order they are offered.
  public static let all: [any TranscriptFormat] = [
    PlainTextFormat(), MarkdownFormat(), CSVFormat(), TSVFormat(), JSONLinesFormat(),
    SubRipFormat(), WebVTTFormat(),
  ]

  /// The format with a name.
  public static func format(named name: String) -> (any TranscriptFormat)? {
    all.first { $0.name == name }
  }
}
