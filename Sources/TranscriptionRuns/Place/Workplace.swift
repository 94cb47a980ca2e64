internal import HostSystem
internal import PlainText
package import Redacting
package import TranscriptModel

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Where work is done, and who hears of it: what runs need of the program around them.
package struct Workplace: Sendable {
  /// The folder that relative paths start from, an absolute path.
  package var folder: String
  /// The folders that are the user's.
  package let user: UserFolders
  /// The user's run store.
  package let store: UserStore
  /// The path of a program that examines media files when it is asked to; `nil` where there is none.
  package let program: String?
  /// What made the results, with its version.
  package let tool: String
  /// What must not be shown or kept.
  package let secrets: KnownSecrets
  /// Tells the time.
  package let now: @Sendable () -> Date
  /// Who hears what is going on.
  package let notices: Notices

  /// A place; `folder` is an absolute path.
  package init(
    folder: String,
    user: UserFolders,
    store: UserStore,
    program: String?,
    tool: String,
    secrets: KnownSecrets,
    now: @escaping @Sendable () -> Date,
    notices: Notices
  ) {
    (self.folder, self.user, self.store, self.program) = (folder, user, store, program)
    (self.tool, self.secrets, self.now, self.notices) = (tool, secrets, now, notices)
  }

  /// The same with paths that start from another folder, an absolute path.
  package func working(in folder: String) -> Workplace {
    var copy = self
    copy.folder = folder
    return copy
  }

  /// The absolute path of what the user wrote.
  package func absolutePath(_ path: String) -> String { FilePath.joined(folder, path) }

  /// The absolute path of the media, when they are a file of this machine.
  package func mediaPath(of document: TranscriptDocument) -> String? {
    document.source.kind == "file" ? absolutePath(document.source.uri) : nil
  }

  /// What a file holds, without keys and tokens, which nobody means to send to a model; says so.
  package func withoutCredentials(_ bytes: [UInt8], in path: String) -> [UInt8] {
    let shown = secrets.redacting(Redaction.withoutCredentials(bytes))
    if shown.count != bytes.count || shown != bytes {
      notices.warning(
        "\(SafeText.quoted(path)) holds a key or token; \(Redaction.placeholder) is taken instead."
      )
    }
    return shown
  }
}

/// Who hears what is going on; options are named as settings, as in ``Refusal``.
package struct Notices: Sendable {
  private let hear: @Sendable (Notice) -> Void

  /// A notice.
  package enum Notice: Hashable, Sendable {
    /// Something to know.
    case message(String)
    /// Something that matters also to those who asked for quiet.
    case warning(String)
    /// Something begins that takes a while.
    case stage(String)
    /// How far something is, until the next.
    case progress(String)
    /// Nothing is under way any more.
    case progressEnded
  }

  /// - Parameter hear: Gets each notice, from any thread.
  package init(_ hear: @escaping @Sendable (Notice) -> Void) { self.hear = hear }

  /// Says something once.
  package func message(_ text: String) { hear(.message(text)) }
  /// Says something that matters also to those who asked for quiet.
  package func warning(_ text: String) { hear(.warning(text)) }
  /// Says what begins that takes a while.
  package func stage(_ text: String) { hear(.stage(text)) }
  /// Says how far something is.
  package func update(_ text: String) { hear(.progress(text)) }
  /// Says that nothing is under way any more.
  package func clear() { hear(.progressEnded) }
}
