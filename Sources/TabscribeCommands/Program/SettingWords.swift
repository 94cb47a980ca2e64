/// Puts names of settings, as the libraries write them, into the words of the command line.
enum SettingWords {
  /// The text with `--media-resolution` in place of `the setting mediaResolution`, and with
  /// `another --output-dir` in place of `another setting outputDir`.
  static func flags(in text: String) -> String {
    text.replacing(#/(?:[Tt]he |(another ))setting ([a-z][A-Za-z]*)/#) { match in
      "\(match.1 ?? "")--\(kebab(match.2))"
    }
  }

  private static func kebab(_ name: Substring) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }
}
