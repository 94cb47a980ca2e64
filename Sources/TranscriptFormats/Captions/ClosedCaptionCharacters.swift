internal import UnicodeText

/// A text in the characters of closed captions on line 21.
///
/// Two bytes of seven bits go with each frame: two characters, or one code, which is sent twice. What the set
/// lacks stands as letters without their marks, as signs that mean the same, or as `?`.
///
/// - Source: CEA-608-E (ANSI/CTA-608), tables 49 to 51 and 5 to 10; 47 CFR 15.119.
struct ClosedCaptionCharacters {
  /// What stands for one cell of a row.
  enum Cell: Equatable {
    /// A character of the basic set.
    case basic(UInt8)
    /// One of the special set, as a code.
    case special(UInt16)
    /// One of the extended sets: a code that takes the place of the character before it, which older
    /// decoders show.
    case extended(UInt16, before: UInt8)
  }

  /// The cells of a line.
  private(set) var cells: [Cell] = []
  /// The characters that the set lacks.
  private(set) var lacking: [Character] = []

  /// A line of text.
  init(_ line: some StringProtocol) {
    cells.reserveCapacity(line.utf8.count)
    // What is not seen takes no cell.
    let seen = line.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    for character in String(String.UnicodeScalarView(seen)) { add(character) }
  }

  private mutating func add(_ character: Character) {
    if let cell = Self.cell(character) {
      cells.append(cell)
    } else if let signs = Self.equivalents[character] {
      cells += signs.compactMap(Self.cell)
    } else {
      lacking.append(character)
      let decomposed =
        Self.nearest[character] ?? UnicodeForm.compatibilityDecomposed(String(character))
      let plain = decomposed.unicodeScalars.compactMap { Self.cell(Character($0)) }
      cells += plain.isEmpty ? [.basic(UInt8(ascii: "?"))] : plain
    }
  }

  private static func cell(_ character: Character) -> Cell? {
    if let byte = character.asciiValue, (0x20...0x7E).contains(byte), !replaced.contains(byte) {
      return .basic(byte)
    }
    return table[character]
  }

  /// The places of ASCII that have other characters; that of the apostrophe has the curved one, too.
  private static let replaced = Set<UInt8>([0x2A, 0x5C, 0x5E, 0x5F, 0x60] + (0x7B...0x7F))

  private static let basic: [(Character, UInt8)] = [
    ("\u{2019}", 0x27), ("á", 0x2A), ("é", 0x5C), ("í", 0x5E), ("ó", 0x5F), ("ú", 0x60),
    ("ç", 0x7B),
    ("÷", 0x7C), ("Ñ", 0x7D), ("ñ", 0x7E), ("█", 0x7F),
  ]

  /// From 0x30 on, behind 0x11; blanks are places without a character of their own.
  private static let special = Array("®°½¿™¢£♪à èâêîôû")
  /// From 0x20 on, behind 0x12: Spanish, signs, French.
  private static let firstExtended = Array("ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»")
  /// From 0x20 on, behind 0x13: Portuguese, signs, German, Danish.
  private static let secondExtended = Array("ÃãÍÌìÒòÕõ{}\\^_¦~ÄäÖöß¥¤|ÅåØø┌┐└┘")

  private static let table: [Character: Cell] = {
    var table: [Character: Cell] = [:]
    for (character, byte) in basic { table[character] = .basic(byte) }
    for (index, character) in special.enumerated() where character != " " {
      table[character] = .special(0x1130 + UInt16(index))
    }
    for (index, character) in firstExtended.enumerated() {
      table[character] = .extended(0x1220 + UInt16(index), before: plain(character))
    }
    for (index, character) in secondExtended.enumerated() {
      table[character] = .extended(0x1320 + UInt16(index), before: plain(character))
    }
    return table
  }()

  /// What a decoder without the extended sets shows.
  private static func plain(_ character: Character) -> UInt8 {
    let other: [Character: UInt8] = [
      "‘": 0x27, "'": 0x27, "“": 0x22, "”": 0x22, "«": 0x22, "»": 0x22, "—": 0x2D, "•": 0x2E,
      "¡": 0x21,
      "{": 0x28, "}": 0x29, "\\": 0x2F, "|": 0x2F, "¦": 0x2F, "_": 0x2D, "~": 0x2D, "ß": 0x73,
      "Ø": 0x4F,
      "ø": 0x6F,
    ]
    if let byte = other[character] { return byte }
    let letter = UnicodeForm.compatibilityDecomposed(String(character)).unicodeScalars.first
    guard let letter, letter.isASCII, letter.properties.isAlphabetic else { return 0x20 }
    return UInt8(letter.value)
  }

  /// Letters that no decomposition brings nearer.
  private static let nearest: [Character: String] = [
    "ł": "l", "Ł": "L", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "đ": "d", "Đ": "D", "ı": "i",
    "ẞ": "SS",
    "€": "EUR",
  ]

  /// Signs that mean the same.
  private static let equivalents: [Character: String] = [
    "…": "...", "–": "-", "‐": "-", "‑": "-", "−": "-", "―": "—", "‚": "‘", "„": "“", "‹": "«",
    "›": "»",
    "\u{A0}": " ", "\u{202F}": " ", "\u{2009}": " ", "´": "'", "`": "'", "♫": "♪", "″": "\"",
    "′": "'",
  ]
}
