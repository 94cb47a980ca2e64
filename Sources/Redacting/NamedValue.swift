/// Values that the name in front of them calls secrets: members of JSON in any depth, fields of
/// forms and of headers, settings, items of addresses.
enum NamedValue {
  static let triggers = ByteTable("=:%#")

  /// The value whose sign stands at a place; `nil` when it is no secret.
  static func range(_ input: Bytes, at place: Int) -> Range<Int>? {
    switch input[place] {
    case UInt8(ascii: "="): return value(input, sign: place, width: 1)
    case UInt8(ascii: "%"):
      let isEquals = input.holds("%3D", at: place) || input.holds("%3d", at: place)
      return isEquals ? value(input, sign: place, width: 3) : nil
    case UInt8(ascii: "#"): return fragment(input, at: place)
    default:
      return input.holds("://", at: place)
        ? userPart(input, from: place + 3) : value(input, sign: place, width: 1)
    }
  }

  /// A name and the sign it stands behind, as in `&sig`.
  private struct Name {
    /// Small letters and digits only: `X-Amz-Signature` is `xamzsignature`.
    var letters: String
    /// Whether it is an item of an address.
    var isItem: Bool
  }

  private static func value(_ input: Bytes, sign: Int, width: Int) -> Range<Int>? {
    guard let name = name(input, before: sign) else { return nil }
    let isAssigned = input[sign] != UInt8(ascii: ":")
    let start = sign + width
    if isAssigned, name.isItem, SecretNames.isSecretItem(name.letters) {
      return start..<end(ofBare: input, from: start)
    }
    guard SecretNames.isSecret(name.letters) else { return nil }
    if !isAssigned, SecretNames.isCookie(name.letters), let line = line(input, from: start) {
      return line
    }
    return valueRange(input, from: start, isHeader: !isAssigned)
  }

  private static let aroundNames = ByteTable(" \t\"'\\")
  private static let itemMarks = ByteTable("?&;#")
  private static let longestName = 48

  private static func name(_ input: Bytes, before sign: Int) -> Name? {
    var end = sign
    while end > 0, sign - end < 16, aroundNames[input[end - 1]] { end -= 1 }
    var start = end
    while start > 0, end - start < longestName, ByteTable.token[input[start - 1]] { start -= 1 }
    var mark = start > 0 ? input[start - 1] : 0
    // A part of what looks like the name belongs to an escape: `\\n`, `\\u0026`, `%26`.
    if mark == UInt8(ascii: "\\"), start < end {
      let isLong = input[start] == UInt8(ascii: "u") && end - start > 5
      if isLong { mark = input.hexPair(at: start + 3) ?? mark }
      start += isLong ? 5 : 1
    } else if mark == UInt8(ascii: "%"), end - start > 2 {
      mark = input.hexPair(at: start) ?? mark
      start += 2
    }
    guard start < end, SecretNames.mayBeSecret(input[start..<end]) else { return nil }
    let letters = input[start..<end].filter { ByteTable.alphanumerics[$0] }
    return Name(
      letters: String(decoding: letters, as: UTF8.self).lowercased(),
      isItem: itemMarks[mark]
    )
  }

  private static let quotes = ByteTable("\"'")
  private static let blank = ByteTable(" \t")

  /// A value in quotes, which may be escaped, or a bare word; not an object, a list or a number.
  private static func valueRange(_ input: Bytes, from start: Int, isHeader: Bool) -> Range<Int>? {
    let first = input.end(of: blank, from: start)
    let quote = input.end(of: ByteTable("\\"), from: first)
    if quote < input.count, quotes[input[quote]] {
      let end = end(ofQuoted: input, from: quote + 1, depth: quote - first, input[quote])
      return quote + 1..<end
    }
    guard first < input.count, !ByteTable("{[")[input[first]] else { return nil }
    var end = end(ofBare: input, from: first)
    // The kind of a credential stands before it, as in `Authorization: Bearer …`.
    let word = String(decoding: input[first..<end], as: UTF8.self).lowercased()
    if isHeader, ["bearer", "basic", "token", "digest", "negotiate"].contains(word) {
      end = self.end(ofBare: input, from: input.end(of: blank, from: end))
    }
    return ["null", "true", "false"].contains(word) ? nil : first..<end
  }

  private static let lineEnds = ByteTable("\r\n\\\"'")

  /// A header's value to the end of its line, for one that holds several pairs; `nil` where it stands
  /// in quotes.
  private static func line(_ input: Bytes, from start: Int) -> Range<Int>? {
    let first = input.end(of: blank, from: start)
    let end = input.first(of: lineEnds, from: first)
    return end > first ? first..<end : nil
  }

  /// The closing quotation mark has as many backslashes before it as the opening one.
  private static func end(
    ofQuoted input: Bytes,
    from start: Int,
    depth: Int,
    _ quote: UInt8
  )
    -> Int
  {
    var place = start
    while place < input.count {
      let slashes = input.end(of: ByteTable("\\"), from: place)
      guard slashes < input.count else { return input.count }
      if input[slashes] == quote, slashes - place <= depth { return place }
      place = slashes + 1
    }
    return input.count
  }

  private static func end(ofBare input: Bytes, from start: Int) -> Int {
    var place = start
    while place < input.count, !ByteTable.valueEnds[input[place]] {
      if input.holds("%26", at: place) { return place }
      place += 1
    }
    return place
  }

  /// The name and password before an address's host.
  private static func userPart(_ input: Bytes, from start: Int) -> Range<Int>? {
    let end = input.first(of: ByteTable.addressEnds.union(ByteTable("/?#")), from: start)
    return input[start..<end].lastIndex(of: UInt8(ascii: "@")).map { start..<$0 }
  }

  /// How far an address may reach back from its fragment.
  private static let longestAddress = 4096

  /// A fragment that is one long mark, as the keys of shared files are.
  private static func fragment(_ input: Bytes, at place: Int) -> Range<Int>? {
    let end = end(ofBare: input, from: place + 1)
    let text = input[(place + 1)..<end]
    guard text.count >= 16, text.allSatisfy({ ByteTable.token[$0] }),
      text.contains(where: { (0x41...0x5A).contains($0) }),
      text.contains(where: { (0x61...0x7A).contains($0) })
    else { return nil }
    var start = place
    while start > 0, place - start < longestAddress, !ByteTable.addressEnds[input[start - 1]] {
      start -= 1
    }
    let isAddress = input[start..<place].contains(UInt8(ascii: "/"))
    return isAddress ? place + 1..<end : nil
  }
}
