extension GeminiConfiguration {
  /// Whether it is Google's own service, at one of its addresses.
  public var isGoogles: Bool {
    guard !isReplay, let host = WebAddress(baseURL)?.host else { return false }
    return host == "googleapis.com" || host.hasSuffix(".googleapis.com")
  }
}
