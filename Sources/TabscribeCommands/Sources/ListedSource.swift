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
}

/// What a command line names as a source: one medium.
struct NamedSource: Hashable {
  /// The source: an address, or a path.
  let spelling: String
  /// Where it stands, when in a list.
  var entry: ListedSource?
}
