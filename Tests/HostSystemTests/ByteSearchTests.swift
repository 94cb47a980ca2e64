import Testing

@testable import HostSystem

@Suite struct ByteSearchTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("a", "a", true), ("ab", "abc", false), ("xxab", "ab", true),
    ("aab", "ab", true), ("abaabab", "abab", true), ("ababac", "abac", true), ("aaaa", "b", false),
    ("run \"20261128T1\" here", "\"20261128T1\"", true),
    ("run \"20261128T10\" here", "\"20261128T1\"", false), ("日本語の会議", "会議", true),
  ])
  func wordsAreFoundWhereTheyAre(_ text: String, _ words: String, _ isThere: Bool) {
    #expect(ByteSearch(Array(words.utf8)).isIn(Array(text.utf8)) == isThere)
  }

  /// Few letters make for many near misses.
  @Test func itAgreesWithThePlainSearch() {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let bytes = (0..<40).map { _ in UInt8.random(in: 0..<3, using: &numbers) }
      let words = (0..<Int.random(in: 1...5, using: &numbers)).map { _ in
        UInt8.random(in: 0..<3, using: &numbers)
      }
      #expect(ByteSearch(words).isIn(bytes) == (bytes.firstRange(of: words) != nil))
    }
  }
}
