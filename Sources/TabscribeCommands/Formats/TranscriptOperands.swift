internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import RunStore

/// The transcripts that operands of a command line name; the one place that knows what may name one.
///
/// A file goes first: what is no file is taken for a run, by its id, the beginning of one, or `last`,
/// with `.N` for its Nth item.
struct TranscriptOperands {
  static let help = "a transcript file (STEM.json), or a run: its id, its beginning, last; RUN.N"

  /// The transcripts, in the order of the operands.
  private(set) var found: [TranscriptOperand] = []
  /// Items of runs that have no result.
  private(set) var missing: [StoredItem] = []
  /// The full id of the run that named several transcripts, when there is one.
  private(set) var severalOf: String?

  /// Transcripts as others may see them.
  ///
  /// - Parameter isWhole: Whether they are taken with what is withheld of them, to be changed, or to be
  ///   checked for it.
  /// - Throws: `CommandError` when an operand is neither file nor run, none has a transcript, or it is not known
  ///   what is withheld of one.
  init(_ texts: [String], isWhole: Bool = false, _ context: CommandContext) throws {
    for text in texts { try add(text, context) }
    if !isWhole { found = try found.map { operand in try operand.shown() } }
    guard found.isEmpty, let item = missing.first else { return }
    throw CommandError(
      "\(item.reference) has no transcript: \(item.status.rawValue).",
      remedy: "tabscribe runs resume \(item.run) goes on with it."
    )
  }

  private mutating func add(_ text: String, _ context: CommandContext) throws {
    guard let store = try Self.store(for: text, context) else {
      found.append(try .file(text, context))
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
  static func only(
    _ text: String,
    forChanges: Bool,
    _ context: CommandContext
  ) throws -> TranscriptOperand {
    try forChanges ? one(text, context) : single(text, isWhole: true, context)
  }

  /// The one transcript that an operand names, to be read.
  static func single(
    _ text: String,
    isWhole: Bool = false,
    _ context: CommandContext
  ) throws -> TranscriptOperand {
    let operands = try Self([text], isWhole: isWhole, context)
    guard operands.found.count == 1 else {
      throw CommandError.usage(
        "\(SafeText.quoted(text)) has \(operands.found.count) transcripts, and one is due.",
        remedy: "Name one of them: \(operands.found[0].spelling)."
      )
    }
    return operands.found[0]
  }

  /// The one transcript that an operand names, from a store that takes changes.
  static func one(_ text: String, _ context: CommandContext) throws -> TranscriptOperand {
    guard let store = try store(for: text, context, forChanges: true) else {
      return try .file(text, context)
    }
    let item = try store.resolveItem(spelledOut(text, in: store))
    let operands = try Self([item.reference], isWhole: true, context)
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
    let run = try store.runs(limit: 1000).first { $0.arguments.first != DeriveCommand.command.name }
    return run.map { $0.id + text.dropFirst(4) } ?? text
  }

  /// The store when the text is taken for a run; `nil` when it names a file, or can name nothing
  /// else.
  private static func store(
    for text: String,
    _ context: CommandContext,
    forChanges: Bool = false
  ) throws -> RunStore? {
    let isFile = HostFiles.kind(of: context.absolutePath(text)) != nil
    if isFile || text.contains("/") || text.hasSuffix(".json") { return nil }
    let user = UserStore(context)
    guard user.isThere else { throw unknown(text) }
    let store = forChanges ? try user.writing() : try user.reading()
    do throws(RunStoreError) {
      _ = try text.contains(".") ? store.resolveItem(text).run : store.resolveRun(text)
    } catch {
      throw error.code == .unknownRun ? unknown(text) : error
    }
    return store
  }

  private static func unknown(_ text: String) -> CommandError {
    CommandError(
      "\(SafeText.quoted(text)) is neither a file nor a run.",
      remedy: "Give a file that transcribe wrote with --format json, or a run: "
        + "tabscribe runs list shows all of them."
    )
  }

  /// A name for each item of a run; of items with the same stem the later ones get a number.
  static func stems(of items: [StoredItem]) -> [String] {
    var uses: [String: Int] = [:]
    return items.map { item in
      let stem = FileStem.cleaned(item.item.source.stem)
      uses[stem, default: 0] += 1
      let count = uses[stem] ?? 1
      return count == 1 ? stem : "\(stem)-\(count)"
    }
  }

  /// Says which items have no result; the exit code that follows from it.
  func tellMissing(_ context: CommandContext) -> ExitCode {
    for item in missing {
      let source = SafeText.quoted(item.item.source.uri)
      context.status.warning(
        "\(item.reference), \(source), has no result: \(item.status.rawValue)."
      )
    }
    return missing.isEmpty ? .done : .incomplete
  }
}
