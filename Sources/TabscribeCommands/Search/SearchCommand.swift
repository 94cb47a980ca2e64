internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns
internal import UnicodeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `search`: moments in everything that was ever transcribed.
enum SearchCommand {
  private static let words = RepeatedOperand(
    .text("WORD"),
    minimum: 0,
    help: "words that all occur; \"two words\" in this order, begin* as a beginning"
  )
  private static let speaker = ValueOption(
    "speaker",
    .text("NAME"),
    help: "spoken by; words of a name or label, or their beginnings"
  )
  private static let company = ValueOption(
    "company",
    .text("NAME"),
    help: "spoken by somebody of this company"
  )
  private static let source = ValueOption(
    "source",
    .text("TEXT"),
    help: "in sources with this in their path, URL or title"
  )
  private static let language = ValueOption(
    "language",
    .text("TAG"),
    help: "in this language, as en or pt-BR"
  )
  private static let model = ValueOption("model", short: "m", .text("ID"), help: "by this model")
  private static let prompt = ValueOption(
    "prompt",
    short: "p",
    .text("NAME"),
    help: "made with this prompt"
  )
  private static let folder = ValueOption("folder", .folder(), help: "files in or below it")
  private static let finding = ValueOption(
    "finding",
    .choice("CODE", of: FindingKind.catalogue.map(\.code.rawValue)),
    help: "with such a finding; help findings lists them"
  )
  private static let checked = Flag("checked", help: "rows that a person checked")
  private static let unchecked = Flag("unchecked", help: "rows that nobody checked")
  private static let allRuns = Flag(
    "all-runs",
    help: "also earlier transcripts of the same source and prompt"
  )
  private static let machine = Flag(
    "machine",
    help: "what the machine wrote, also where people changed it"
  )
  private static let since = ValueOption("since", .day, help: "transcribed on this day or later")
  private static let until = ValueOption("until", .day, help: "transcribed on this day or before")
  private static let run = ValueOption(
    "run",
    .run,
    help: "in this run: id, beginning of one, last, or RUN.N"
  )
  private static let order = ValueOption(
    "order",
    ValueReader<SearchQuery.Order>.choice("ORDER"),
    help: "best or newest first (default rank)"
  )
  private static let limit = ValueOption(
    "limit",
    short: "n",
    .integer("COUNT", in: 1...10_000),
    help: "the most moments to show (default 20)"
  )
  private static let rows = ValueOption(
    "context",
    short: "C",
    .integer("ROWS", in: 0...100),
    help: "rows to show before and after (default 0)"
  )
  private static let opens = Flag("open", help: "open the report at the first moment")

  static let command = Command(
    "search",
    abstract: "Find moments in everything that was transcribed",
    examples: [
      .init("tabscribe search orbit --speaker Shepard", "a word, by a speaker"),
      .init("tabscribe search \"to the moon\" \"rocket*\" --context 2", "a phrase and a beginning"),
      .init("tabscribe search --company NASA --since 2026-11-01", "all that a company said"),
      .init(
        "tabscribe search 月 --language ja --folder talks/2024",
        "a part of a word, in a folder"
      ),
    ],
    discussion: """
      Letter case and accents do not count; where no blanks part words, as in Chinese, Japanese and \
      Thai, any part of a text is found. Rows of other tables, such as quotes, are searched too. Of \
      each source and prompt the newest transcript counts, as people corrected it. Common words are \
      ranked among the newest rows only, which is said then; --order time takes all into account.
      """,
    operands: [words],
    options: [
      OptionGroup("Where", [speaker, company, source, folder, run, since, until]),
      OptionGroup(
        "Which",
        [language, model, prompt, finding, checked, unchecked, allRuns, machine]
      ),
      OptionGroup("What to show", [order, limit, rows, opens]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).reading()
    let query = try query(arguments, store, context)
    let result = try store.search(query)
    if context.isJSON {
      context.print(json: result.json)
    } else {
      let width = context.terminal.outputIsTerminal ? context.terminal.width : nil
      let listing = SearchListing(style: context.style, width: width)
      for line in listing.lines(result.hits) { context.print(line) }
      for line in try remarks(result, query, store) { context.status.message(line) }
    }
    if arguments[opens] { try open(result.hits.first, context) }
    return .done
  }

  private static func query(
    _ arguments: ParsedArguments,
    _ store: RunStore,
    _ context: CommandContext
  ) throws -> SearchQuery {
    guard !(arguments[checked] && arguments[unchecked]) else {
      throw CommandError.usage(
        "--checked and --unchecked together leave nothing.",
        remedy: "Give one of them."
      )
    }
    var query = SearchQuery(
      arguments[words].map(phrase).joined(separator: " "),
      order: arguments[order] ?? .rank,
      limit: arguments[limit] ?? 20,
      context: arguments[rows] ?? 0
    )
    query.speaker = arguments[speaker]
    query.company = arguments[company]
    query.source = arguments[source]
    query.since = arguments[since].map { day($0.daysSince1970) }
    query.until = arguments[until].map { day($0.daysSince1970 + 1) }
    query.folder = arguments[folder].map { FilePath.withoutDots(context.absolutePath($0)) }
    query.finding = arguments[finding]
    if arguments[checked] || arguments[unchecked] { query.isChecked = arguments[checked] }
    query.isMachine = arguments[machine]
    // Who names a run means that one.
    query.isNewestOnly = !arguments[allRuns] && arguments[run] == nil
    let choices = try store.searchChoices()
    query.model = try known(arguments[model], "model", choices.models)
    query.prompt = try known(arguments[prompt], "prompt", choices.prompts)
    query.language = try known(
      arguments[language],
      "language",
      choices.languages + choices.languages.map { String($0.prefix { $0 != "-" }) }
    )
    if let reference = arguments[run] {
      if reference.contains(".") {
        query.item = try store.resolveItem(reference).id
      } else {
        query.run = try store.resolveRun(reference)
      }
    }
    return query
  }

  /// A value that some transcript has; a slip of the finger would find nothing without a word.
  private static func known(
    _ value: String?,
    _ noun: String,
    _ choices: [String]
  ) throws(CommandError) -> String? {
    guard let value else { return nil }
    let folded = SearchFolding.folded(value)
    guard !choices.contains(where: { SearchFolding.folded($0) == folded }) else { return value }
    let few = Set(choices).sorted().prefix(12).map { SafeText.line($0) }
    let meant = Suggestion.nearest(to: value, among: choices).map {
      "Did you mean \(SafeText.line($0))?"
    }
    throw .usage(
      "No transcript has the \(noun) \(SafeText.quoted(value)).",
      remedy: meant ?? (few.isEmpty ? "None has any." : "There are \(few.joined(separator: ", ")).")
    )
  }

  /// What the shell handed over as one word with blanks was in quotation marks.
  private static func phrase(_ word: String) -> String {
    guard word.contains(where: \.isWhitespace), !word.contains("\"") else { return word }
    return word.hasSuffix("*") ? "\"\(word.dropLast())\"*" : "\"\(word)\""
  }

  private static func day(_ days: Int) -> Date {
    Date(timeIntervalSince1970: Double(days) * 86_400)
  }

  private static func remarks(
    _ result: SearchResult,
    _ query: SearchQuery,
    _ store: RunStore
  ) throws(RunStoreError) -> [String] {
    guard !result.hits.isEmpty else {
      var wider = query
      (wider.isNewestOnly, wider.limit) = (false, 1)
      let earlier = query.isNewestOnly ? try store.search(wider).hits : []
      let isEarlier = !earlier.isEmpty
      return [
        "Nothing was found." + (isEarlier ? " Earlier transcripts have it: --all-runs." : "")
      ]
    }
    var remarks: [String] = []
    if let count = result.rankedAmongNewest {
      let rows = NumberText.grouped(count)
      remarks.append("Ranked among the newest \(rows) rows that fit; --order time takes all.")
    }
    if result.hasMore { remarks.append("There are more; --limit shows them.") }
    return remarks
  }

  private static func open(_ hit: SearchHit?, _ context: CommandContext) throws {
    guard let hit else { return }
    let report = hit.place.files.first { $0.hasSuffix(".html") && HostFiles.kind(of: $0) == .file }
    guard let report else {
      throw CommandError(
        "There is no report of \(hit.place.reference) any more.",
        remedy: "tabscribe runs export \(hit.place.reference) writes its transcript again."
      )
    }
    let folder = UserFolders(environment: context.environment).data
    let page = MomentPage(report: report, start: hit.row.start)
    try BrowserLauncher.desktop.open(page.write(in: folder))
  }
}

extension ValueReader where Value == CalendarDay {
  /// A day as `YYYY-MM-DD`, in UTC.
  fileprivate static let day = ValueReader("DAY") { text throws(ValueProblem) in
    guard let day = CalendarDay(parsing: text) else {
      throw ValueProblem(expected: "a day such as 2026-11-20")
    }
    return day
  }
}
