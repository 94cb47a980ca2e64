internal import OrderedJSON
internal import TranscriptModel
internal import UnicodeText

/// A format that transcripts of other programs come in, known by its content.
///
/// The one table that `import`, `score`, the help and the tests go by is ``all``; a format stands in a
/// file of its own.
public struct ImportFormat: Sendable {
  /// What its name is, such as `SRT`.
  public let name: String
  /// What it is and what is read of it, in one sentence without a full stop.
  public let summary: String
  let content: Content

  /// What its files are made of: `text`, `JSON`, `XML` or `archive`.
  public var kind: String {
    switch content {
    case .text: "text"
    case .json: "JSON"
    case .xml: "XML"
    case .archive: "archive"
    }
  }

  /// What a format is made of, and how it is told and read.
  enum Content: Sendable {
    /// Lines of text.
    case text(
      fits: @Sendable (SourceText) -> Bool,
      read: @Sendable (SourceText) throws(ImportError) -> ImportedTranscript
    )
    /// One value of JSON.
    case json(
      fits: @Sendable (JSONValue) -> Bool,
      read: @Sendable (JSONValue) throws(ImportError) -> ImportedTranscript
    )
    /// A document of XML, told by its first element.
    case xml(
      roots: Set<String>,
      read: @Sendable (XMLSource) throws(ImportError) -> ImportedTranscript
    )
    /// An archive of files.
    case archive(read: @Sendable ([UInt8]) throws(ImportError) -> ImportedTranscript)
  }

  /// Every format, in the order in which they are tried.
  public static let all: [ImportFormat] = [
    .tabscribe, .workbook,
    .webVTT, .subRip, .subViewer, .subStation, .ttml, .youTubeXML, .ohms,
    .youTube, .whisper, .whisperCpp, .assemblyAI, .deepgram, .podcast, .segLST, .oTranscribe,
    .namedJSON, .jsonLines,
    .rttm, .stm, .ctm, .namedColumns, .airToGround, .timedText, .plainText,
  ]
}

/// Reads transcripts of any format, told by their content.
///
///     let transcript = try TranscriptImporter.read(bytes)
///     print(transcript.format, transcript.rows.count, transcript.notes)
///
/// Whatever is in a file, it is text that nobody vouches for: nothing is fetched, XML is read without
/// entities, DTDs and network, and archives are unpacked up to a bound.
public enum TranscriptImporter {
  /// The most bytes of a file that are read.
  public static let limit = 512 << 20

  /// Reads a file in the first format that its content fits; plain text fits always.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, at most ``limit`` of them.
  ///   - charset: The encoding by its IANA name, such as `windows-1252`, where it is known better than by
  ///     detection, which is ICU's.
  /// - Returns: The rows in the file's order; ``ImportedTranscript/notes`` tells what was left out or mended.
  /// - Throws: ``ImportError`` when the content begins as a format and does not go on as one, when it
  ///   is of no format known, or has more than ``limit`` bytes.
  public static func read(
    _ bytes: [UInt8],
    charset: String? = nil
  ) throws(ImportError) -> ImportedTranscript {
    guard bytes.count <= limit else {
      throw ImportError("it has more than \(limit >> 20) MiB")
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try archive(bytes) }
    guard let text = DecodedText(bytes, charset: charset) else {
      throw ImportError("the encoding \(charset ?? "") is not known")
    }
    var transcript = try read(text.bytes)
    transcript.charset = text.charset
    return transcript
  }

  private static func read(_ text: [UInt8]) throws(ImportError) -> ImportedTranscript {
    switch text.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "{"):
      // A file may hold one value on each line.
      if let transcript = try json(text) { return transcript }
    case UInt8(ascii: "["):
      if text.startsWithList, let transcript = try json(text) { return transcript }
    case UInt8(ascii: "<"):
      if let transcript = try xml(text) { return transcript }
    default: break
    }
    return try lines(SourceText(text))
  }

  private static func archive(_ bytes: [UInt8]) throws(ImportError) -> ImportedTranscript {
    for format in ImportFormat.all {
      guard case .archive(let read) = format.content else { continue }
      return try read(bytes).named(format)
    }
    throw ImportError("it is an archive")
  }

  /// `nil` for what is one value to a line.
  private static func json(_ text: [UInt8]) throws(ImportError) -> ImportedTranscript? {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(parsing: text)
    } catch {
      if ImportFormat.isJSONLines(text) { return nil }
      throw ImportError("it is no JSON: \(error.description)")
    }
    for format in ImportFormat.all {
      guard case .json(let fits, let read) = format.content, fits(value) else { continue }
      return try read(value).named(format)
    }
    throw ImportError("this JSON has no list of rows with a text that is known")
  }

  /// `nil` for text that only begins as XML does.
  private static func xml(_ text: [UInt8]) throws(ImportError) -> ImportedTranscript? {
    let source = XMLSource(bytes: text)
    guard let root = try source.root else { return nil }
    for format in ImportFormat.all {
      guard case .xml(let roots, let read) = format.content, roots.contains(root) else { continue }
      return try read(source).named(format)
    }
    throw ImportError("XML with the first element <\(root.prefix(40))> is not known")
  }

  private static func lines(_ source: SourceText) throws(ImportError) -> ImportedTranscript {
    for format in ImportFormat.all {
      guard case .text(let fits, let read) = format.content, fits(source) else { continue }
      return try read(source).named(format)
    }
    throw ImportError("it is of no format known")
  }
}

extension ImportedTranscript {
  fileprivate func named(_ format: ImportFormat) -> ImportedTranscript {
    var transcript = self
    transcript.format = format.name
    return transcript
  }
}

extension [UInt8] {
  /// Whether the text begins as a list of objects or lists, not as `[00:02] Ada`.
  fileprivate var startsWithList: Bool {
    guard let open = firstIndex(of: UInt8(ascii: "[")) else { return false }
    let next = self[(open + 1)...].first { $0 > 0x20 }
    return next.map { [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]")].contains($0) }
      ?? false
  }
}
