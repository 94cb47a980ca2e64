package import RunStore
public import TranscriptModel

/// The result of an item, which lies in the store: a run of a thousand hours holds none of their rows.
public struct FinishedItem: Sendable {
  /// What is known of the result without its rows.
  public let outline: DocumentOutline
  private let read: @Sendable () throws -> TranscriptDocument

  /// A result.
  ///
  /// - Parameters:
  ///   - document: The result as it is now.
  ///   - read: Reads it again.
  package init(
    _ document: TranscriptDocument,
    again read: @escaping @Sendable () throws -> TranscriptDocument
  ) {
    outline = DocumentOutline(document)
    self.read = read
  }

  /// The result of an item of a store.
  ///
  /// - Parameters:
  ///   - item: The item's number.
  ///   - source: Where the media are as seen from here; `nil` as the item has it.
  package init(
    _ document: TranscriptDocument,
    of item: Int64,
    in store: RunStore,
    seenAt source: TranscriptDocument.Source? = nil
  ) {
    self.init(document) {
      guard var document = try store.document(of: item) else {
        throw RunStoreError(
          .inconsistent,
          "The result of item \(item) is no longer in the store.",
          remedy: "Run the same command again."
        )
      }
      if let source { document.source = source }
      return document
    }
  }

  /// The result, read from the store.
  ///
  /// - Throws: `RunStoreError` when it is no longer there, or cannot be read.
  public func document() throws -> TranscriptDocument { try read() }
}
