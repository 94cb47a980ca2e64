internal import CommandLineInterface
internal import EmbeddedLibrary
internal import OrderedJSON
internal import PlainText
internal import TranscriptionRuns

extension LibraryLookup {
  /// The names of the built-in files, for completions.
  static func embeddedNames(_ kind: Kind) -> [String] {
    kind.embedded.files.map(\.name)
      .filter { $0.hasSuffix(kind.ending) && !$0.hasPrefix("_") }
      .map { String($0.dropLast(kind.ending.count)) }
  }
}

extension LibraryLookup.Item {
  /// Which file won, and over which others.
  var explanation: String {
    let others = hidden.map(\.description).joined(separator: ", ")
    return "\(SafeText.line(name)): \(origin.description)"
      + (hidden.isEmpty ? "" : " (hides \(others))")
  }

  /// The name and the place as members of a JSON object; a path of `null` means built in.
  var jsonDescription: JSONObject {
    ["name": .string(name), "path": origin.json, "hides": .array(hidden.map(\.json))]
  }
}
