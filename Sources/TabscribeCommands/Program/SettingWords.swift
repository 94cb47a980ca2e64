/// Puts names of settings, as the libraries write them, into the words of the command line.
enum SettingWords {
  /// The text with `--media-resolution` in place of `the setting mediaResolution`.
  static func flags(in text: String) -> String {
    text.replacing(#/[Tt]he setting ([a-z][A-Za-z]*)/#) { match in "--\(kebab(match.1))" }
  }

  private static func kebab(_ name: Substring) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }
}
