internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns
internal import UnicodeText

/// `correct replace`: one spelling by another, in transcripts or in all there are.
enum CorrectReplaceCommand {
  private static let old = RequiredOperand(
    .text("OLD"),
    help: "what stands there, letter by letter"
  )
  private static let new = RequiredOperand(.text("NEW"), help: "what shall stand there")
  private static let transcripts = RepeatedOperand(
    TranscriptOperand.reader,
    minimum: 0,
    help: TranscriptOperands.help
  )
  private static let all = Flag("all", help: "in every transcript of the run store")
  private static let parts = Flag("parts", help: "also within words")
  private static let ignoreCase = Flag("ignore-case", short: "i", help: "also in other letter case")
  private static let yes = Flag("yes", help: "make the corrections, not only show them")

  static let command = Command(
    "replace",
    abstract: "Replace one spelling by another, as corrections",
    examples: [
      .init("tabscribe correct replace Smyth Smith last", "shows what it would change"),
      .init("tabscribe correct replace Smyth Smith --all --yes", "everywhere, and does it"),
    ],
    discussion: """
      Texts of rows, and names, companies and positions of speakers, as they are corrected so far. Whole \
      words are replaced, unless --parts is given. Without --yes nothing is changed.
      """,
    operands: [old, new, transcripts],
    options: [OptionGroup("What", [all, parts, ignoreCase]), OptionGroup("Safety", [yes])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    guard !arguments[old].isEmpty, arguments[old] != arguments[new] else {
      throw CommandError.usage(
        "OLD is empty, or is NEW.",
        remedy: "Give what stands there first, then what shall stand there."
      )
    }
    let replacement = SpellingReplacement(
      old: arguments[old],
      new: arguments[new],
      isPart: arguments[parts],
      ignoresCase: arguments[ignoreCase],
      date: MomentText.exact(context.now())
    )
    var listing = ReplacementListing(context: context, isDone: arguments[yes])
    try forEachTranscript(arguments, context) { operand in
      let corrections = replacement.corrections(for: operand.document)
      guard !corrections.isEmpty else { return }
      listing.show(corrections, of: operand)
      guard arguments[yes] else { return }
      let change = try CorrectedFiles(operand, context).change { document in
        document.add(replacement.corrections(for: document).map(\.json)).problems.count
      }
      listing.problemCount += change.value
      listing.files += change.files
    }
    return listing.finish()
  }

  /// Hands over the transcripts one by one: all of a library at once would need its size in memory.
  private static func forEachTranscript(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    _ body: (TranscriptOperand) throws -> Void
  ) throws {
    let names = arguments[transcripts]
    guard names.isEmpty == arguments[all] else {
      throw CommandError.usage(
        names.isEmpty ? "No transcript is named." : "--all and transcripts exclude each other.",
        remedy: "Name transcripts or runs, or give --all for everything in the run store."
      )
    }
    if !arguments[all] {
      // Each by itself, from a store that takes changes.
      for name in names { try body(try TranscriptOperands.one(name, context.workplace)) }
      return
    }
    let store = try arguments[yes] ? UserStore(context).writing() : UserStore(context).reading()
    for summary in try store.runs() {
      guard let run = try store.run(summary.id) else { continue }
      for item in run.items {
        guard let document = try store.document(of: item.id) else { continue }
        try body(
          TranscriptOperand(
            spelling: run.items.count == 1 ? run.summary.id : item.reference,
            stem: FileStem.cleaned(item.item.source.stem),
            document: document,
            origin: .item(item, store, workingFolder: summary.workingFolder)
          )
        )
      }
    }
  }
}

/// Makes corrections of a spelling.
struct SpellingReplacement {
  let old: String
  let new: String
  /// Whether it is replaced within words too.
  let isPart: Bool
  /// Whether it is replaced in whichever letter case it stands.
  let ignoresCase: Bool
  let date: String

  /// The corrections for what a document says now, in the order of rows, then of speakers.
  func corrections(for document: TranscriptDocument) -> [Correction] {
    let corrected = document.corrected
    let transcript = corrected.transcript
    var number = document.corrections.count
    func correction(_ change: Correction.Change) -> Correction {
      number += 1
      return Correction(id: "r\(number)", date: date, change: change)
    }
    var corrections: [Correction] = []
    for segment in transcript.segments {
      guard let text = replaced(segment.text) else { continue }
      let place = corrected.place(of: segment)
      corrections.append(correction(.text(place, before: segment.text, after: text)))
    }
    for speaker in transcript.speakers {
      for (field, value) in [
        (Correction.Field.name, speaker.name), (.company, speaker.company),
        (.position, speaker.position),
      ] {
        guard let value, let text = replaced(value), !text.isEmpty else { continue }
        corrections.append(
          correction(.speaker(voice: speaker.voice, field, before: value, after: text))
        )
      }
    }
    return corrections
  }

  /// The text with the new spelling; `nil` where the old one does not occur, or the new one is there already.
  func replaced(_ text: String) -> String? {
    if ignoresCase, !SearchFolding.folded(text).contains(SearchFolding.folded(old)) { return nil }
    var result = ""
    var rest = text[...]
    var isFound = false
    while let range = place(in: rest) {
      if isPart || isWord(range, in: text) {
        result += rest[..<range.lowerBound] + new
        isFound = true
      } else {
        result += rest[..<range.upperBound]
      }
      rest = rest[range.upperBound...]
    }
    result += rest
    return isFound && result != text ? result : nil
  }

  /// Where the old spelling stands first.
  private func place(in text: Substring) -> Range<String.Index>? {
    guard ignoresCase else { return text.firstRange(of: old) }
    let wanted = Array(UnicodeForm.caseFolded(old))
    var start = text.startIndex
    while start < text.endIndex {
      if let end = end(of: wanted, in: text, from: start) { return start..<end }
      start = text.index(after: start)
    }
    return nil
  }

  /// Where some folded characters end that begin at a place; `nil` when others stand there.
  private func end(
    of wanted: [Character],
    in text: Substring,
    from start: String.Index
  ) -> String.Index? {
    var (position, matched) = (start, 0)
    while matched < wanted.count {
      guard position < text.endIndex else { return nil }
      // A character may fold into two, as ß does.
      for character in UnicodeForm.caseFolded(String(text[position])) {
        guard matched < wanted.count, character == wanted[matched] else { return nil }
        matched += 1
      }
      position = text.index(after: position)
    }
    return position
  }

  /// Whether no letter or digit stands beside it, where it has one at its own end.
  private func isWord(_ range: Range<String.Index>, in text: String) -> Bool {
    func isWordy(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber } ?? false
    }
    let before = text[..<range.lowerBound].last
    let after = text[range.upperBound...].first
    return !(isWordy(before) && isWordy(old.first)) && !(isWordy(after) && isWordy(old.last))
  }
}

/// Lists corrections that are made, or would be.
struct ReplacementListing {
  /// Changes that a person reads through; the rest are counted.
  private static let most = 200

  let context: CommandContext
  let isDone: Bool
  var files: [String] = []
  var problemCount = 0
  private var count = 0
  private var transcriptCount = 0
  /// What a machine reads; people read it line by line.
  private var results: [JSONValue] = []

  init(context: CommandContext, isDone: Bool) {
    self.context = context
    self.isDone = isDone
  }

  mutating func show(_ corrections: [Correction], of operand: TranscriptOperand) {
    let name = SafeText.line(operand.spelling)
    for correction in corrections {
      count += 1
      if !context.isJSON, count <= Self.most {
        context.print("\(name): " + CorrectionText.summary(correction))
      }
    }
    transcriptCount += 1
    guard context.isJSON else { return }
    results.append([
      "transcript": .string(operand.spelling),
      "corrections": .array(corrections.map(\.json)),
    ])
  }

  func finish() -> ExitCode {
    let words = NumberText.counted(count, "change")
    let place = NumberText.counted(transcriptCount, "transcript")
    if context.isJSON {
      context.print(
        json: [
          "made": .bool(isDone), "changes": .init(count), "notApplied": .init(problemCount),
          "results": .array(results), "files": .array(files.map { .string($0) }),
        ]
      )
    } else {
      if count > Self.most { context.print("… and \(NumberText.grouped(count - Self.most)) more.") }
      let end = count > 0 && !isDone ? "; --yes makes them" : ""
      context.print("\(words) in \(place)\(isDone ? " made" : "")\(end).")
      for file in files { context.print("\(context.style.green("✓")) \(file)") }
    }
    return problemCount > 0 ? .incomplete : .done
  }
}
