/// All texts of a file, of one that is an archive those of all files in it, as in XLSX and DOCX.
package enum ArchiveTexts {
  /// The text of a file's bytes; what is no UTF-8 has U+FFFD in its place.
  ///
  /// - Throws: `ImportError` for an archive that is damaged or far too large.
  package static func text(of bytes: [UInt8]) throws(ImportError) -> String {
    guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    let reader = try ZipReader(bytes)
    var text = ""
    for name in reader.names {
      text += name + "\n" + String(decoding: try reader.read(name) ?? [], as: UTF8.self) + "\n"
    }
    return text
  }
}
