public import TranscriptModel

/// A format that a transcript is written in.
///
/// Formats are frozen once they are shipped: the same document and options give the same bytes in
/// every later version, so that files can be compared and other programs can rely on them. What has
/// to differ gets a new name. Each conforming type states its exact shape.
///
/// Captions are the exception: where they break and when they come (``Captions``) gets better.
///
/// Texts are UTF-8 without a byte order mark, and the report's script writes the same bytes where it
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
  /// Whether rows whose words have no times of their own are left out.
  var needsWordTimes: Bool { get }
  /// Whether it has nothing but chapters.
  var needsChapters: Bool { get }
  /// Whether it is text in UTF-8, which can go to a terminal.
  var isText: Bool { get }
  /// Whether it has the tables of a reply that is no transcript.
  var hasTables: Bool { get }

  /// The transcript in this format.
  ///
  /// - Complexity: linear in the size of the transcript, except that rows out of order are sorted.
  func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8]

  /// What is written beside it, in files of their own.
  func companions(of transcript: ExportedTranscript, options: FormatOptions) -> [FormatFile]

  /// The options that change what is written.
  var effects: Set<FormatEffect> { get }

  /// The characters that it cannot carry and writes otherwise, with how often.
  func lacking(in transcript: ExportedTranscript, options: FormatOptions) -> [Character: Int]
}

/// A file that a format writes beside its own.
public struct FormatFile: Hashable, Sendable {
  /// What the file's name ends with behind the stem.
  public let suffix: String
  /// The contents.
  public let bytes: [UInt8]
}

/// What options change in formats: an option without an effect on what is written is told.
public enum FormatEffect: Hashable, Sendable, CaseIterable {
  /// Whether speakers are named.
  case speakers
  /// How captions tell speakers apart.
  case speakerStyle
  /// Lines, breaks and times of captions.
  case captions
  /// Names shown beside voices.
  case visibleNames
  /// Words shown as they are spoken.
  case wordTimes
  /// Marks for lines from right to left.
  case directionMarks
  /// A translation below what is said.
  case bilingual
  /// The language of the texts.
  case language
  /// Corrections as tracked changes.
  case trackedChanges
  /// How frames are counted.
  case frameRate
}

extension TranscriptFormat {
  /// The format's name behind a dot.
  public var suffix: String { "." + name }

  /// Every row is written.
  public var needsTimes: Bool { false }

  /// It has rows as a whole.
  public var needsWordTimes: Bool { false }

  /// It has rows.
  public var needsChapters: Bool { false }

  /// It is text.
  public var isText: Bool { true }

  /// It has rows alone.
  public var hasTables: Bool { false }

  /// Nothing is written beside it.
  public func companions(
    of transcript: ExportedTranscript,
    options: FormatOptions
  ) -> [FormatFile] { [] }

  /// It carries every character.
  public func lacking(
    in transcript: ExportedTranscript,
    options: FormatOptions
  ) -> [Character: Int] { [:] }

  /// Speakers may be left out.
  public var effects: Set<FormatEffect> { [.speakers] }

  /// The transcript of a document in this format, corrected or as the machine had it.
  public func bytes(of document: TranscriptDocument, options: FormatOptions = .init()) -> [UInt8] {
    bytes(of: ExportedTranscript(document, options), options: options)
  }
}

/// The formats there are: the one table that the command line, its help and the tests go by.
public enum TranscriptFormatList {
  /// Every format, in the order they are offered.
  public static let all: [any TranscriptFormat] = [
    PlainTextFormat(), MarkdownFormat(), CSVFormat(), TSVFormat(), XLSXFormat(), DOCXFormat(),
    JSONLinesFormat(), SubRipFormat(), WebVTTFormat(), SubStationFormat(), SubViewerFormat(),
    TTMLFormat(), DAPTFormat(), ScenaristFormat(), PodcastFormat(), HyperaudioFormat(),
    OTranscribeFormat(), OHMSFormat(), IIIFFormat(), TEIFormat(), EXMARaLDAFormat(), STMFormat(),
    CTMFormat(), RTTMFormat(),
    SegLSTFormat(), MarkerListFormat(), ChapterTrackFormat(), DescriptionChaptersFormat(),
  ]

  /// The format with a name.
  public static func format(named name: String) -> (any TranscriptFormat)? {
    all.first { $0.name == name }
  }
}
