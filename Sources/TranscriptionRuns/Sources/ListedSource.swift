/// A source of a list, with the settings the list gives for it alone.
package struct ListedSource: Hashable {
  /// The list, as the user wrote it.
  package let list: String
  /// The line of the list, from 1.
  package let line: Int
  /// The source, as the list has it.
  package let source: String
  /// The texts given for options, by long name.
  package let values: [String: [String]]

  /// What a list may say of a source beside options.
  package enum Fact: String, CaseIterable {
    /// What the recording is called.
    case title
    /// The language spoken, as a tag.
    case language
  }

  /// What the list says of the source.
  package func fact(_ fact: Fact) -> String? { values[fact.rawValue]?.last }
}

/// What a command line names as a source: one medium.
package struct NamedSource: Hashable {
  /// The source: an address, or a path.
  package let spelling: String
  /// Where it stands, when in a list.
  package var entry: ListedSource?
  /// The folder it lies in as seen from the folder that was named; empty for that folder itself and
  /// for what was named by itself.
  package var folder = ""
}

/// What a command line names: what there is, and what there is not.
package struct NamedSources {
  /// The media, in order.
  package var sources: [NamedSource] = []
  /// What could not be found.
  package var refused: [RefusedSource] = []
}

/// A source that nothing can be asked about, which does not stop the others.
///
/// It is thrown and told as it is, not its reason alone, which may call it by where it lies on the disk.
package struct RefusedSource: Error {
  /// The source as the user wrote it.
  package let source: String
  /// The absolute path by which the reason may call it; `nil` where it calls it as the user did.
  package var path: String?
  /// Why, and what helps.
  package let error: any Error

  /// A source with what is wrong with it.
  package init(source: String, path: String? = nil, error: any Error) {
    (self.source, self.path, self.error) = (source, path, error)
  }
}

/// A mistake that a line of a list makes.
package struct ListMistake: Error {
  /// The line.
  package let entry: ListedSource
  /// What is wrong.
  package let error: any Error
}
