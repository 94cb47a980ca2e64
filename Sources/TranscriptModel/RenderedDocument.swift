/// A document and its JSON, which takes as long to write as the rest of a result and is written once.
public struct RenderedDocument: Sendable {
  /// The document.
  public let document: TranscriptDocument
  /// What `TranscriptDocument.jsonBytes()` writes, UTF-8.
  public let json: [UInt8]

  /// Writes the JSON of a document.
  public init(_ document: TranscriptDocument) {
    self.document = document
    json = document.jsonBytes()
  }
}
