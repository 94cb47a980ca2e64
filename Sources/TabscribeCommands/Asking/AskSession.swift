internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A conversation about some transcripts: its questions, its answers, and its money.
struct AskSession {
  /// How many questions before are shown to the model, and how much of each: enough to know what "she"
  /// and "there" mean, and little beside the transcript.
  private static let shownTurns = 4
  private static let shownQuestion = 300
  private static let shownAnswer = 500

  let transcripts: [AskedTranscript]
  let arguments: ParsedArguments
  let context: CommandContext
  /// What may be spent; `nil` for no limit.
  let limit: Decimal?

  private var turns: [AskedTurn]
  private var said: [JSONValue] = []
  private var spent = Decimal(0)
  private var exitCode = ExitCode.done

  /// - Parameter isNew: Whether what was asked before is left aside.
  init(
    transcripts: [AskedTranscript],
    arguments: ParsedArguments,
    context: CommandContext,
    limit: Decimal?,
    isNew: Bool
  ) {
    (self.transcripts, self.arguments, self.context) = (transcripts, arguments, context)
    self.limit = limit
    // What several were asked before was asked of each on its own.
    turns = isNew || transcripts.count > 1 ? [] : transcripts.flatMap(\.turns)
  }

  /// Whether another question may be asked.
  private(set) var isOpen = true

  /// Says what is asked.
  func greet() {
    let titles = transcripts.map { SafeText.line($0.title) }
    context.status.message(
      titles.count == 1
        ? "About \(titles[0])." : "About \(titles.count): \(titles.joined(separator: "; "))."
    )
    if !turns.isEmpty {
      let count = NumberText.counted(turns.count, "question")
      context.status.message("\(count) before; --new leaves them aside.")
    }
    if context.terminal.inputIsTerminal {
      context.status.message("A question a line; Ctrl-D ends.")
    }
  }

  /// Shows a person that it is their turn.
  func prompt() {
    guard isOpen, context.terminal.inputIsTerminal else { return }
    context.standardError.write("? ")
  }

  /// Says why a line is no question.
  mutating func refuse(_ reason: String) {
    context.status.failure(
      CommandError(reason, remedy: "Shorten it; nothing was sent."),
      about: "question"
    )
    exitCode = .usage
  }

  /// Asks a question, and shows what is answered.
  mutating func ask(_ question: String) async throws {
    let ending: RunEnding?
    let command: ParsedArguments
    // Who wants to see every request sees all that is said of them.
    let inner = arguments[TranscriptionOptions.verbose] ? context : context.quietened
    do {
      command = try self.command(for: question)
      ending = try await DeriveCommand.ending(command, Settings(command, inner), inner)
    } catch {
      try note(error, question)
      return
    }
    guard let ending else { return }
    let cost = ending.report?.spent ?? 0
    spent += cost
    if !context.isJSON, !context.terminal.inputIsTerminal {
      context.print(context.style.bold(SafeText.line(question)))
    }
    var answers: [JSONValue] = []
    var answered: [(transcript: AskedTranscript, turn: AskedTurn)] = []
    for transcript in transcripts {
      guard let outcome = ending.outcomes.first(where: { $0.isAbout(transcript) }) else { continue }
      if let turn = try tell(outcome, question, about: transcript) {
        answers.append(AskListing(turn, of: transcript).json)
        turns.append(turn)
        answered.append((transcript, turn))
      }
    }
    var object: JSONObject = ["question": .string(question), "answers": .array(answers)]
    var codes = [ending.exitCode]
    var all = cost
    if ending.exitCode == .done, let gathered = GatheredAnswer(question, answered) {
      let end = await gather(gathered, command, inner, &object)
      codes.append(end.code)
      all += end.cost
    }
    if !context.isJSON { context.print("") }
    context.status.message(money(all))
    object["costUSD"] = .string("\(all)")
    object["complete"] = .bool(codes.allSatisfy { $0 == .done })
    said.append(.object(object))
    note(codes)
  }

  private mutating func note(_ codes: [ExitCode]) {
    guard let code = codes.first(where: { $0 != .done }) else { return }
    exitCode = code
    if [.limit, .interrupted].contains(code) { isOpen = false }
    if code == .limit { sayLimit() }
  }

  /// Asks what several transcripts answer together, and shows it.
  private mutating func gather(
    _ gathered: GatheredAnswer,
    _ command: ParsedArguments,
    _ inner: CommandContext,
    _ object: inout JSONObject
  ) async -> (code: ExitCode, cost: Decimal) {
    do {
      let ending = try await gathered.asked(
        Settings(command, inner),
        command,
        within: limit.map { max(0, $0 - spent) },
        inner
      )
      let cost = ending.report?.spent ?? 0
      spent += cost
      guard let document = try ending.outcomes.first?.document else {
        return (ending.exitCode, cost)
      }
      let answers = gathered.answers(of: document)
      object["together"] = .array(answers.map(\.json))
      if !context.isJSON {
        context.print(context.style.bold("Together"))
        for line in answers.flatMap({ $0.lines(context.style) }) { context.print(line) }
      }
      return (ending.exitCode, cost)
    } catch {
      let failure = ErrorExplanation.commandError(error)
      context.status.failure(failure, about: "question")
      return (failure.exitCode, 0)
    }
  }

  /// The end: with `--json` all that was asked and answered.
  func end() throws -> ExitCode {
    if context.isJSON {
      var object: JSONObject = [
        "transcripts": .array(transcripts.map { .string($0.spelling) }),
        "turns": .array(said),
        "spentUSD": .string("\(spent)"),
      ]
      object["limitUSD"] = limit.map { .string("\($0)") }
      context.print(json: .object(object))
    }
    if Task.isCancelled { return .interrupted }
    return exitCode
  }

  // MARK: A turn

  /// The command line that asks a question, as `derive` would be given it.
  private func command(for question: String) throws -> ParsedArguments {
    let kept = arguments.words(
      for: DeriveCommand.command,
      without: [TranscriptionOptions.costLimit]
    )
    var words = [DeriveCommand.command.name] + kept + ["--param=questions=\(question)"]
    let earlier = earlier
    if !earlier.isEmpty { words.append("--param=earlier=\(earlier)") }
    if let limit { words.append("--cost-limit=\(max(0, limit - spent))") }
    return try arguments.program.parse(
      words + ["--", AskCommand.recipe] + transcripts.map(\.spelling)
    )
  }

  /// The last questions and answers for the model.
  private var earlier: String {
    turns.suffix(Self.shownTurns * transcripts.count).map { turn in
      let answers = turn.answers.compactMap(\.text)
      let source = transcripts.count > 1 ? " (in another transcript, or this one)" : ""
      return "Question: \(Self.harmless(turn.question, Self.shownQuestion))\nAnswer\(source): "
        + (answers.isEmpty
          ? "The transcript does not say."
          : Self.harmless(answers.joined(separator: " / "), Self.shownAnswer))
    }.joined(separator: "\n")
  }

  /// A text on one line that ends no part of the prompt, and is not longer than so many characters.
  private static func harmless(_ text: String, _ limit: Int) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let short = line.count > limit ? line.prefix(limit - 1) + "…" : line[...]
    return String(short).replacing("<", with: "&lt;")
  }

  private func tell(
    _ outcome: WorkOutcome,
    _ question: String,
    about transcript: AskedTranscript
  ) throws -> AskedTurn? {
    switch outcome.outcome {
    case .finished(let item, _):
      let turn = AskedTurn(question, try item.document().tables, about: transcript.spelling)
      guard !context.isJSON else { return turn }
      let listing = AskListing(turn, of: transcript)
      for line in listing.lines(context.style, isNamed: transcripts.count > 1) {
        context.print(line)
      }
      return turn
    case .failed(let error):
      context.status.failure(ErrorExplanation.commandError(error), about: transcript.spelling)
      return nil
    case .left: return nil
    }
  }

  /// Notes a question that could not be asked; only where no other could be is that the end.
  private mutating func note(_ error: any Error, _ question: String) throws {
    guard !(error is CancellationError), !Task.isCancelled else { throw error }
    let failure = ErrorExplanation.commandError(error)
    let isFinal = [.usage, .credentials, .limit].contains(failure.exitCode)
    guard !isFinal || !said.isEmpty else { throw failure }
    context.status.failure(failure, about: "question")
    said.append([
      "question": .string(question), "answers": [], "error": failure.json["error"] ?? .null,
    ])
    exitCode = failure.exitCode
    if isFinal { isOpen = false }
  }

  private func sayLimit() {
    let limit = limit.map { MoneyText.rendered($0) } ?? "?"
    context.status.warning(
      "The limit of \(limit) USD would be passed, so no more is asked; --cost-limit sets another."
    )
  }

  /// What a question cost, and all of them.
  private func money(_ cost: Decimal) -> String {
    var text = "\(MoneyText.rendered(cost)) USD"
    if cost != spent { text += ", \(MoneyText.rendered(spent)) in all" }
    if let limit { text += ", \(MoneyText.rendered(max(0, limit - spent))) left" }
    return text
  }
}

extension WorkOutcome {
  /// Whether it is that of a transcript, whose name may stand before that of the recipe.
  fileprivate func isAbout(_ transcript: AskedTranscript) -> Bool {
    source == transcript.spelling || source.hasPrefix(transcript.spelling + " ")
  }
}
