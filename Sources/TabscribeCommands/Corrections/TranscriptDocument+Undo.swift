internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

extension TranscriptDocument {
  /// The document without the corrections of some ids.
  ///
  /// - Throws: When an id is unknown, or when other corrections build on what would be taken back.
  func takingBack(_ ids: [String]) throws(CommandError) -> TranscriptDocument {
    try takingBack(at: positions(ofCorrections: ids))
  }

  /// The document without the corrections at some positions.
  ///
  /// - Throws: When other corrections build on what would be taken back.
  func takingBack(at positions: Set<Int>) throws(CommandError) -> TranscriptDocument {
    var rest = self
    rest.corrections = corrections.enumerated()
      .filter { !positions.contains($0.offset) }.map(\.element)
    // What applied before must still apply.
    let before = Set(corrected.problems.map(\.id))
    let broken = rest.corrected.problems.compactMap(\.id).filter { !before.contains($0) }
    guard broken.isEmpty else {
      let names = SafeText.line(broken.joined(separator: " "))
      throw CommandError(
        "Other corrections build on what would be taken back: \(names).",
        remedy: "Take them back as well; nothing was changed.",
        details: ["corrections": .array(broken.map { .string($0) })]
      )
    }
    return rest
  }

  /// Where the corrections of some ids stand.
  func positions(ofCorrections ids: [String]) throws(CommandError) -> Set<Int> {
    var positions: Set<Int> = []
    for id in ids {
      let named = corrections.indices.filter { corrections[$0]["id"]?.string == id }
      guard !named.isEmpty else {
        throw CommandError(
          "There is no correction \(SafeText.quoted(id)).",
          remedy: "tabscribe correct list shows the ids."
        )
      }
      positions.formUnion(named)
    }
    return positions
  }
}
