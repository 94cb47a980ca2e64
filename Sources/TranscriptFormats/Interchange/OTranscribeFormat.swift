internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// A file of the editor oTranscribe, `otr`: `{text, media, media-time}` with the text as HTML, a
/// paragraph for each row that begins with its time as a link.
///
/// - Source: oTranscribe, `src/js/app/export-formats` and its timestamps (`data-timestamp` in seconds).
public struct OTranscribeFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "otr"
  /// The media type.
  public let mediaType = "application/json"
  /// What it is and for whom.
  public let summary = "a transcript to go on with in the editor oTranscribe"

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var html = ""
    var voice: Int?
    for segment in transcript.segments {
      html += "<p>"
      if let start = segment.start {
        let seconds = Clock.seconds(start.milliseconds)
        html +=
          "<span class=\"timestamp\" contenteditable=\"false\" data-timestamp=\"\(seconds)\">"
          + "\(start.rendered)</span> "
      }
      if options.hasSpeakers, segment.voice != nil, segment.voice != voice {
        html += "<b>\(HTMLText.escaped(transcript.label(segment))):</b> "
      }
      voice = segment.voice
      html += HTMLText.escaped(segment.text) + "</p>"
    }
    let document: JSONValue = [
      "text": .string(html), "media": .string(transcript.mediaReference), "media-time": 0,
    ]
    return document.documentBytes()
  }
}

/// Text for HTML.
enum HTMLText {
  /// The text with what HTML takes for markup as references.
  static func escaped(_ text: String) -> String {
    var text = text
    let escaped = text.withUTF8 { bytes -> [UInt8]? in
      var (start, index) = (0, nextMark(bytes, 0))
      guard index < bytes.count else { return nil }
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count + 16)
      while index < bytes.count {
        output.append(contentsOf: bytes[start..<index])
        output.append(reference(bytes[index]))
        start = index + 1
        index = nextMark(bytes, start)
      }
      output.append(contentsOf: bytes[start...])
      return output
    }
    return escaped.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  private static func nextMark(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    ByteScan.next(in: bytes, from: start) { eight in
      EightBytes.equal(eight, 0x26) | EightBytes.equal(eight, 0x3C)
        | EightBytes.equal(eight, 0x3E) | EightBytes.equal(eight, 0x22)
    }
  }

  private static func reference(_ byte: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    default: "&quot;"
    }
  }
}
