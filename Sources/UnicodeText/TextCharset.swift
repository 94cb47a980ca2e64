import CICU

/// The encoding of a text that does not say it, and its text in UTF-8.
package struct DecodedText: Sendable {
  /// The encoding, by the name that ICU has for it, such as `UTF-8` or `windows-1252`.
  package let charset: String
  /// The text in UTF-8, without a byte order mark; U+FFFD stands for what is no character.
  package let bytes: [UInt8]

  /// The most bytes that are read: ICU counts in 32 bits, and UTF-8 may need three for one.
  package static let limit = 1 << 29

  /// Reads text: by its byte order mark, else as UTF-8 when it is that, else by ICU's detection.
  ///
  /// - Parameter charset: The encoding, when it is known; any of ICU's names for it.
  /// - Returns: `nil` for an encoding that ICU does not know, or more than ``limit`` bytes.
  package init?(_ bytes: [UInt8], charset: String? = nil) {
    let marked = Self.marks.first { bytes.starts(with: $0.bytes) }
    let isStated =
      charset.map { ["UTF-8", "UTF8"].contains($0.uppercased()) }
      ?? marked.map { $0.name == "UTF-8" }
    let isValid = isStated == false ? false : Self.isUTF8(bytes)
    if isStated ?? isValid {
      self.charset = "UTF-8"
      let text = marked?.name == "UTF-8" ? Array(bytes.dropFirst(3)) : bytes
      // Given as UTF-8 and still not that, it is repaired.
      self.bytes = isValid ? text : Array(String(decoding: text, as: UTF8.self).utf8)
      return
    }
    let name = charset ?? marked?.name ?? Self.detected(bytes) ?? "windows-1252"
    let own = marked.map { Array(bytes.dropFirst($0.bytes.count)) } ?? bytes
    guard let text = Self.converted(own, from: name) else { return nil }
    self.charset = name
    self.bytes = text
  }

  /// Byte order marks (Unicode 15, table 23-6), longer ones first.
  private static let marks: [(bytes: [UInt8], name: String)] = [
    ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
    ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
  ]

  /// UTF-16 of Latin text is valid UTF-8 as well, with U+0000 in every other place.
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    !bytes.prefix(sampleSize).contains(0) && (try? UTF8Span(validating: bytes.span)) != nil
  }

  /// Enough text for statistics, and little enough for ICU's detectors, all of which read it.
  private static let sampleSize = 1 << 16

  private static func detected(_ bytes: [UInt8]) -> String? {
    // What is ASCII says nothing; an even start keeps pairs of bytes together.
    let first = bytes.firstIndex { $0 >= 0x80 || $0 == 0 } ?? 0
    let start = max(0, first - sampleSize / 4) & ~1
    let sample = bytes[start..<min(bytes.count, start + sampleSize)].map { CChar(bitPattern: $0) }
    var name = [CChar](repeating: 0, count: 32)
    guard cicu_detect(sample, Int32(sample.count), &name) else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func converted(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    guard bytes.count <= limit else { return nil }
    return bytes.withUnsafeBytes { raw in
      let source = raw.bindMemory(to: CChar.self)
      func convert(_ capacity: Int) -> (needed: Int, text: [UInt8]) {
        var needed = -1
        let text = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
          needed = buffer.withMemoryRebound(to: CChar.self) { target in
            Int(
              cicu_to_utf8(
                name,
                source.baseAddress,
                Int32(source.count),
                target.baseAddress,
                Int32(capacity)
              )
            )
          }
          count = min(capacity, max(0, needed))
        }
        return (needed, text)
      }
      let first = convert(bytes.count + bytes.count / 2 + 16)
      guard first.needed > first.text.count else { return first.needed < 0 ? nil : first.text }
      return convert(first.needed).text
    }
  }
}
