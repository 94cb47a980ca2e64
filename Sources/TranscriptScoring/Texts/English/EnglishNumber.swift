/// What a word can say of a number.
enum NumberWord: Equatable {
  /// `zero`, `oh` or `o`.
  case zero
  /// `one` to `nineteen`.
  case unit(Int)
  /// `firsts` and `sixth`: a unit, and how its figure ends.
  case endedUnit(Int, String)
  /// `twenty` to `ninety`.
  case tens(Int)
  /// `twenties` and `fortieth`.
  case endedTens(Int, String)
  /// `hundred` to `decillion`, as how many zeros it has.
  case scale(zeros: Int)
  /// `thousands` and `millionth`.
  case endedScale(zeros: Int, String)
  /// `minus`, `plus`: a sign before the figure.
  case sign(String)
  /// `dollars`, `cents`: a sign before the figure, said behind it.
  case currency(String)
  /// The first word of `per cent`.
  case per
  /// `percent`.
  case percent
  /// `and`, `point`, `double`, `triple`.
  case joint

  /// What a word in lower case says, if it says anything.
  static func of(_ word: Substring) -> NumberWord? { words[word] }

  /// Whether it may follow `point`.
  var isDecimal: Bool {
    switch self {
    case .zero, .unit, .tens: true
    default: false
    }
  }

  private static let words: [Substring: NumberWord] = {
    var words: [Substring: NumberWord] = [
      "o": .zero, "oh": .zero, "zero": .zero, "zeroth": .endedUnit(0, "th"),
      "minus": .sign("-"), "negative": .sign("-"), "plus": .sign("+"), "positive": .sign("+"),
      "pound": .currency("£"), "pounds": .currency("£"), "euro": .currency("€"),
      "euros": .currency("€"), "dollar": .currency("$"), "dollars": .currency("$"),
      "cent": .currency("¢"), "cents": .currency("¢"), "per": .per, "percent": .percent,
      "and": .joint, "point": .joint, "double": .joint, "triple": .joint,
    ]
    let units = """
      one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
      sixteen seventeen eighteen nineteen
      """.split(separator: " ")
    let ordinals: [Int: (String, String)] = [
      1: ("first", "st"), 2: ("second", "nd"), 3: ("third", "rd"), 5: ("fifth", "th"),
      12: ("twelfth", "th"),
    ]
    for (value, name) in zip(1..., units) {
      words[name] = .unit(value)
      words[name == "six" ? "sixes" : name + "s"] = .endedUnit(value, "s")
      let regular = (String(name + (name.last == "t" ? "h" : "th")), "th")
      let (ordinal, ending) = ordinals[value] ?? regular
      words[Substring(ordinal)] = .endedUnit(value, ending)
    }
    let tens = "twen thir for fif six seven eigh nine".split(separator: " ")
    for (ten, name) in zip(2..., tens) {
      words[name + "ty"] = .tens(ten * 10)
      words[name + "ties"] = .endedTens(ten * 10, "s")
      words[name + "tieth"] = .endedTens(ten * 10, "th")
    }
    let scales = """
      thousand million billion trillion quadrillion quintillion sextillion septillion octillion \
      nonillion decillion
      """.split(separator: " ")
    for (name, zeros) in [("hundred", 2)] + zip(scales, stride(from: 3, through: 33, by: 3)) {
      words[name] = .scale(zeros: zeros)
      words[name + "s"] = .endedScale(zeros: zeros, "s")
      words[name + "th"] = .endedScale(zeros: zeros, "th")
    }
    return words
  }()
}

/// A whole number of any size that is not negative, as its decimal digits.
struct DecimalDigits: Equatable {
  /// Without leading zeros; `0` for nothing.
  private(set) var text: String

  var isZero: Bool { text == "0" }

  init(_ value: Int) { text = String(value) }

  /// The number that digits spell.
  init(digits: some StringProtocol) {
    let bare = digits.drop { $0 == "0" }
    text = bare.isEmpty ? "0" : String(bare)
  }

  /// What is left after division by a power of ten of up to three digits.
  func last(_ digits: Int) -> Int { Int(text.suffix(digits)) ?? 0 }

  /// The sum with a small number that fits into its trailing zeros.
  func filled(with value: Int) -> DecimalDigits {
    let digits = String(value)
    return DecimalDigits(digits: text.dropLast(digits.count) + digits)
  }

  /// What is below a thousand, times a power of ten, added to what is above.
  func scaled(zeros: Int) -> DecimalDigits {
    let whole = text.dropLast(3) + (text.count > 3 ? "000" : "")
    let part = String(last(3)) + String(repeating: "0", count: zeros)
    return DecimalDigits(digits: Self.sum(String(whole), part))
  }

  private static func sum(_ one: String, _ other: String) -> String {
    var result: [UInt8] = []
    var carry: UInt8 = 0
    var (left, right) = (Array(one.utf8), Array(other.utf8))
    while !left.isEmpty || !right.isEmpty || carry > 0 {
      let zero = UInt8(ascii: "0")
      let digit = (left.popLast() ?? zero) - zero + (right.popLast() ?? zero) - zero + carry
      result.append(zero + digit % 10)
      carry = digit / 10
    }
    return String(decoding: result.reversed(), as: UTF8.self)
  }
}
