internal import HostSystem
internal import OrderedJSON
internal import PlainText
package import TranscriptModel
internal import TranscriptStitching

/// A file of the speakers of a series who are known by name.
///
/// It is read before a run, and each transcript is noted in it as it is by then: several people may
/// share it. It is written all or nothing, one process at a time.
package actor LedgerFile {
  /// The most bytes of a file: a full ledger takes far less.
  private static let limit = 4 << 20

  /// The speakers known before the run, as text for a prompt.
  package nonisolated let context: String
  /// The absolute path of the file.
  package nonisolated let path: String
  /// The ledger as it was last seen.
  private var ledger: SpeakerLedger

  /// The ledger of a file that the user named.
  ///
  /// - Throws: `Refusal` when the file is no ledger, or could not be written later.
  package init(_ spelling: String, _ place: Workplace) throws {
    path = place.absolutePath(spelling)
    ledger = try Self.read(path, spelling)
    context = ledger.context
  }

  /// The ledger that work was begun with.
  ///
  /// - Throws: `Refusal` when the file is no ledger, or could not be written.
  package init(path: String) throws {
    self.path = path
    ledger = try Self.read(path, path)
    context = ledger.context
  }

  /// Notes the speakers of a transcript; it is there all the same when the file cannot be written.
  package func note(_ document: TranscriptDocument, _ notices: Notices) {
    do {
      try HostFiles.locking(path) {
        if HostFiles.kind(of: path) != nil { ledger = try Self.read(path) }
        ledger.note(document.corrected.transcript)
        try HostFiles.write(ledger.json.renderedBytes(.pretty), to: path, replacing: true)
      }
    } catch {
      let reason = (error as? SystemFailure)?.reason ?? "it is no ledger any more: \(error)"
      notices.warning("The ledger of speakers was not written: \(SafeText.line(reason)).")
    }
  }

  private static func read(_ path: String) throws -> SpeakerLedger {
    try SpeakerLedger(json: JSONValue(parsing: HostFiles.read(path, limit: limit)))
  }

  private static func read(_ path: String, _ spelling: String) throws -> SpeakerLedger {
    do {
      guard HostFiles.kind(of: path) != nil else {
        try HostFiles.checkWritable(FilePath.parent(of: path))
        return SpeakerLedger()
      }
      return try read(path)
    } catch let failure as SystemFailure {
      throw refusal("\(SafeText.quoted(spelling)) cannot be used: \(failure.reason)", path)
    } catch {
      let reason = SafeText.line("\(error)")
      throw refusal("\(SafeText.quoted(spelling)) is not a ledger of speakers: \(reason)", path)
    }
  }

  private static func refusal(_ message: String, _ path: String) -> Refusal {
    Refusal(
      message + ".",
      remedy:
        "Name a file that the setting ledger wrote, or one that is not there yet; nothing was sent.",
      kind: .usage,
      details: ["path": .string(path)]
    )
  }
}
