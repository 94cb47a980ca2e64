/// A source of a list, with the settings the list gives for it alone.
struct ListedSource: Hashable {
  /// The list, as the user wrote it.
  let list: String
  /// The line of the list, from 1.
  let line: Int
  /// The source, as the list has it.
  let source: String
  /// The texts given for options, by long name.
  let values: [String: [String]]

  /// What a list may say of a source beside options.
  enum Fact: String, CaseIterable {
    /// What the recording is called.
    case title
    /// The language spoken, as a tag.
    case language
  }

  /// What the list says of the source.
  func fact(_ fact: Fact) -> String? { values[fact.rawValue]?.last }
}

/// What a command line names as a source: one medium.
struct NamedSource: Hashable {
  /// The source: an address, or a path.
  let spelling: String
  /// Where it stands, when in a list.
  var entry: ListedSource?
  /// The folder it lies in as seen from the folder that was named; empty for that folder itself and
  /// for what was named by itself.
  var folder = ""
}

/// What a command line names: what there is, and what there is not.
struct NamedSources {
  /// The media, in order.
  var sources: [NamedSource] = []
  /// What could not be found.
  var refused: [RefusedSource] = []
}

/// A source that nothing can be asked about, which does not stop the others.
struct RefusedSource: Sendable {
  /// The source as the user wrote it.
  let source: String
  /// Why, and what helps.
  let error: any Error
}
