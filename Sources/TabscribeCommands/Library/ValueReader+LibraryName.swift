internal import CommandLineInterface
internal import TranscriptionRuns

extension ValueReader where Value == String {
  /// The name or path of a prompt or schema; shells offer the built-in names.
  static func libraryName(
    _ kind: LibraryLookup.Kind,
    _ placeholder: String = "NAME"
  ) -> ValueReader {
    .text(placeholder, completion: .suggestions(LibraryLookup.embeddedNames(kind)))
  }
}
