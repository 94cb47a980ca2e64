/// The parts of an absolute http or https address.
public struct WebAddress: Hashable, Sendable {
  /// `http` or `https`.
  public let scheme: String
  /// The host in lower case, brackets of an IPv6 address left out.
  public let host: String
  /// The port, when one is written.
  public let port: Int?
  /// The path with its leading slash; empty when there is none.
  public var path: String
  /// The text between `?` and `#`.
  public var query: String?

  /// Reads an address; `nil` when it is not http or https, has no host, or names a user.
  ///
  /// A user name is refused since `https://real.example@evil.example/` misleads readers.
  public init?(_ text: String) {
    guard let colon = text.firstRange(of: "://"),
      !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
    else { return nil }
    scheme = text[..<colon.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = text[colon.upperBound...].prefix { $0 != "#" }
    let authority = rest.prefix { !"/?\\".contains($0) }
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    self.host = host
    self.port = port
    let tail = rest[authority.endIndex...]
    let mark = tail.firstIndex(of: "?")
    path = String(tail[..<(mark ?? tail.endIndex)])
    query = mark.map { String(tail[tail.index(after: $0)...]) }
  }

  private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
    guard !authority.contains("@") else { return nil }
    var host = authority
    var port: Int?
    let close = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[close...].lastIndex(of: ":") {
      let digits = authority[authority.index(after: colon)...]
      if !digits.isEmpty {
        guard let number = Int(digits), (1...65_535).contains(number) else { return nil }
        port = number
      }
      host = authority[..<colon]
    }
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    return host.isEmpty ? nil : (host.lowercased(), port)
  }

  /// The scheme, host and port.
  public var origin: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
  }

  /// The address as text.
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
