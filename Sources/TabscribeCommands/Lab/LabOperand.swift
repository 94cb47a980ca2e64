internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import PromptLab
internal import RunStore
internal import TranscriptionRuns

/// The lab that a command line names: by its file, or by its name where the file is not at hand.
struct LabOperand {
  static let operand = RequiredOperand(
    ValueReader<String>.text("LAB", completion: .files),
    help: "a lab's file, or its name"
  )
  static let round = ValueOption(
    "round",
    .integer("N", in: 1...Int.max),
    help: "number of a round (default: the newest)"
  )

  /// The lab's name.
  let name: String
  /// What its file says; `nil` when only its name was given.
  let file: LabFile?
  let store: RunStore

  /// - Throws: `CommandError` when nothing is known of such a lab.
  init(_ text: String, _ context: CommandContext, forChanges: Bool = false) throws {
    let isFile = HostFiles.kind(of: context.absolutePath(text)) == .file
    file = isFile ? try LabFile(at: text, context.workplace) : nil
    name = file?.name ?? text
    let user = UserStore(context)
    guard user.isThere else { throw Self.unknown(text) }
    store = forChanges ? try user.writing() : try user.reading()
    guard try store.newestLabRound(of: name) != nil else { throw Self.unknown(text) }
  }

  /// The round of a number, or the newest.
  ///
  /// - Throws: `CommandError` for a number that is not one of the lab's.
  func round(_ number: Int?) throws -> LabRound {
    let round = try number.map { try store.labRound(Int64($0)) } ?? store.newestLabRound(of: name)
    guard let round, round.lab == name else {
      throw CommandError.usage(
        "The lab has no round \(number ?? 0).",
        remedy: "tabscribe lab history shows its rounds."
      )
    }
    return round
  }

  private static func unknown(_ text: String) -> CommandError {
    CommandError.usage(
      "Nothing is known of the lab \(SafeText.quoted(text)).",
      remedy: "Run it first: tabscribe lab run FILE. Without a file, give the name that it has."
    )
  }
}

extension LabRound {
  /// The position of a variant.
  ///
  /// - Throws: `CommandError` that names those there are.
  func variant(_ name: String) throws(CommandError) -> Int {
    if let position = variants.firstIndex(where: { $0.name == name }) { return position }
    let near = Suggestion.nearest(to: name, among: variants.map(\.name))
    throw .usage(
      "Round \(id) has no variant \(SafeText.quoted(name)).",
      remedy: (near.map { "Did you mean \($0)? " } ?? "")
        + "It has \(variants.map(\.name).joined(separator: ", "))."
    )
  }
}
