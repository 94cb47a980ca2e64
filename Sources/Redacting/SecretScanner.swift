/// Finds secrets in bytes, all kinds of them in one pass.
struct SecretScanner: Sendable {
  /// What is looked for beside texts that are known.
  enum Shapes: Sendable {
    /// Nothing.
    case none
    /// What proves by its form to be a secret: keys, tokens, private keys.
    case credentials
    /// That, and what a name in front of it calls a secret.
    case all
  }

  private let known: [[KnownText]]
  private let shapes: Shapes
  /// Bytes at which a secret may begin, or that may show one.
  private let triggers: ByteTable

  init(known texts: [KnownText] = [], shapes: Shapes = .none) {
    var known = [[KnownText]](repeating: [], count: 256)
    // The longest goes first: a line of a key is a part of the whole.
    for text in Set(texts).sorted(by: { $0.bytes.count > $1.bytes.count }) {
      if let first = text.bytes.first { known[Int(first)].append(text) }
    }
    self.known = known
    self.shapes = shapes
    var triggers = ByteTable(texts.compactMap(\.bytes.first))
    if !texts.isEmpty { triggers = triggers.union(ByteTable("\\%")) }
    if shapes != .none { triggers = triggers.union(SecretShape.triggers) }
    if shapes == .all { triggers = triggers.union(NamedValue.triggers) }
    self.triggers = triggers
  }

  /// What a pass has found.
  struct Outcome {
    /// The bytes with placeholders; `nil` when nothing was found and all is as it was.
    var output: [UInt8]?
    /// Where the secrets stood.
    var hidden: [Range<Int>] = []
    /// How many bytes are settled; behind them a secret may begin whose rest is still to come.
    var settled: Int
  }

  /// Goes through bytes once.
  ///
  /// - Parameter isEnd: Whether nothing follows.
  func scan(_ input: Bytes, isEnd: Bool = true) -> Outcome {
    var outcome = Outcome(output: nil, settled: 0)
    var place = 0
    while place < input.count {
      guard triggers[input[place]] else {
        place += 1
        continue
      }
      switch find(input, at: place) {
      case .none: place += 1
      case .open:
        guard isEnd else {
          outcome.take(input, upTo: place)
          return outcome
        }
        place += 1
      case .found(let range):
        outcome.hide(input, range)
        place = range.upperBound
      }
    }
    outcome.take(input, upTo: input.count)
    return outcome
  }

  private enum Find {
    case none
    case open
    case found(Range<Int>)
  }

  private func find(_ input: Bytes, at place: Int) -> Find {
    var isOpen = false
    switch KnownText.character(input, at: place) {
    case .byte(let first, let next):
      for text in known[Int(first)] {
        switch text.match(input, from: next) {
        case .end(let end): return .found(place..<end)
        case .open: isOpen = true
        case .none: break
        }
      }
    case .open: isOpen = true
    case .none: break
    }
    if shapes != .none, let end = SecretShape.end(input, at: place) { return .found(place..<end) }
    if shapes == .all, let range = NamedValue.range(input, at: place), !range.isEmpty {
      return .found(range)
    }
    return isOpen ? .open : .none
  }
}

extension SecretScanner.Outcome {
  fileprivate mutating func hide(_ input: Bytes, _ range: Range<Int>) {
    if output == nil { output = [] }
    take(input, upTo: range.lowerBound)
    hidden.append(range)
    output?.append(contentsOf: Redaction.placeholder.utf8)
    settled = range.upperBound
  }

  fileprivate mutating func take(_ input: Bytes, upTo end: Int) {
    guard end > settled else { return }
    output?.append(contentsOf: input[settled..<end])
    settled = end
  }
}

extension SecretScanner {
  /// The secrets in a text.
  func secrets(in text: String) -> [String] {
    var text = text
    return text.withUTF8 { input in
      scan(input).hidden.map { String(decoding: input[$0], as: UTF8.self) }
    }
  }

  /// A text without its secrets.
  func redacting(_ text: String) -> String {
    var text = text
    let output = text.withUTF8 { scan($0).output }
    return output.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// Bytes without their secrets.
  func redacting(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { scan($0).output } ?? bytes
  }
}
