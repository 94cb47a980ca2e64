import CICU

/// How broad characters stand in a row of equal cells.
package enum TextWidth {
  /// Whether a character takes two cells: those of UAX #11 that are wide or full-width.
  package static func isWide(_ character: Unicode.Scalar) -> Bool {
    let width = cicu_east_asian_width(Int32(character.value))
    return width == Int32(U_EA_WIDE.rawValue) || width == Int32(U_EA_FULLWIDTH.rawValue)
  }
}

/// The library behind this module.
package enum UnicodeLibrary {
  /// The version of ICU that is linked, such as `72.1`.
  package static var version: String {
    var bytes = [CChar](repeating: 0, count: Int(U_MAX_VERSION_STRING_LENGTH))
    cicu_version(&bytes)
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }
}
