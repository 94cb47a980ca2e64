internal import CommandLineInterface
internal import PlainText
internal import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptionRuns

/// `correct names`: the names that the recipe rename-speakers found, as corrections.
enum CorrectNamesCommand {
  private static let yes = Flag("yes", help: "make the corrections, not only show them")

  static let command = Command(
    "names",
    abstract: "Give speakers the names that their talk gives away",
    examples: [
      .init("tabscribe correct names talk.json", "shows what it would change"),
      .init("tabscribe correct names talk.json --yes", "and does it"),
    ],
    discussion: """
      Takes what derive rename-speakers proposed. A name whose words do not stand in the transcript, a \
      speaker that is not there, and a speaker with two names are left alone, and said. Without --yes \
      nothing is changed.
      """,
    operands: [TranscriptOperands.several],
    options: [OptionGroup("Safety", [yes])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    var listing = ReplacementListing(context: context, isDone: arguments[yes])
    for name in arguments[TranscriptOperands.several] {
      let operand = try TranscriptOperands.one(name, context.workplace)
      guard let names = ProposedNames(operand.document, date: MomentText.exact(context.now()))
      else {
        throw CommandError.usage(
          "\(SafeText.quoted(name)) has no proposals of names.",
          remedy: "tabscribe derive rename-speakers \(SafeText.line(name)) makes them."
        )
      }
      for problem in names.problems {
        context.status.warning(SafeText.line("\(name): \(problem)"))
      }
      guard !names.corrections.isEmpty else { continue }
      listing.show(names.corrections, of: operand)
      guard arguments[yes] else { continue }
      let change = try CorrectedFiles(operand, context).change { document in
        let names = ProposedNames(document, date: MomentText.exact(context.now()))
        return document.add(names?.corrections.map(\.json) ?? []).problems.count
      }
      listing.problemCount += change.value
      listing.files += change.files
    }
    return listing.finish()
  }
}

/// What a recipe has found out about the names of speakers.
struct ProposedNames {
  /// The corrections that would give them, in the order of voices.
  private(set) var corrections: [Correction] = []
  /// Why some proposals are not among them, a sentence each.
  private(set) var problems: [String] = []

  /// `nil` where no recipe has looked for names.
  init?(_ document: TranscriptDocument, date: String) {
    let tables = document.derivations.filter { $0.run.schema == "rename-speakers" }
      .flatMap(\.tables).filter { $0.name == "names" }
    guard let table = tables.last else { return nil }
    let transcript = document.corrected.transcript
    var names: [Int: [String]] = [:]
    let voices = Self.voices(of: transcript)
    for row in 0..<table.rowCount {
      let value = { (column: String) in
        table.column(named: column).map { table[row, $0].rendered } ?? ""
      }
      let (speaker, name) = (value("speaker"), value("name"))
      if speaker == name { continue }
      guard let found = voices[speaker], let voice = found.first, found.count == 1 else {
        problems.append(
          "\(name): there is \(voices[speaker] == nil ? "no" : "more than one") speaker \(speaker)."
        )
        continue
      }
      guard (Double(value("match")) ?? 0) >= QuoteScore.least, name != "?", !name.isEmpty else {
        problems.append("\(name): the words that give it to \(speaker) do not stand in the row.")
        continue
      }
      if names[voice]?.contains(name) != true { names[voice, default: []].append(name) }
    }
    let known = Dictionary(transcript.speakers.map { ($0.voice, $0.name) }) { first, _ in first }
    for (voice, found) in names.sorted(by: { $0.key < $1.key }) {
      guard found.count == 1 else {
        problems.append("[voice \(voice)] may be \(found.joined(separator: " or ")).")
        continue
      }
      let before = known[voice] ?? nil
      corrections.append(
        Correction(
          id: "r\(document.corrections.count + corrections.count + 1)",
          date: date,
          change: .speaker(voice: voice, .name, before: before, after: found[0])
        )
      )
    }
  }

  /// The voices behind each label that rows show.
  private static func voices(of transcript: Transcript) -> [String: [Int]] {
    var voices: [String: [Int]] = [:]
    for (segment, label) in zip(transcript.segments, transcript.rowLabels()) {
      guard let voice = segment.voice, voices[label.text]?.contains(voice) != true else { continue }
      voices[label.text, default: []].append(voice)
    }
    return voices
  }
}
