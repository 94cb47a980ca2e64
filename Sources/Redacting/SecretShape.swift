/// Secrets that are known by their form, wherever they stand.
enum SecretShape {
  static let triggers = ByteTable("AyG1e-Bb")

  /// Where a secret ends that begins at a place; `nil` when none does.
  static func end(_ input: Bytes, at place: Int) -> Int? {
    switch input[place] {
    case UInt8(ascii: "-"): return privateKeyEnd(input, at: place)
    case UInt8(ascii: "B"), UInt8(ascii: "b"): return bearerEnd(input, at: place)
    default:
      guard isStart(input, place) else { return nil }
      if input.holds("eyJ", at: place) { return webTokenEnd(input, at: place) }
      return prefixed.lazy.compactMap { $0.end(input, at: place) }.first
    }
  }

  /// A fixed beginning and how many bytes of a kind follow at least.
  private struct Prefixed {
    let prefix: StaticString
    let least: Int
    var kind = ByteTable.token

    func end(_ input: Bytes, at place: Int) -> Int? {
      guard input.holds(prefix, at: place) else { return nil }
      let start = place + prefix.utf8CodeUnitCount
      let end = input.end(of: kind, from: start)
      return end - start >= least ? end : nil
    }
  }

  /// Google's keys, access tokens, refresh tokens and client secrets, and Amazon's key ids, by the
  /// patterns that secret scanners publish (GitHub, gitleaks; read 2026-11), the lengths a little
  /// shorter since texts are cut.
  private static let prefixed = [
    Prefixed(prefix: "AIza", least: 16),
    Prefixed(prefix: "AQ.", least: 20),
    Prefixed(prefix: "ya29.", least: 8, kind: .token.union(ByteTable("."))),
    Prefixed(prefix: "1//", least: 20),
    Prefixed(prefix: "GOCSPX-", least: 10),
    Prefixed(prefix: "AKIA", least: 16),
  ]

  /// A beginning in the middle of a word, as in data in base64, is none.
  private static func isStart(_ input: Bytes, _ place: Int) -> Bool {
    guard place > 0, ByteTable.alphanumerics[input[place - 1]] else { return true }
    // The letter before belongs to an escape, of JSON or of an address.
    if place > 1, input[place - 2] == UInt8(ascii: "\\") { return true }
    if place > 5, input.holds("\\u00", at: place - 6) { return true }
    return place > 2 && input[place - 3] == UInt8(ascii: "%")
  }

  /// The most bytes of one part of a signed token; those in use have a few hundred.
  private static let longestPart = 16 << 10

  /// Three parts with dots between them, the first of which is an object in base64.
  private static func webTokenEnd(_ input: Bytes, at place: Int) -> Int? {
    var end = place
    for part in 0..<3 {
      let next = input.end(of: .token, from: end, atMost: longestPart)
      guard next - end >= 8 || part == 2 else { return nil }
      guard part < 2 else { return next }
      guard next < input.count, input[next] == UInt8(ascii: ".") else { return nil }
      end = next + 1
    }
    return nil
  }

  /// What stands behind `Bearer `, when it can be no word.
  private static func bearerEnd(_ input: Bytes, at place: Int) -> Int? {
    guard input.holds("Bearer ", at: place) || input.holds("bearer ", at: place) else { return nil }
    let start = place + 7
    let end = input.end(of: .bearer, from: start)
    return KnownText.isDistinctive(input[start..<end]) ? end : nil
  }

  /// The most bytes of a private key that are looked through for its end.
  private static let longestKey = 32 << 10

  /// A private key between its marks, or as much of it as is there.
  private static func privateKeyEnd(_ input: Bytes, at place: Int) -> Int? {
    guard input.holds("-----BEGIN ", at: place) else { return nil }
    let title = input.first(of: dash, from: place + 11, atMost: longestTitle)
    guard input.holds("PRIVATE KEY", at: title - 11) else { return nil }
    let body = min(title + 5, input.count)
    var mark = body
    let limit = min(input.count, place + longestKey)
    while mark < limit {
      mark = input.first(of: dash, from: mark)
      if input.holds("-----END ", at: mark) {
        let end = input.first(of: dash, from: mark + 9, atMost: longestTitle)
        return input.end(of: dash, from: end, atMost: 5)
      }
      // Another key begins before this one has ended.
      if input.holds("-----BEGIN ", at: mark) { break }
      mark += 1
    }
    return input.end(of: keyBody, from: body)
  }

  private static let dash = ByteTable("-")
  /// `RSA PRIVATE KEY` and its like have at most a few words.
  private static let longestTitle = 64
  private static let keyBody = ByteTable.alphanumerics.union(ByteTable("+/=\\ \t\r\n"))
}
