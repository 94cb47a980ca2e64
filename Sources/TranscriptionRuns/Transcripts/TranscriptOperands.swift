internal import HostSystem
internal import OrderedJSON
internal import PlainText
package import RunStore

/// The transcripts that operands of a command line name; the one place that knows what may name one.
///
/// A file goes first: what is no file is taken for a run, by its id, the beginning of one, or `last`,
/// with `.N` for its Nth item.
package struct TranscriptOperands {
  /// The command whose runs add to transcripts instead of making some.
  package static let recipeCommand = "derive"

  /// The transcripts, in the order of the operands.
  package private(set) var found: [TranscriptOperand] = []
  /// Items of runs that have no result.
  package private(set) var missing: [StoredItem] = []
  /// The full id of the run that named several transcripts, when there is one.
  package private(set) var severalOf: String?

  /// Transcripts as others may see them.
  ///
  /// - Parameter isWhole: Whether they are taken with what is withheld of them, to be changed, or to be
  ///   checked for it.
  /// - Throws: `Refusal` when an operand is neither file nor run, none has a transcript, or it is not known
  ///   what is withheld of one.
  package init(_ texts: [String], isWhole: Bool = false, _ place: Workplace) throws {
    for text in texts { try add(text, place) }
    if !isWhole { found = try found.map { operand in try operand.shown() } }
    guard found.isEmpty, let item = missing.first else { return }
    throw Refusal(
      "\(item.reference) has no transcript: \(item.status.rawValue).",
      remedy: "tabscribe runs resume \(item.run) goes on with it."
    )
  }

  private mutating func add(_ text: String, _ place: Workplace) throws {
    guard let store = try Self.store(for: text, place) else {
      found.append(try .file(text, place))
      return
    }
    let text = try Self.spelledOut(text, in: store)
    let named = text.contains(".") ? try store.resolveItem(text) : nil
    let id = try named?.run ?? store.resolveRun(text)
    guard let run = try store.run(id) else { throw Self.unknown(text) }
    let stems = Self.stems(of: run.items)
    if named == nil, run.items.count > 1 { severalOf = run.id }
    for (item, stem) in zip(run.items, stems) where named == nil || item.id == named?.id {
      try add(item, of: run, stem: stem, in: store)
    }
  }

  private mutating func add(
    _ item: StoredItem,
    of run: StoredRun,
    stem: String,
    in store: RunStore
  ) throws {
    guard let document = try store.document(of: item.id) else {
      missing.append(item)
      return
    }
    let isOnly = run.items.count == 1
    found.append(
      TranscriptOperand(
        spelling: isOnly ? run.id : item.reference,
        stem: stem,
        document: document,
        origin: .item(item, store, workingFolder: run.summary.workingFolder)
      )
    )
  }

  /// The one transcript that an operand names, whole, to be read or to be changed.
  package static func only(
    _ text: String,
    forChanges: Bool,
    _ place: Workplace
  ) throws -> TranscriptOperand {
    try forChanges ? one(text, place) : single(text, isWhole: true, place)
  }

  /// The one transcript that an operand names, to be read.
  package static func single(
    _ text: String,
    isWhole: Bool = false,
    _ place: Workplace
  ) throws -> TranscriptOperand {
    let operands = try Self([text], isWhole: isWhole, place)
    guard operands.found.count == 1 else {
      throw Refusal.usage(
        "\(SafeText.quoted(text)) has \(operands.found.count) transcripts, and one is due.",
        remedy: "Name one of them: \(operands.found[0].spelling)."
      )
    }
    return operands.found[0]
  }

  /// The one transcript that an operand names, from a store that takes changes.
  package static func one(_ text: String, _ place: Workplace) throws -> TranscriptOperand {
    guard let store = try store(for: text, place, forChanges: true) else {
      return try .file(text, place)
    }
    let item = try store.resolveItem(spelledOut(text, in: store))
    let operands = try Self([item.reference], isWhole: true, place)
    let folder = try store.run(item.run)?.summary.workingFolder ?? "/"
    return TranscriptOperand(
      spelling: operands.found[0].spelling,
      stem: operands.found[0].stem,
      document: operands.found[0].document,
      origin: .item(item, store, workingFolder: folder)
    )
  }

  /// The name of a run with `last` replaced by the id of the newest one that transcribed: what recipes made
  /// stands in the transcripts that they worked on.
  private static func spelledOut(_ text: String, in store: RunStore) throws -> String {
    guard text == "last" || text.hasPrefix("last.") else { return text }
    let run = try store.runs(limit: 1000).first { $0.arguments.first != Self.recipeCommand }
    return run.map { $0.id + text.dropFirst(4) } ?? text
  }

  /// The store when the text is taken for a run; `nil` when it names a file, or can name nothing
  /// else.
  private static func store(
    for text: String,
    _ place: Workplace,
    forChanges: Bool = false
  ) throws -> RunStore? {
    let isFile = HostFiles.kind(of: place.absolutePath(text)) != nil
    if isFile || text.contains("/") || text.hasSuffix(".json") { return nil }
    let user = place.store
    guard user.isThere else { throw unknown(text) }
    let store = forChanges ? try user.writing() : try user.reading()
    do throws(RunStoreError) {
      _ = try text.contains(".") ? store.resolveItem(text).run : store.resolveRun(text)
    } catch {
      throw error.code == .unknownRun ? unknown(text) : error
    }
    return store
  }

  private static func unknown(_ text: String) -> Refusal {
    Refusal(
      "\(SafeText.quoted(text)) is neither a file nor a run.",
      remedy: "Give a file that transcribe wrote with the setting format json, or a run: "
        + "tabscribe runs list shows all of them."
    )
  }

  /// A name for each item of a run; of items with the same stem the later ones get a number.
  package static func stems(of items: [StoredItem]) -> [String] {
    var uses: [String: Int] = [:]
    return items.map { item in
      let stem = FileStem.cleaned(item.item.source.stem)
      uses[stem, default: 0] += 1
      let count = uses[stem] ?? 1
      return count == 1 ? stem : "\(stem)-\(count)"
    }
  }
}
