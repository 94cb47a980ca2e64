internal import PlainText

/// The lines of a cue without their markup, and who says them.
struct CaptionPayload {
  /// Which markup a format has.
  enum Markup {
    /// Each `<…>` is a tag (WebVTT, section 4.2).
    case webVTT
    /// Only tags that players of SubRip know, and commands of SubStation in braces.
    case subRip
    /// None.
    case none
  }

  let markup: Markup
  private var prefix = SpeakerPrefix()
  private var scratch: [UInt8] = []
  /// The voice that a tag names for what follows it.
  private var voice = ""

  init(markup: Markup) { self.markup = markup }

  /// Parts of a cue by whoever says them, in order.
  mutating func parts(
    _ lines: some Sequence<ArraySlice<UInt8>>
  ) -> [(speaker: String, text: String)] {
    var parts: [(speaker: String, text: String)] = []
    voice = ""
    var turns = 0
    var previousVoice = ""
    for line in lines {
      let text = plain(line)
      guard !text.isEmpty else { continue }
      let hasPrefix = Self.mayHavePrefix(text)
      let split = hasPrefix ? prefix.split(text[...]) : SpeakerPrefix.Split(text: text[...])
      // A name shown beside the voice is the voice's.
      let speaker = voice.isEmpty ? split.speaker : voice
      let spoken = split.speaker == nil && !split.isTurn ? text : String(split.text)
      turns += split.isTurn ? 1 : 0
      let isNew =
        parts.isEmpty || split.isTurn
        || split.speaker.map { $0 != parts[parts.count - 1].speaker }
          ?? false
        || !voice.isEmpty && voice != previousVoice
      previousVoice = voice
      if isNew {
        parts.append((speaker ?? "", spoken))
      } else {
        parts[parts.count - 1].text += (spoken.isEmpty ? "" : " ") + spoken
      }
    }
    return parts
  }

  /// Whether a speaker may stand in front; most texts are decided by this.
  private static func mayHavePrefix(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let first = bytes.first else { return false }
      switch first {
      case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "-"), UInt8(ascii: ">"),
        UInt8(ascii: "*"), UInt8(ascii: "_"), 0xE2:
        return true
      default:
        return bytes.prefix(80).contains { $0 == UInt8(ascii: ":") || $0 == 0xEF }
      }
    }
  }

  /// A line without tags and with its references decoded.
  private mutating func plain(_ line: ArraySlice<UInt8>) -> String {
    let first = markup == .none ? line.endIndex : Self.nextMark(line, line.startIndex)
    guard first < line.endIndex else { return String(decoding: line, as: UTF8.self) }
    scratch.removeAll(keepingCapacity: true)
    var (start, index) = (line.startIndex, first)
    while index < line.endIndex {
      scratch.append(contentsOf: line[start..<index])
      start = mark(line, index)
      index = Self.nextMark(line, start)
    }
    scratch.append(contentsOf: line[start...])
    while scratch.last == 0x20 { scratch.removeLast() }
    let begin = scratch.firstIndex { $0 != 0x20 } ?? scratch.endIndex
    return String(decoding: scratch[begin...], as: UTF8.self)
  }

  /// Where the next sign is that may be no text, or the end.
  private static func nextMark(_ line: ArraySlice<UInt8>, _ index: Int) -> Int {
    line[index...].withUnsafeBufferPointer { rest in
      index
        + ByteScan.next(in: rest, from: 0, lead: 0xE2) { eight in
          EightBytes.equal(eight, 0x3C) | EightBytes.equal(eight, 0x26)
            | EightBytes.equal(eight, 0x7B) | EightBytes.equal(eight, 0x5C)
        }
    }
  }

  /// Takes up the sign at a place, and returns where the text goes on.
  private mutating func mark(_ line: ArraySlice<UInt8>, _ index: Int) -> Int {
    switch line[index] {
    case UInt8(ascii: "<"): return tag(line, index)
    case UInt8(ascii: "&"): return reference(line, index)
    case UInt8(ascii: "{") where markup == .subRip: return command(line, index)
    case 0xE2: return directions(line, index)
    case UInt8(ascii: "\\")
    where markup == .subRip && index + 1 < line.endIndex
      && [UInt8(ascii: "N"), UInt8(ascii: "h")].contains(line[index + 1]):
      scratch.append(0x20)
      return index + 2
    default:
      scratch.append(line[index])
      return index + 1
    }
  }

  /// Tags of SubRip; anything else between angle brackets is text there.
  private static let subRipTags = Set(
    ["b", "i", "u", "s", "font", "c", "v", "ruby", "rt"].map { packed($0.utf8) }
  )
  /// Those of them that may have more than their name.
  private static let longTags = Set(["font", "c", "v"].map { packed($0.utf8) })

  /// A number for the name of a tag, in any case; 0 for one that is longer than all that are known.
  private static func packed(_ name: some Collection<UInt8>) -> UInt32 {
    name.count > 4 ? 0 : name.reduce(0) { $0 << 8 | UInt32($1 | 0x20) }
  }

  private mutating func tag(_ line: ArraySlice<UInt8>, _ index: Int) -> Int {
    guard let close = line[index...].firstIndex(of: UInt8(ascii: ">")) else {
      // A tag that is not closed takes the rest of a cue in WebVTT; a person meant the sign.
      scratch.append(line[index])
      return index + 1
    }
    let inner = line[(index + 1)..<close]
    let name = inner.first == UInt8(ascii: "/") ? inner.dropFirst() : inner
    let word = name.prefix { $0 | 0x20 &- UInt8(ascii: "a") < 26 || $0 &- 0x30 < 10 }
    if markup == .subRip {
      let key = Self.packed(word)
      // `<b and b>` is no tag.
      let isKnown =
        Self.subRipTags.contains(key)
        && (word.count == name.count || Self.longTags.contains(key))
      guard isKnown else {
        scratch.append(line[index])
        return index + 1
      }
    }
    if inner.first == UInt8(ascii: "v"), word.count == 1,
      let blank = inner.firstIndex(where: { $0 == 0x20 || $0 == 0x09 })
    {
      // Two voices on one line stay one part when the first said nothing yet.
      voice = Self.decoded(inner[(blank + 1)...])
    }
    return close + 1
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("&") else { return text }
    return references.reduce(text) { $0.replacing($1.name, with: $1.text) }
  }

  /// References to characters that WebVTT names; `&amp;` comes last, as it makes others.
  private static let references: [(name: String, text: String)] = [
    ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{A0}"), ("&lrm;", "\u{200E}"),
    ("&rlm;", "\u{200F}"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&"),
  ]

  /// The same for lines of captions, which are laid out anew: what held their words together is a blank like others.
  private static let codedReferences = references.map { reference in
    (
      name: Array(reference.name.utf8),
      text: reference.name == "&nbsp;" ? [0x20] : Array(reference.text.utf8)
    )
  }

  private mutating func reference(_ line: ArraySlice<UInt8>, _ index: Int) -> Int {
    let next = index + 1 < line.endIndex ? line[index + 1] : 0
    for reference in Self.codedReferences
    where reference.name[1] == next && line[index...].starts(with: reference.name) {
      scratch.append(contentsOf: reference.text)
      return index + reference.name.count
    }
    scratch.append(line[index])
    return index + 1
  }

  /// `{\an8}` and the like.
  private mutating func command(_ line: ArraySlice<UInt8>, _ index: Int) -> Int {
    let isCommand = index + 1 < line.endIndex && line[index + 1] == UInt8(ascii: "\\")
    if isCommand, let close = line[index...].firstIndex(of: UInt8(ascii: "}")) { return close + 1 }
    scratch.append(line[index])
    return index + 1
  }

  /// Leaves out the signs that our own captions protect text with and turn lines by: U+2060, U+2066
  /// to U+2069, U+202A to U+202E.
  private mutating func directions(_ line: ArraySlice<UInt8>, _ index: Int) -> Int {
    guard index + 2 < line.endIndex else {
      scratch.append(line[index])
      return index + 1
    }
    switch (line[index + 1], line[index + 2]) {
    case (0x81, 0xA0), (0x81, 0xA6...0xA9), (0x80, 0xAA...0xAE): return index + 3
    default:
      scratch.append(contentsOf: line[index..<(index + 3)])
      return index + 3
    }
  }
}
