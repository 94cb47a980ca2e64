public import TranscriptModel

/// A transcript as one self-contained web page.
///
/// The page holds its own styles and script, loads nothing but the player its reader asks for, and
/// reads as a plain document when scripts are off. Same document and options, same bytes. Tables
/// that are neither rows nor speakers stand below the transcript, or alone where there is none.
///
///     let page = HTMLReport(document, .init(mediaPath: "talk.mp4")).rendered()
public struct HTMLReport: Sendable {
  /// What the page needs to know beside the document.
  public struct Options: Hashable, Sendable {
    /// The media file's path as seen from the page's folder; `nil` when it is not a local file.
    public var mediaPath: String?
    /// The command that fetches what an incomplete transcript lacks, when there is one.
    public var resumeCommand: String?
    /// Why there is no more of an incomplete transcript, where its findings do not say it.
    public var failure: String?
    /// Where the page can ask for what an incomplete transcript lacks, when a library serves it.
    public var resumption: Library?
    /// What was sent and what came back; `nil` leaves the panel out.
    public var request: RequestRecord?
    /// Where the page can keep corrections, when a library serves it.
    public var library: Library?
    /// Comparisons with other transcripts of the recording, each called by what it is compared with.
    public var comparisons: [HTMLLibrary.Link] = []

    /// The address of a picture that stands in the player until it plays, as seen from the page.
    public var poster: String?
    /// The page that lists this transcript among others, where there is one.
    public var collection: HTMLLibrary.Link?

    /// A library that does something for its own pages, such as taking corrections.
    public struct Library: Hashable, Sendable {
      /// The address that is asked, as seen from the page.
      public var address: String
      /// What tells the page's requests from others.
      public var token: String
      /// Whom corrections are by, where several people correct; these take back only their own.
      public var user: String?

      /// A library at an address.
      public init(address: String, token: String, user: String? = nil) {
        self.address = address
        self.token = token
        self.user = user
      }
    }

    /// Options of a page.
    public init(
      mediaPath: String? = nil,
      resumeCommand: String? = nil,
      request: RequestRecord? = nil,
      library: Library? = nil
    ) {
      self.mediaPath = mediaPath
      self.resumeCommand = resumeCommand
      self.request = request
      self.library = library
    }
  }

  let document: TranscriptDocument
  let options: Options

  /// A report on a document.
  public init(_ document: TranscriptDocument, _ options: Options = Options()) {
    self.document = document
    self.options = options
  }

  /// The page as UTF-8.
  ///
  /// - Complexity: linear in the size of the document; memory is that of the page and one block of rows.
  public func rendered() -> [UInt8] {
    TranscriptPage(document: document, options: options).rendered()
  }
}
