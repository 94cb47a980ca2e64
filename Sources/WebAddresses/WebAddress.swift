internal import CCurl

/// The parts of an absolute http or https address, as libcurl reads it.
///
/// There is one reading of addresses: what is checked here is what the transport sends to, which
/// is handed ``text``, not what somebody wrote.
public struct WebAddress: Hashable, Sendable {
  /// `http` or `https`.
  public let scheme: String
  /// The host in lower case, brackets of an IPv6 address left out; an IPv4 address in the usual
  /// form of four numbers, however it was written.
  public let host: String
  /// The port, when one is written.
  public let port: Int?
  /// The path with its leading slash.
  public let path: String
  /// The text between `?` and `#`.
  public let query: String?

  /// Reads an address; `nil` when it is not http or https, has no host, or names a user.
  ///
  /// The host may hold nothing but ASCII letters, digits, dots, dashes and underscores, or be an
  /// IPv6 address without a zone. A user name is refused since
  /// `https://real.example@evil.example/` misleads readers.
  public init?(_ text: String) {
    guard Self.hasPlainAuthority(text), let address = CurlAddress(text),
      let scheme = address[CURLUPART_SCHEME], scheme == "https" || scheme == "http",
      address[CURLUPART_ZONEID] == nil, let host = address[CURLUPART_HOST]
    else { return nil }
    self.scheme = scheme
    self.host = host.lowercased().filter { !"[]".contains($0) }
    port = address[CURLUPART_PORT].flatMap { Int($0) }
    path = address[CURLUPART_PATH] ?? "/"
    query = address[CURLUPART_QUERY]
    guard !self.host.isEmpty, port.map({ (1...65_535).contains($0) }) ?? true else { return nil }
  }

  /// Reads an address whose host may hold letters of any script, which become their ASCII form.
  ///
  /// For media that the service fetches, not for places that keys are sent to.
  public init?(international text: String) {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else {
      self.init(text)
      return
    }
    guard let authority = Self.authority(of: text), !Self.holdsControls(text),
      let name = CurlAddress(text)?.punycodeHost
    else { return nil }
    let port = authority.drop { $0 != ":" }
    self.init(text[..<authority.startIndex] + name + port + text[authority.endIndex...])
  }

  /// Whether the part with the host holds only what can be in one, before anything is decoded.
  private static func hasPlainAuthority(_ text: String) -> Bool {
    guard !holdsControls(text), let authority = authority(of: text) else { return false }
    return !authority.isEmpty
      && authority.utf8.allSatisfy { byte in
        let letter = byte | 0x20
        return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(byte)
          || "-._:[]".utf8.contains(byte)
      }
  }

  /// What stands between the slashes and the path, the query or the fragment.
  private static func authority(of text: String) -> Substring? {
    guard let mark = text.firstRange(of: "://") else { return nil }
    return text[mark.upperBound...].prefix { !"/?#".contains($0) }
  }

  /// A zero would end the text for C; blanks and controls are in no address.
  private static func holdsControls(_ text: String) -> Bool {
    text.utf8.contains { $0 <= 0x20 || $0 == 0x7F }
  }

  /// The scheme, host and port.
  public var origin: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
  }

  /// The address as text, without a fragment.
  public var text: String { origin + path + (query.map { "?\($0)" } ?? "") }

  /// Whether the host is this machine, by a name or number that cannot mean another.
  public var isLoopback: Bool {
    host == "localhost" || host == "::1" || host.hasSuffix(".localhost") || isLoopbackNumber
  }

  private var isLoopbackNumber: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
  }

  /// Whether what is sent there cannot be read on the way: https, or plain http to this machine.
  public var isProtected: Bool { scheme == "https" || isLoopback }

  /// The decoded query items in order; an item without `=` has an empty value.
  public var queryItems: [(name: String, value: String)] {
    (query ?? "").split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? PercentEncoding.decoded(parts[1]) : ""
      return (PercentEncoding.decoded(parts[0]), value)
    }
  }

  /// The value of the first query item of a name.
  public func queryItem(_ name: String) -> String? {
    queryItems.first { $0.name == name }?.value
  }
}
