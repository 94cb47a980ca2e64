internal import LoopbackHTTP
internal import PlainText

/// Tells the requests of a server's own pages from those of others in the same browser.
///
/// A page of another site can send requests here, but can neither read the token from ours nor
/// claim to come from here.
struct SaveToken: Hashable {
  /// 256 random bits in hexadecimal.
  let text: String

  /// The field that carries it.
  static let field = "X-Tabscribe-Token"

  /// A new one.
  init() {
    let words = (0..<4).map { _ in UInt64.random(in: .min ... .max) }
    text = words.map(NumberText.hexadecimal).joined()
  }

  /// Whether a request has the token and comes from a page of the site, or of the very host it was sent to.
  ///
  /// - Parameters:
  ///   - type: What the body has to be.
  ///   - site: The origin that a proxy serves the pages as, if one does.
  func allows(
    _ head: RequestHead,
    type: String = "application/json",
    site: String? = nil
  ) -> Bool {
    guard let host = head.headers["Host"],
      head.headers["Origin"] == site ?? "http://\(host)",
      head.headers["Sec-Fetch-Site"] ?? "same-origin" == "same-origin",
      head.headers["Content-Type"]?.hasPrefix(type) == true,
      let given = head.headers[Self.field]
    else { return false }
    return isSame(as: given)
  }

  /// Takes the same time wherever the first difference is.
  private func isSame(as given: String) -> Bool {
    guard given.utf8.count == text.utf8.count else { return false }
    return zip(given.utf8, text.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  static let refusal = HTTPReply.json(
    Array(
      "{\"error\": \"This server takes that from its own pages only; load the page anew.\"}\n"
        .utf8
    ),
    status: 403
  )
}
