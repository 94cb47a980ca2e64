import Testing
import WebAddresses

@Suite struct WebAddressTests {
  @Test(arguments: [
    "http://127.0.0.1\\@evil.example:18099", "http://x\\@127.0.0.2:18099/steal",
    "https://evil.example\\.127.0.0.1/", "http://127.0.0.1\\.evil.example",
    "http://user@evil.example", "http://user:pw@evil.example", "http://:@evil.example",
    "http://127.0.0.1:80@evil.example", "http://[::1]@evil.example", "http://@127.0.0.1",
    "http://127.0.0.1%2f@evil.example", "http://127.0.0.1%00.evil.example",
    "http://127.0.0.1%5c.evil.example", "http://%31%32%37.0.0.1/", "http://127.0.0.1\0.evil/",
    "http://127.0.0.1\t.evil.example", "http://127.0.0.1\n.evil.example", "http://a b/",
    " http://127.0.0.1", "http://127.0.0.1/a\rb", "http://[::1", "http://[::1]x",
    "http://[::1%25lo]/",
    "http://127。0。0。1/", "http://127.0.0.1。evil.example/", "http://ⅼocalhost/", "http://é.example",
    "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:80:90", "http://127.0.0.1:x",
    "http://127.0.0.1:-1", "http://127.0.0.1;evil.example/", "http://127.0.0.1,evil.example/",
    "http:/127.0.0.1", "http:127.0.0.1", "http:///127.0.0.1", "http://", "http://?a", "//127.0.0.1",
    "ftp://127.0.0.1", "file:///etc/passwd", "javascript://x", "127.0.0.1", "", "://", "http",
  ])
  func refuses(_ text: String) {
    #expect(WebAddress(text) == nil, "\(WebAddress(text)?.text ?? "")")
  }

  /// What was written, the origin that is sent to, and whether that is this machine.
  @Test(arguments: [
    ("http://127.0.0.1:8080/", "http://127.0.0.1:8080", true),
    ("http://127.1", "http://127.0.0.1", true), ("http://0x7f.1", "http://127.0.0.1", true),
    ("http://2130706433/a", "http://127.0.0.1", true),
    ("http://0177.0.0.1", "http://127.0.0.1", true),
    ("http://0x7f000001:80", "http://127.0.0.1:80", true),
    ("HTTP://LocalHost/", "http://localhost", true),
    ("http://a.localhost", "http://a.localhost", true),
    ("http://[::1]:80/v1", "http://[::1]:80", true),
    ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]", true),
    ("http://127.0.0.1.", "http://127.0.0.1.", false),
    ("http://localhost.", "http://localhost.", false),
    ("http://localhost.evil.example", "http://localhost.evil.example", false),
    ("http://127.0.0.1.evil.example", "http://127.0.0.1.evil.example", false),
    ("http://notlocalhost", "http://notlocalhost", false),
    ("http://0.0.0.0", "http://0.0.0.0", false),
    ("http://128.1", "http://128.0.0.1", false), ("http://[::2]", "http://[::2]", false),
    ("http://127.0.0.1#@evil.example", "http://127.0.0.1", true),
    ("http://127.0.0.1?@evil.example", "http://127.0.0.1", true),
    ("http://127.0.0.1/@evil.example", "http://127.0.0.1", true),
    ("https://evil.example#@127.0.0.1", "https://evil.example", false),
    ("https://evil.example?@127.0.0.1", "https://evil.example", false),
    ("https://evil.example/\\@127.0.0.1", "https://evil.example", false),
  ])
  func readsWhereItLeads(_ text: String, _ origin: String, _ isLoopback: Bool) throws {
    let address = try #require(WebAddress(text))
    #expect(address.origin == origin)
    #expect(address.isLoopback == isLoopback)
    // What is handed on reads the same again.
    #expect(WebAddress(address.text) == address)
  }

  @Test func keepsPathAndQueryAsTheyAreWritten() throws {
    let address = try #require(WebAddress("https://A.example:443/a/../b%2F?x=1%20+&y&=z#f"))
    #expect(address.text == "https://a.example:443/a/../b%2F?x=1%20+&y&=z")
    #expect(address.queryItem("x") == "1  ")
    #expect(address.queryItems.map(\.name) == ["x", "y", ""])
    #expect(WebAddress("https://a.example")?.path == "/")
  }

  @Test(arguments: [
    ("https://bücher.example:8443/ä?b", "https://xn--bcher-kva.example:8443/ä?b"),
    ("https://example.org/vidéo.mp4", "https://example.org/vidéo.mp4"),
    ("https://例え.テスト/a", "https://xn--r8jz45g.xn--zckzah/a"),
  ])
  func namesInOtherScriptsBecomeAscii(_ text: String, _ ascii: String) {
    #expect(WebAddress(international: text)?.text == ascii)
  }

  @Test(arguments: [
    "https://é@evil.example", "https://é\\@evil.example/", "https://é%00/", "https://é /",
    "ftp://é.example", "https://é.example:99999/", "é",
  ])
  func namesInOtherScriptsAreCheckedToo(_ text: String) {
    #expect(WebAddress(international: text) == nil)
  }

  @Test func encodesAndDecodes() {
    #expect(PercentEncoding.encoded("a b/é~-._") == "a%20b%2F%C3%A9~-._")
    #expect(PercentEncoding.encoded("") == "")
    #expect(PercentEncoding.decoded("") == "")
    #expect(PercentEncoding.decoded("a+b%20%C3%A9%zz%2") == "a b é%zz%2")
    #expect(PercentEncoding.decoded("a%00b") == "a\0b")
    #expect(PercentEncoding.decoded("%ff") == "\u{FFFD}")
    #expect(PercentEncoding.query([("a b", "c&d"), ("e", "")]) == "a%20b=c%26d&e=")
  }
}
