/// What a media file is, told from its name and its first bytes.
public enum MediaType {
  /// Families of files that begin alike.
  private enum Container {
    case mp4
    case matroska
    case ogg(holdsPicture: Bool)
    case mpegAudio
    case other(String)
  }

  /// The types by file name extension, as the service lists them (read 2026-11).
  ///
  /// Matroska goes as WebM, which is a subset of it; the service names no type of its own for it.
  /// It names none for Ogg video and MXF either, and judges itself what it can read of them.
  private static let byExtension: [String: String] = [
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/mov", "qt": "video/mov",
    "3gp": "video/3gpp", "3gpp": "video/3gpp", "webm": "video/webm", "mkv": "video/webm",
    "avi": "video/avi", "flv": "video/x-flv", "mpg": "video/mpg", "mpeg": "video/mpeg",
    "ts": "video/mpeg", "m2ts": "video/mpeg", "mts": "video/mpeg", "m2t": "video/mpeg",
    "vob": "video/mpeg", "m2v": "video/mpeg", "m1v": "video/mpeg", "ogv": "video/ogg",
    "mxf": "application/mxf", "mp2": "audio/mp3", "rf64": "audio/wav", "wmv": "video/wmv",
    "asf": "video/wmv",
    "m4a": "audio/m4a", "mka": "audio/webm", "weba": "audio/webm", "mp3": "audio/mp3",
    "wav": "audio/wav", "aif": "audio/aiff", "aiff": "audio/aiff", "aac": "audio/aac",
    "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac",
  ]

  /// The type by a file name's extension; `nil` for one that is not known.
  public static func named(_ path: some StringProtocol) -> String? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    return byExtension[name[name.index(after: dot)...].lowercased()]
  }

  /// The type by a file's first bytes, made finer by its name; `nil` when it is no media.
  ///
  /// - Parameters:
  ///   - head: The first bytes, ``headLength`` of them or all there are.
  ///   - path: The file's name; its extension counts only where it agrees with the bytes.
  public static func sniffed(_ head: [UInt8], path: String) -> String? {
    guard let container = container(head) else { return nil }
    let named = named(path)
    switch container {
    case .mp4:
      let types = ["video/mp4", "video/mov", "video/3gpp", "audio/m4a"]
      return types.first { $0 == named } ?? mp4Type(brand: head[8..<12])
    case .matroska: return named == "audio/webm" ? named : "video/webm"
    case .ogg(let holdsPicture):
      return holdsPicture || named == "video/ogg" ? "video/ogg" : "audio/ogg"
    case .mpegAudio: return named == "audio/aac" ? named : "audio/mp3"
    case .other(let type): return type
    }
  }

  private static func mp4Type(brand: ArraySlice<UInt8>) -> String {
    switch String(decoding: brand, as: UTF8.self) {
    case "qt  ": "video/mov"
    case "M4A ", "M4B ": "audio/m4a"
    case let brand where brand.hasPrefix("3g"): "video/3gpp"
    default: "video/mp4"
    }
  }

  private static func container(_ head: [UInt8]) -> Container? {
    func holds(_ text: String, at offset: Int = 0) -> Bool {
      head.dropFirst(offset).starts(with: text.utf8)
    }
    if head.count >= 12,
      ["ftyp", "moov", "mdat", "wide", "free"].contains(where: { holds($0, at: 4) })
    {
      return .mp4
    }
    if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return .matroska }
    // The headers of all streams come first; Theora's begins with its name.
    if holds("OggS") { return .ogg(holdsPicture: head.contains([0x80] + "theora".utf8)) }
    if holds("RIFF"), holds("AVI ", at: 8) { return .other("video/avi") }
    if ["RIFF", "RF64", "BW64"].contains(where: { holds($0) }), holds("WAVE", at: 8) {
      return .other("audio/wav")
    }
    if holds("FORM"), holds("AIF", at: 8) { return .other("audio/aiff") }
    if holds("fLaC") { return .other("audio/flac") }
    if holds("FLV\u{1}") { return .other("video/x-flv") }
    if head.starts(with: [0x30, 0x26, 0xB2, 0x75]) { return .other("video/wmv") }
    if head.starts(with: [0, 0, 1, 0xBA]) || head.starts(with: [0, 0, 1, 0xB3]) {
      return .other("video/mpeg")
    }
    if head.starts(with: [0x06, 0x0E, 0x2B, 0x34]) { return .other("application/mxf") }
    if isTransportStream(head) { return .other("video/mpeg") }
    return isMPEGAudio(head) ? .mpegAudio : nil
  }

  /// How many bytes from a file's start tell its type: packets of a transport stream that was cut
  /// within one, four times over.
  package static let headLength = 1024

  /// Whether sync bytes stand a packet apart, from within the first packet on: packets of 188 bytes,
  /// or of 192 with a time stamp in front, as cameras and discs write them (`.mts`, `.m2ts`).
  private static func isTransportStream(_ head: [UInt8]) -> Bool {
    [188, 192].contains { length in
      (0..<length).contains { start in
        let places = stride(from: start, to: head.count, by: length)
        // Three in a row are no chance; fewer there are only in files of a few hundred bytes.
        return head.count > start + 2 * length && places.allSatisfy { head[$0] == 0x47 }
      }
    }
  }

  /// An ID3 tag, or a frame: eleven set bits, layer II or III, and rates that exist.
  ///
  /// Layer I is left out: nobody uses it, and the mark of UTF-16 text looks like one of its frames.
  private static func isMPEGAudio(_ head: [UInt8]) -> Bool {
    if head.starts(with: "ID3".utf8) { return true }
    guard head.count > 2, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 else { return false }
    let isADTS = head[1] & 0xF6 == 0xF0
    let hasLayer = [0x02, 0x04].contains(head[1] & 0x06)
    return isADTS || hasLayer && head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C
  }
}
