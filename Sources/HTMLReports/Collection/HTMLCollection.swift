public import TranscriptModel

/// Many transcripts on one self-contained page: which videos there are, who speaks in them, and a
/// search over titles, people and, where it is not too much, what was said.
///
///     let page = HTMLCollection([.init(document, path: "talk.html")]).rendered()
public struct HTMLCollection: Sendable {
  /// A transcript and where its report is.
  public struct Entry: Sendable {
    /// The transcript.
    public var document: TranscriptDocument
    /// The report's path as seen from the page's folder.
    public var path: String

    /// A transcript whose report is at a path.
    public init(_ document: TranscriptDocument, path: String) {
      self.document = document
      self.path = path
    }
  }

  let entries: [Entry]
  let title: String
  let run: String?

  /// A page on transcripts, listed in the order given.
  ///
  /// - Parameters:
  ///   - entries: The transcripts.
  ///   - title: What the page is called.
  ///   - run: The id of the run that made them all, where it is one.
  public init(_ entries: [Entry], title: String = "Transcripts", run: String? = nil) {
    self.entries = entries
    self.title = title
    self.run = run
  }

  /// The page as UTF-8; the same for the same transcripts.
  public func rendered() -> [UInt8] { CollectionPage(self).rendered() }
}
