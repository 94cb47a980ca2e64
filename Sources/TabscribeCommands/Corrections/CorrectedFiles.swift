internal import CommandLineInterface
internal import HTMLReports
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// Changes the corrections of a transcript in one step: in its file, with the report beside it made
/// anew, or in the run store.
///
/// Others may do the same at the same time: each change is made to what the one before left.
struct CorrectedFiles {
  private let transcript: TranscriptOperand
  private let context: CommandContext

  init(_ transcript: TranscriptOperand, _ context: CommandContext) {
    self.transcript = transcript
    self.context = context
  }

  /// A change that was made.
  struct Change<Value> {
    /// What the body returned.
    let value: Value
    /// The files written, as shown.
    let files: [String]
  }

  /// Changes the corrections, all as the body leaves them or not at all when it throws.
  ///
  /// - Parameter body: Gets the transcript as it is now, which may be another than a moment ago; it
  ///   runs again when somebody else changed the file in between by other means.
  func change<Value: Sendable>(
    _ body: (inout TranscriptDocument) throws -> Value
  ) throws -> Change<Value> {
    switch transcript.origin {
    case .item(let item, let store, _):
      guard let value = try store.changeCorrections(of: item.id, body) else {
        throw Self.gone(item)
      }
      return Change(value: value, files: [])
    case .file(let path, _):
      return try HostFiles.locking(path) {
        for _ in 0..<Self.mostAttempts {
          if let change = try changeFile(body) { return change }
        }
        throw SystemFailure(verb: "change", path: path, code: SystemFailure.inUse)
      }
    }
  }

  /// Puts what a recipe made into the transcript.
  ///
  /// - Returns: The files written, as shown.
  func add(_ derivation: Derivation) throws -> [String] {
    switch transcript.origin {
    case .item(let item, let store, _):
      guard try store.add(derivation, to: item.id) else { throw Self.gone(item) }
      return []
    case .file(let path, _):
      let files = try change { $0.add(derivation) }.files
      try addToStore(derivation, of: path)
      return files
    }
  }

  /// Puts what a recipe made of a file into the run that wrote the file, too, so that a search finds it
  /// there.
  private func addToStore(_ derivation: Derivation, of path: String) throws {
    let user = UserStore(context)
    guard user.isThere, let store = try? user.writing(),
      let item = try store.item(writtenTo: path),
      try store.document(of: item.id)?.run.id == transcript.document.run.id
    else { return }
    _ = try store.add(derivation, to: item.id)
  }

  /// Sets the times of rows, and says which of them could not be set.
  ///
  /// - Returns: The files written, as shown; `nil` where the times do not apply.
  func setTimes(_ times: Correction) throws -> [String]? {
    let change = try change { $0.setTimes(times) }
    for problem in change.value.problems { context.status.warning(CorrectionText.line(problem)) }
    return change.value.problems.isEmpty ? change.files : nil
  }

  private static func gone(_ item: StoredItem) -> CommandError {
    CommandError(
      "\(item.reference) has no transcript any more.",
      remedy: "tabscribe runs show \(item.run) says how it stands."
    )
  }

  /// How often a file may be written by others while it is changed before that is an error.
  private static let mostAttempts = 20

  /// `nil` when the file is not the one that was read any more.
  private func changeFile<Value: Sendable>(
    _ body: (inout TranscriptDocument) throws -> Value
  ) throws -> Change<Value>? {
    let current = try TranscriptOperand.file(transcript.spelling, context.workplace)
    guard case .file(let path, let bytes) = current.origin else { return nil }
    var document = current.document
    let value = try body(&document)
    let isChanged =
      document.corrections != current.document.corrections
      || document.derivations != current.document.derivations
    guard isChanged else {
      return Change(value: value, files: [])
    }
    let isKnown = current.document.jsonBytes() == bytes
    let content = isKnown ? document.jsonBytes() : try Self.bytes(of: document, in: bytes)
    guard try TranscriptOperand.bytes(at: path) == bytes else {
      return nil
    }
    HostFiles.removeLeftovers(in: FilePath.parent(of: HostFiles.resolved(path)))
    try HostFiles.write(content, to: path, replacing: true)
    let report = try writeReport(of: document, beside: path, stem: current.stem)
    return Change(value: value, files: [SafeText.line(transcript.spelling)] + report)
  }

  /// Makes the report beside a transcript anew, when there is one.
  private func writeReport(
    of document: TranscriptDocument,
    beside path: String,
    stem: String
  ) throws -> [String] {
    let folder = FilePath.parent(of: path)
    let name = stem + ".html"
    let page = FilePath.joined(folder, name)
    guard HostFiles.kind(of: page) == .file else { return [] }
    let shown = transcript.folderSpelling
    let shownName = SafeText.line(shown == "." ? name : FilePath.joined(shown, name))
    do {
      try HostFiles.write(
        report(of: document, named: shownName, in: folder),
        to: page,
        replacing: true
      )
      return [shownName]
    } catch let refusal as Refusal {
      // The page that is there may say what is withheld.
      HostFiles.discard(page)
      let error = ErrorExplanation.commandError(refusal)
      context.status.warning("\(shownName) was taken away. \(error.message) \(error.remedy)")
      return []
    }
  }

  /// The report, without what is withheld.
  private func report(
    of document: TranscriptDocument,
    named name: String,
    in folder: String
  ) throws -> [UInt8] {
    guard let going = try WithheldOutput().applied(to: transcript.with(document)) else {
      let media = transcript.media(context.workplace).map { FilePath.relative($0, from: folder) }
      return HTMLReport(document, .init(mediaPath: media)).rendered()
    }
    let bytes = HTMLReport(going.document).rendered()
    try going.check(bytes, name) { HTMLReport($0).rendered() }
    return bytes
  }

  /// The transcript's file; members that this version does not know stay in it.
  private static func bytes(
    of document: TranscriptDocument,
    in file: [UInt8]
  ) throws -> [UInt8] {
    guard var object = try JSONValue(parsing: file).object else { return document.jsonBytes() }
    object["corrections"] = .array(document.corrections)
    let derived = document.derivations.map(\.json)
    object["derived"] = derived.isEmpty ? nil : .array(derived)
    return JSONValue.object(object).renderedBytes(.pretty)
  }
}
