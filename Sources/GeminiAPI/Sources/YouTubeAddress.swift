/// Finds the video that a YouTube address of any shape names.
enum YouTubeAddress {
  /// The id of the video; `nil` when the text is no YouTube address or names no video.
  static func videoID(in text: String) -> String? {
    // Lists of addresses are pasted too; the last one that names a video counts.
    text.split(separator: ",").reversed().lazy.compactMap { id(in: $0) }.first
  }

  /// Whether the text is an address at YouTube, of a video or of something else.
  static func isYouTube(_ text: String) -> Bool { address(text[...]) != nil }

  /// Whether an id is of the form that YouTube gives: eleven letters, digits, dashes, underscores.
  static func isWellFormed(_ id: String) -> Bool { id.count == 11 && id.allSatisfy(isOfID) }

  private struct Address {
    let host: String
    let path: [Substring]
    let query: Substring
    let fragment: Substring
  }

  private static func id(in text: Substring) -> String? {
    guard let address = address(text) else { return nil }
    if isShort(address.host) { return address.path.first.flatMap(clean) }
    return idInQuery(address) ?? idInPath(address) ?? idInFragment(address)
  }

  private static func idInQuery(_ address: Address) -> String? {
    for item in address.query.split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "v", "vi": return clean(parts[1])
      case "u" where address.path.first == "attribution_link":
        return id(in: "youtube.com" + PercentEncoding.decoded(parts[1]))
      case "continue" where address.host.hasPrefix("consent."):
        return id(in: Substring(PercentEncoding.decoded(parts[1])))
      default: continue
      }
    }
    return nil
  }

  private static let folders: Set<Substring> = ["v", "vi", "e", "embed", "shorts", "live", "watch"]

  private static func idInPath(_ address: Address) -> String? {
    let isStudio = address.host.hasPrefix("studio.") && address.path.first == "video"
    guard address.path.count > 1, isStudio || folders.contains(address.path[0]) else { return nil }
    let name = address.path[1]
    return name.contains("=") && !name.contains("&") ? nil : clean(name)
  }

  /// Old channel pages play the video their fragment ends with: `#p/u/1/ID`; old pages for phones
  /// have the whole address in it: `#/watch?v=ID`.
  private static func idInFragment(_ address: Address) -> String? {
    if address.fragment.hasPrefix("/") { return id(in: "youtube.com" + address.fragment) }
    guard address.fragment.hasPrefix("p/") else { return nil }
    return address.fragment.split(separator: "/").last.flatMap(clean)
  }

  private static func address(_ text: Substring) -> Address? {
    var rest = text.drop { $0.isWhitespace || "'\"<".contains($0) }
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    var host = authority.prefix { $0 != ":" }.lowercased()
    while host.hasSuffix(".") { host.removeLast() }
    guard isYouTubeHost(host) else { return nil }
    rest = rest[authority.endIndex...]
    let path = rest.prefix { !"?#".contains($0) }
    rest = rest[path.endIndex...]
    let query = rest.first == "?" ? rest.dropFirst().prefix { $0 != "#" } : ""
    let fragment = rest.drop { $0 != "#" }.dropFirst()
    return Address(host: host, path: path.split(separator: "/"), query: query, fragment: fragment)
  }

  private static func isShort(_ host: String) -> Bool {
    ["youtu.be", "www.youtu.be", "m.youtu.be"].contains(host)
  }

  private static func isYouTubeHost(_ host: String) -> Bool {
    if isShort(host) || host == "youtube.googleapis.com" { return true }
    let labels = host.split(separator: ".")
    guard let site = labels.firstIndex(where: { $0 == "youtube" || $0 == "youtube-nocookie" })
    else { return false }
    return site <= 1 && isDomain(labels[(site + 1)...])
  }

  /// Whether what stands behind the site's name is a domain of it: `com`, a country's, or both, as in
  /// youtube.com.br and youtube.co.uk; nothing else may follow, as in youtube.com.evil.example.
  private static func isDomain(_ labels: ArraySlice<Substring>) -> Bool {
    guard let first = labels.first, labels.count <= 2 else { return false }
    let countries = first == "com" || first == "co" ? labels.dropFirst() : labels
    return countries.count <= 1 && countries.allSatisfy { $0.count == 2 }
      && (first != "co" || countries.count == 1)
  }

  /// The second at which an address asks to begin: `t=90`, `t=1m30s`, `start=90`; `nil` without.
  static func start(in text: String) -> Int? {
    guard let address = address(text[...]) else { return nil }
    let items = (address.query.split(separator: "&") + address.fragment.split(separator: "&"))
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, ["t", "start", "time_continue"].contains(parts[0]) else { continue }
      if let seconds = seconds(parts[1]), seconds > 0 { return seconds }
    }
    return nil
  }

  /// The longest video of YouTube is 12 hours; a day bounds what a number may say.
  private static let longest = 86_400

  private static func seconds(_ text: Substring) -> Int? {
    guard let match = text.wholeMatch(of: /(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?/) else {
      return nil
    }
    let (_, hours, minutes, seconds) = match.output
    let total = [hours, minutes, seconds].map { $0.flatMap { Int($0) } ?? 0 }
    return min(longest, total[0] * 3600 + total[1] * 60 + total[2])
  }

  /// The id at the start of a text, and not what was pasted right behind it.
  private static func clean(_ text: Substring) -> String? {
    var id = text.prefix(while: isOfID)
    for glued in ["https", "http"] where id.count > 11 && id.hasSuffix(glued) {
      id = id.dropLast(glued.count)
    }
    return id.isEmpty ? nil : String(id)
  }

  private static func isOfID(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
  }
}
