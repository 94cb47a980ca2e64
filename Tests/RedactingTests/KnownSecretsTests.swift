import Redacting
import Testing

@Suite struct KnownSecretsTests {
  static let key = "MARKED/key+5f0c91="

  @Test(arguments: [
    key, "a\(key)b", "MARKED\\/key+5f0c91=", "MARKED\\\\/key\\u002b5f0c91\\u003d",
    "\\u004dARKED/key+5f0c91=", "MARKED%2Fkey%2B5f0c91%3d", "%4DARKED/key+5f0c91=",
    "MARKED/k\ney+5f0c91=", "MARKED/k\r\n   ey+5f0c91=", "MARKED/k\\n\\ney+5f0c91=",
    "MARKED/k\\\\r\\\\ney+5f0c91=", "MMARKED/key+5f0c91=", "\\\\MARKED/key+5f0c91=",
  ])
  func areFoundInEveryForm(_ text: String) {
    let secrets = KnownSecrets([Secret(Self.key)])
    for shown in [
      secrets.redacting(text), secrets.redacting(message: text),
      String(decoding: secrets.redacting(Array(text.utf8)), as: UTF8.self),
    ] {
      #expect(shown.contains("REDACTED"), "\(shown)")
      #expect(!shown.contains("5f0c91"), "\(shown)")
    }
  }

  @Test(arguments: ["MARKED", "MARKED/key+5f0c91", "MARKED/key-5f0c91=", "MARKED/k ey+5f0c91="])
  func whatIsAnotherTextStays(_ text: String) {
    #expect(KnownSecrets([Secret(Self.key)]).redacting(text) == text)
  }

  @Test func wordsOfALanguageAreTakenOutOfMessagesOnly() {
    let secrets = KnownSecrets([Secret("anything"), Secret("abc"), Secret("")])
    #expect(secrets.redacting("anything abc") == "anything abc")
    #expect(secrets.redacting(message: "anything abc") == "REDACTED abc")
  }

  @Test(arguments: [RedactionTests.pem, RedactionTests.pem.replacing("\n", with: "\\n")])
  func privateKeysAreFoundLineByLine(_ key: String) {
    let secrets = KnownSecrets([Secret(key)])
    let lines = RedactionTests.pem.split(separator: "\n")
    for text in [
      lines.joined(separator: "\n"), lines[1...2].joined(), lines[1...2].joined(separator: " "),
      lines.joined(separator: "\\n"), lines.joined(separator: "\\\\n"), "x \(lines[2]) y",
    ] {
      #expect(!secrets.redacting(text).contains("MARKED"), "\(secrets.redacting(text))")
    }
  }

  @Test func aSecretThatComesInPiecesIsFound() {
    let secrets = KnownSecrets([Secret(Self.key), Secret("MARKED-other-99")])
    let text = "MARK a MARKED/key+5f\\n0c91= b MARKED-other-99MARKED/k é MARKED"
    let expected = secrets.redacting(text)
    #expect(expected == "MARK a REDACTED b REDACTEDMARKED/k é MARKED")
    let bytes = Array(text.utf8)
    for size in 1...bytes.count {
      var filter = SecretFilter(secrets)
      var shown: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        shown += filter.feed(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      shown += filter.finish()
      #expect(String(decoding: shown, as: UTF8.self) == expected, "pieces of \(size)")
    }
  }

  @Test func nothingIsHeldBackForLong() {
    var filter = SecretFilter(KnownSecrets([Secret("MARKED-long-key-0123456789")]))
    var shown = filter.feed(Array("MARKED-long".utf8)).count
    let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 10)
    for _ in 0..<64 { shown += filter.feed(blanks).count }
    #expect(shown > 60 << 10)
    var slashes = SecretFilter(KnownSecrets([Secret(Self.key)]))
    shown = slashes.feed([UInt8](repeating: UInt8(ascii: "\\"), count: 1 << 16)).count
    #expect(shown > 60 << 10)
  }

  @Test func withoutSecretsNothingChanges() {
    var filter = SecretFilter(KnownSecrets())
    #expect(filter.feed("abc") == "abc")
    #expect((filter.finish() as [UInt8]).isEmpty)
  }
}
