import OrderedJSON
import Redacting
import Testing

@Suite struct RedactionTests {
  static let google = "AIzaSyMARKED-0123456789_abcdefghijklmn"
  static let web = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJtYXJrZWQifQ.MARKED-signature_0123"
  static let pem = """
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANMARKEDG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7
    MARKEDabc+/0123456789abcdefghijklmnopqrstuvwxyzABCD==
    -----END PRIVATE KEY-----
    """

  static let pem0: String = pem.replacing("\n", with: "\\n")
  static let pem1: String = pem.replacing("\n", with: "\\\\n")
  static let pem2: String = pem.replacing("\n", with: " ")
  static let pem3: String = pem.replacing("-----END PRIVATE KEY-----", with: "")

  /// Texts in which MARKED stands for what must go, and `KEPT` for what must stay.
  static let secretive: [String] = [
    google, "key=\(google) KEPT", "KEPT/\(google)", "a\\n\(google)", "%3D\(google)",
    "KEPT:\(google),",
    "ya29.MARKEDACCESSTOKEN KEPT", "1//0gMARKED0123456789abcdefg", "GOCSPX-MARKED-12345",
    "AQ.Ab8RMARKED0123456789abcdef", web, "KEPT \(web).", pem,
    pem0, pem1,
    pem2, pem3,
    "KEPT -----BEGIN RSA PRIVATE KEY-----MARKED-----END RSA PRIVATE KEY----- KEPT",
    "Authorization: Bearer MARKEDTOKEN KEPT", "authorization: Basic MARKED==, KEPT",
    "\"Authorization\": \"Bearer MARKED\", \"KEPT\"", "x-goog-api-key: MARKED KEPT",
    "Bearer MARKED-1.2~3+4/5= KEPT", #"{"private_key": "MARKED", "a": "KEPT"}"#,
    #"{"privateKey":"MARKED \"MARKED\" MARKED","a":"KEPT"}"#,
    #"{\"refresh_token\": \"MARKED\", \"a\": \"KEPT\"}"#,
    #"{\\\"client_secret\\\": \\\"MARKED\\\", \\\"a\\\": \\\"KEPT\\\"}"#,
    #"{"access_token": "MARKED"#, "{'id_token': 'MARKED', 'a': 'KEPT'}",
    "grant_type=KEPT&client_secret=MARKED&refresh_token=MARKED&a=KEPT",
    "assertion=MARKED&KEPT", "subject_token=MARKED&KEPT", "GEMINI_API_KEY=MARKED KEPT",
    "GOOGLE_OAUTH_ACCESS_TOKEN=\"MARKED\" KEPT", "password=MARKED;KEPT", "DB_PASSWORD: MARKED KEPT",
    "https://MARKED:MARKED@KEPT.example/", "https://MARKED@KEPT.example:1/KEPT",
    "https://KEPT/?X-Amz-Credential=MARKED&X-Amz-Security-Token=MARKED&X-Amz-Expires=KEPT",
    "https://KEPT/?Policy=MARKED&Signature=MARKED&Key-Pair-Id=MARKED",
    "https://KEPT/?AWSAccessKeyId=MARKED&Expires=KEPT&Signature=MARKED%2F",
    "https://KEPT/?GoogleAccessId=MARKED&X-Goog-Signature=MARKED",
    "https://KEPT/?sv=KEPT&se=KEPT&sig=MARKED%3D", "https://KEPT/?jwt=MARKED#KEPT",
    "https://KEPT/?hdnts=MARKED~acl=/*~hmac=MARKED&KEPT", "https://KEPT/?code=MARKED&hash=MARKED",
    "https://KEPT/#access_token=MARKED&KEPT", "https://KEPT/file/x#aBcMARKEDdefGHI0123",
    #"https:\/\/KEPT\/?sig=MARKED\u0026KEPT"#, #"https://KEPT/?a=KEPT\u0026sig=MARKED"#,
    "https://KEPT/?u=https%3A%2F%2FKEPT%2F%3Fsig%3DMARKED%26KEPT",
  ]

  @Test(arguments: secretive)
  func takesOutWhatGrantsAccess(_ text: String) {
    let shown = Redaction.text(text)
    #expect(!shown.contains("MARKED"), "\(shown)")
    #expect(shown.components(of: "KEPT") == text.components(of: "KEPT"), "\(shown)")
    #expect(Redaction.text(shown) == shown)
  }

  @Test(arguments: [
    "The password was never told.", "favor=recall", "a token: 5 of them", "Bearer of good news",
    "page?pageToken=abc&pageSize=5", "https://youtu.be/dQw4w9WgXcQ?t=30#t=1m", "maxOutputTokens: 8",
    "https://example.org/a#chapter-12-of-the-long-book", "limit: 0, model: gemini-2.5-pro",
    "private_key_id: 1f2e", "xAIzaSyA0123456789abcdefghij", "00:12:34", "eyJ.x.y",
    "{\"key\": \"a\"}",
    "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----", "1//2", "http://a:80/b@c",
  ])
  func leavesWhatGrantsNothing(_ text: String) {
    #expect(Redaction.text(text) == text)
  }

  @Test(arguments: [
    ("Cookie: SID=MARKED1; HSID=MARKED2; x=MARKED3\r\nHost: a", "Cookie: REDACTED\r\nHost: a"),
    ("set-cookie:a=MARKED; Path=/; Secure\nnext", "set-cookie:REDACTED\nnext"),
    (#"{"cookie": "a=MARKED; b=MARKED"}"#, #"{"cookie": "REDACTED"}"#),
    (
      #"said: \"Cookie: a=MARKED; b=MARKED\\r\\nHost: x\""#,
      #"said: \"Cookie: REDACTED\\r\\nHost: x\""#
    ),
  ])
  func allPairsOfACookieGo(_ text: String, _ shown: String) {
    #expect(Redaction.text(text) == shown)
  }

  @Test func whatAPromptSaysIsNoSecretBecauseOfItsName() {
    let text = "Note every password=hunter2 and https://a/?sig=x that is said."
    #expect(Redaction.withoutCredentials(text) == text)
    #expect(!Redaction.withoutCredentials("Use \(Self.google).").contains("MARKED"))
    #expect(!Redaction.withoutCredentials(Self.pem).contains("MARKED"))
  }

  @Test func membersOfDocumentsGoByName() {
    let value: JSONValue = [
      "private_key": "MARKED", "nested": [["accessToken": "MARKED"], "Bearer MARKED-1"],
      "schema": ["password": ["type": "string"]], "text": "see https://a/?sig=KEPT",
    ]
    let shown = Redaction.json(value, sparing: ["text"]).rendered()
    #expect(!shown.contains("MARKED"))
    #expect(shown.contains(#""password":{"type":"string"}"#))
    #expect(shown.contains("sig=KEPT"))
  }

  @Test func signaturesOfAnAddressCanBeLookedForElsewhere() {
    let address = "https://a/?X-Amz-Signature=MARKED-SIGNATURE&X-Amz-Expires=60&sig=short"
    #expect(Redaction.signatures(of: address).map { $0.reveal() } == ["MARKED-SIGNATURE"])
  }

  /// The time is bounded by the length, whatever stands there.
  @Test(.timeLimit(.minutes(1)))
  func longTextsTakeNoLongerThanTheyAre() {
    for unit in [
      "-", "\\", "=", ":", "#a", "?sig=", "-----BEGIN PRIVATE KEY-----", "AIza", "eyJ", "\"",
    ] {
      let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
      #expect(Redaction.text(text).utf8.count <= 2 * text.utf8.count + 16)
    }
  }
}

extension String {
  fileprivate func components(of mark: String) -> Int {
    split(separator: mark, omittingEmptySubsequences: false).count
  }
}
