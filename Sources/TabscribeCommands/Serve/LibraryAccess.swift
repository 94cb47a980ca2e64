internal import LoopbackHTTP
internal import OrderedJSON

/// Who may do what with a library that is served.
struct LibraryAccess: Hashable {
  /// The origin that a reverse proxy serves the library as; `nil` where only this machine reaches it.
  var site: String?
  /// The field in which the proxy names the user of each request; every one needs it.
  var userHeader: String?
  /// Whether pages may add corrections, and take back what their user added.
  var takesCorrections = true

  /// The most letters of a user's name.
  private static let longestName = 200

  /// The user whom the proxy names; `nil` where none is to be named, or none is.
  func user(_ head: RequestHead) -> String? {
    guard let userHeader else { return nil }
    // Two fields would leave open which of them the proxy wrote.
    let named = head.headers.all(userHeader)
    guard named.count == 1, let name = named.first, !name.isEmpty,
      name.count <= Self.longestName,
      !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return nil }
    return name
  }

  /// Why a request is not answered, if it is not.
  func refusal(of head: RequestHead) -> HTTPReply? {
    if userHeader != nil, user(head) == nil {
      return Self.refusal(
        "This request names no user. Ask for the page through the site's own address."
      )
    }
    // A page of another site may lead here, but take nothing from here into itself.
    if site != nil, head.headers["Sec-Fetch-Site"] == "cross-site",
      head.headers["Sec-Fetch-Mode"] != "navigate"
    {
      return Self.refusal("This server answers no pages of other sites.")
    }
    return nil
  }

  /// The answer to corrections where none are taken.
  static let readingOnly = refusal("This library is for reading only.")

  private static func refusal(_ message: String) -> HTTPReply {
    .json(["error": .string(message)], status: 403)
  }
}
