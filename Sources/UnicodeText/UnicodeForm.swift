import CICU

/// One spelling for texts that Unicode counts as the same.
///
/// A text whose converted form could pass ICU's limit of 2 GiB comes back as it is: one of more
/// than 119 million UTF-16 units, since a character grows 18-fold at most (UAX #15).
package enum UnicodeForm {
  /// Compatibility forms composed (NFKC): full-width letters, ligatures and circled digits become
  /// the plain ones, accents join their letters.
  case compatibilityComposed

  /// Compatibility forms taken apart (NFKD): accents stand behind their letters.
  case compatibilityDecomposed

  /// Full case folding: for comparing without regard to case (`ß` becomes `ss`).
  case caseFolded

  /// The text in this form.
  package func callAsFunction(_ text: String) -> String {
    let units = Array(text.utf16)
    guard let length = Int32(exactly: units.count), length < Int32.max / 18 else { return text }
    // Few texts grow at all: a second call is rare.
    return converted(units, length: length, capacity: units.count + 16) ?? text
  }

  private func converted(_ units: [UInt16], length: Int32, capacity: Int) -> String? {
    var needed: Int32 = -1
    let result = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
      needed = convert(units, length, buffer.baseAddress, Int32(capacity))
      count = min(capacity, max(0, Int(needed)))
    }
    guard needed >= 0 else { return nil }
    return needed <= capacity
      ? String(decoding: result, as: UTF16.self)
      : converted(units, length: length, capacity: Int(needed))
  }

  private func convert(
    _ units: [UInt16],
    _ length: Int32,
    _ result: UnsafeMutablePointer<UInt16>?,
    _ capacity: Int32
  ) -> Int32 {
    switch self {
    case .compatibilityComposed: cicu_nfkc(units, length, result, capacity)
    case .compatibilityDecomposed: cicu_nfkd(units, length, result, capacity)
    case .caseFolded: cicu_fold(units, length, result, capacity)
    }
  }
}
