/// Reads `.env` files: `NAME=value` lines, comments, quotes, and `export` in front.
public enum DotEnv {
  /// The values by name; of equal names the first stays, as shells and dotenv tools have it.
  public static func parse(_ text: String) -> [String: String] {
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let (name, value) = entry(line), values[name] == nil else { continue }
      values[name] = value
    }
    return values
  }

  private static func entry(_ line: Substring) -> (String, String)? {
    var line = trimmed(line)
    if line.hasPrefix("export ") { line = trimmed(line.dropFirst(7)) }
    guard line.first != "#", let equals = line.firstIndex(of: "=") else { return nil }
    let name = trimmed(line[..<equals])
    guard !name.isEmpty,
      name.allSatisfy({ $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
    return (String(name), value(trimmed(line[line.index(after: equals)...])))
  }

  private static func value(_ text: Substring) -> String {
    if let quote = text.first, quote == "\"" || quote == "'" {
      let inner = text.dropFirst()
      if let end = inner.firstIndex(of: quote) { return String(inner[..<end]) }
    }
    guard let comment = text.firstRange(of: " #") else { return String(text) }
    return String(trimmed(text[..<comment.lowerBound]))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
