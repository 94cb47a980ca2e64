internal import PlainText
package import TranscriptFormats
package import TranscriptModel

/// The table of a transcript with its rows in other words, found by what a person calls it.
package struct Wording {
  /// What was asked for: a name of a table or the end of one; `nil` for the only one there is.
  package let name: String?
  /// What messages call the transcript.
  package let spelling: String

  /// The name of the table.
  ///
  /// - Throws: `Refusal` of the kind `usage`, where there is none, or more than one.
  package func table(in document: TranscriptDocument) throws(Refusal) -> String {
    let names = document.allTables.filter(\.isWording).map(\.name)
    let wanted = name.map(Derivation.word)
    let found =
      wanted.map { wanted in
        names.filter { $0 == wanted || $0.hasSuffix("-" + wanted) }
      } ?? names
    if found.count == 1 { return found[0] }
    let list = names.map { SafeText.line($0) }.joined(separator: ", ")
    guard !names.isEmpty else {
      throw .usage(
        "\(SafeText.quoted(spelling)) has no translation.",
        remedy: "tabscribe derive translate makes one: give the setting param as to=LANGUAGE."
      )
    }
    throw .usage(
      found.isEmpty
        ? "\(SafeText.quoted(spelling)) has no translation \(SafeText.quoted(name ?? ""))."
        : "\(SafeText.quoted(spelling)) has several translations.",
      remedy: "Give the setting translation as one of \(list)."
    )
  }
}

extension TranscriptOperand {
  /// The options with the name of the table that its rows take other words from, where that is asked for.
  ///
  /// - Throws: `Refusal` of the kind `usage`, where it has no such table.
  package func options(_ options: FormatOptions) throws(Refusal) -> FormatOptions {
    guard options.wording != nil || options.isBilingual else { return options }
    var options = options
    options.wording = try Wording(name: options.wording, spelling: spelling).table(in: document)
    return options
  }
}
