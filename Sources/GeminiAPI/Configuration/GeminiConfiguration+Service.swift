extension GeminiConfiguration {
  /// Whether it is Google's own service, at one of its addresses.
  public var isGoogles: Bool {
    guard !isReplay, let host = WebAddress(baseURL)?.host else { return false }
    return host == "googleapis.com" || host.hasSuffix(".googleapis.com")
  }

  /// Whether what is asked for is billed: not by this machine, which only stands in for the service,
  /// and not by a recording.
  public var isBilled: Bool { !isReplay && WebAddress(baseURL)?.isLoopback != true }
}
