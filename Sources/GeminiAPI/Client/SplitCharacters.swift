#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Joins characters whose two halves (`\ud83d` and `\ude00`) came in two documents.
struct SplitCharacters {
  /// The escape of a first half that ended the text of the last document.
  private var pending: [UInt8] = []
  /// Halves that met no other.
  private(set) var lost = 0

  /// The document with the half of the one before in front of its text, and without one of its own
  /// at the end of it.
  mutating func mended(_ json: [UInt8]) -> [UInt8] {
    lost = 0
    let halves = Self.halves(in: json)
    guard !halves.isEmpty || !pending.isEmpty else { return json }
    var json = json
    var others = halves[...]
    if let last = halves.last, last.isFirst, last.endsText {
      let half = Array(json[last.place..<last.place + 6])
      json.removeSubrange(last.place..<last.place + 6)
      others.removeLast()
      join(&json, &others)
      if !pending.isEmpty { lost += 1 }
      pending = half
    } else {
      join(&json, &others)
    }
    lost += others.count
    return json
  }

  /// Ends the answer; whether a half was left over.
  mutating func finish() -> Bool {
    defer { pending = [] }
    return !pending.isEmpty
  }

  /// Puts the pending half in front of the document's text; a text that does not begin with the
  /// other half gets the mark of a lost character.
  private mutating func join(_ json: inout [UInt8], _ halves: inout ArraySlice<Half>) {
    guard !pending.isEmpty, let text = Self.startOfText(json) else { return }
    if let first = halves.first, first.place == text, !first.isFirst {
      json.insert(contentsOf: pending, at: text)
      halves.removeFirst()
    } else {
      json.insert(contentsOf: "\\ufffd".utf8, at: text)
      lost += 1
    }
    pending = []
  }

  /// An escape of half a character that stands alone.
  private struct Half {
    let place: Int
    let isFirst: Bool
    let endsText: Bool
  }

  private static func halves(in json: [UInt8]) -> [Half] {
    var halves: [Half] = []
    var next = escape(in: json, from: 0)
    while let place = next {
      guard let isFirst = isFirstHalf(json, at: place) else {
        next = escape(in: json, from: place + 2)
        continue
      }
      if isFirst, isFirstHalf(json, at: place + 6) == false {
        next = escape(in: json, from: place + 12)
        continue
      }
      let endsText = place + 6 < json.count && json[place + 6] == UInt8(ascii: "\"")
      halves.append(Half(place: place, isFirst: isFirst, endsText: endsText))
      next = escape(in: json, from: place + 6)
    }
    return halves
  }

  /// The next backslash.
  private static func escape(in json: [UInt8], from start: Int) -> Int? {
    json.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0x5C, bytes.count - start)
      else { return nil }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }

  /// Whether an escape is the first half of a character or the second; `nil` when it is neither.
  private static func isFirstHalf(_ json: [UInt8], at place: Int) -> Bool? {
    guard place + 5 < json.count, json[place] == UInt8(ascii: "\\"),
      json[place + 1] == UInt8(ascii: "u"), json[place + 2] | 0x20 == UInt8(ascii: "d")
    else { return nil }
    switch json[place + 3] {
    case UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "a"), UInt8(ascii: "b"),
      UInt8(ascii: "A"), UInt8(ascii: "B"):
      return true
    case UInt8(ascii: "c")...UInt8(ascii: "f"), UInt8(ascii: "C")...UInt8(ascii: "F"):
      return false
    default: return nil
    }
  }

  /// The place behind the first `"text": "`.
  private static func startOfText(_ json: [UInt8]) -> Int? {
    let name = Array("\"text\"".utf8)
    var place = 0
    while place + name.count < json.count {
      guard json[place] == name[0], json[place..<place + name.count].elementsEqual(name) else {
        place += 1
        continue
      }
      let rest = json[(place + name.count)...].drop { $0 <= 0x20 }
      let value = rest.dropFirst().drop { $0 <= 0x20 }
      if rest.first == UInt8(ascii: ":"), value.first == UInt8(ascii: "\"") {
        return value.startIndex + 1
      }
      place += 1
    }
    return nil
  }
}
