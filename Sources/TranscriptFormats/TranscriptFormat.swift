public import TranscriptModel

/// A format that a transcript is written in.
///
/// Formats are frozen once they are shipped: the same document and options give the same bytes in
/// every later version, so that files can be compared and other programs can rely on them. What has
/// to differ gets a new name. Each conforming type states its exact shape.
///
/// Texts are UTF-8 without a byte order mark, count in Unicode scalars and whole numbers, and know
/// nothing of languages and places, so that the report's script writes the same bytes where it
/// offers the format. No format names a folder of this machine: files go by their names.
///
///     let bytes = SubRipFormat().bytes(of: document, options: .init())
public protocol TranscriptFormat: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What a file's name ends with behind its stem, from its first dot.
  var suffix: String { get }
  /// The media type, as in a `Content-Type` header.
  var mediaType: String { get }
  /// What it is and for whom, in one sentence without a full stop.
  var summary: String { get }
  /// Whether rows without a start are left out.
  var needsTimes: Bool { get }
  /// Whether it is text in UTF-8, which can go to a terminal.
  var isText: Bool { get }

  /// The transcript in this format.
  ///
  /// - Complexity: linear in the size of the transcript, except that rows out of order are sorted.
  func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8]
}

extension TranscriptFormat {
  /// The format's name behind a dot.
  public var suffix: String { "." + name }

  /// Every row is written.
  public var needsTimes: Bool { false }

  /// It is text.
  public var isText: Bool { true }

  /// The transcript of a document in this format, corrected or as the machine had it.
  public func bytes(of document: TranscriptDocument, options: FormatOptions = .init()) -> [UInt8] {
    bytes(of: ExportedTranscript(document, isMachine: options.isMachineText), options: options)
  }
}

/// The formats there are: the one table that the command line, its help and the tests go by.
public enum TranscriptFormatList {
  /// Every format, in the order they are offered.
  public static let all: [any TranscriptFormat] = [
    PlainTextFormat(), MarkdownFormat(), CSVFormat(), TSVFormat(), XLSXFormat(), DOCXFormat(),
    JSONLinesFormat(), SubRipFormat(), WebVTTFormat(), SubStationFormat(), SubViewerFormat(),
    TTMLFormat(), PodcastFormat(), HyperaudioFormat(), OTranscribeFormat(), OHMSFormat(),
    IIIFFormat(), TEIFormat(), EXMARaLDAFormat(), STMFormat(), RTTMFormat(), SegLSTFormat(),
    MarkerListFormat(),
  ]

  /// The format with a name.
  public static func format(named name: String) -> (any TranscriptFormat)? {
    all.first { $0.name == name }
  }
}
