internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// A plan for the terminal: a line for each request, then what all of it comes to.
struct PlanListing {
  /// Requests shown before the rest is folded into one line; nobody reads a thousand.
  static let mostRows = 200

  /// Columns below which the figures need all the room, and the reasons are left out.
  static let widthForReasons = 100

  let plan: Plan
  /// How much of the work was done before, so that the plan is about the rest.
  var done = 0
  /// How much there is to do with what was done before.
  var work = 0
  /// Requests at a time, as far as the time goes that it takes.
  var jobs = RunOptions().jobs

  /// The lines, without line breaks.
  ///
  /// - Parameter width: The columns of the terminal; `nil` cuts nothing.
  func lines(width: Int?, style: TextStyle = .plain) -> [String] {
    let hidden = plan.entries.count - Self.mostRows
    let more =
      hidden > 0 ? [" … and \(NumberText.grouped(hidden)) more (--json has them all)"] : []
    let hasReasons = width.map { $0 >= Self.widthForReasons } ?? true
    let before = EarlierWork.words(done: done, of: work).map { " \($0)" }
    guard !plan.entries.isEmpty else { return [before].compactMap(\.self) }
    return table(reasons: hasReasons).lines(width: width, style: style) + more + problems + caches
      + bases + [before, total].compactMap(\.self) + possibleMore
  }

  /// What was done before and what all of the rest comes to, without a line for each request.
  var summary: [String] {
    let before = EarlierWork.words(done: done, of: work).map { " \($0)" }
    return plan.entries.isEmpty
      ? [before].compactMap(\.self) : [before, total].compactMap(\.self) + possibleMore
  }

  private func table(reasons hasReasons: Bool) -> TextTable {
    var columns: [TextTable.Column] = [
      .numbers("#"), .names("source"), .words("prompt", mayShrink: true),
      .words("clip"), .numbers("input tokens"), .numbers("output"), .numbers("USD"),
    ]
    if hasReasons { columns.append(.words("", mayShrink: true)) }
    var table = TextTable(columns)
    for entry in plan.entries.prefix(Self.mostRows) {
      let cells = [
        "\(entry.order)", entry.request.source.name, entry.request.prompt.name, clip(entry),
        entry.tokens.map { NumberText.grouped($0.input) } ?? "?",
        entry.tokens.map { output($0.billedOutput) } ?? "?",
        entry.cost.map { Self.money($0.cached) } ?? "?",
      ]
      let reason = entry.reason == .alone ? "" : entry.reason.words
      table.add(hasReasons ? cells + [reason] : cells)
    }
    return table
  }

  private func clip(_ entry: Plan.Entry) -> String {
    guard let range = entry.request.source.range else { return "?" }
    return NumberText.range(range.start.rendered, range.end.rendered)
  }

  private func output(_ tokens: TokenRange) -> String {
    NumberText.range(NumberText.compact(tokens.low), NumberText.compact(tokens.high))
  }

  /// What is wrong with requests, each kind said once with the number of requests.
  private var problems: [String] {
    var orders: [String: [Int]] = [:]
    var kinds: [String] = []
    for entry in plan.entries {
      guard let problem = entry.share?.problem else { continue }
      if orders[problem] == nil { kinds.append(problem) }
      orders[problem, default: []].append(entry.order)
    }
    return kinds.map { problem in
      let numbers = orders[problem] ?? []
      let named = numbers.prefix(5).map(String.init).joined(separator: ", ")
      return
        "\(numbers.count == 1 ? " request " : " requests ")\(named)\(numbers.count > 5 ? ", …" : ""): "
        + problem
    }
  }

  /// What figures rest on, where they are better than guesses.
  private var bases: [String] {
    let tokens = plan.entries.compactMap(\.tokens)
    var lines: [String] = []
    if tokens.contains(where: \.textIsCounted) { lines.append(" text as counted by the service") }
    let runs = tokens.map(\.outputRuns).filter { $0 > 0 }
    if let fewest = runs.min() {
      let those = runs.count == plan.entries.count ? "" : " of \(runs.count) requests"
      lines.append(" output\(those) as learned from \(fewest) of your runs")
    }
    return lines
  }

  /// The caches of our own that are to be created.
  private var caches: [String] {
    plan.explicitCaches.filter(\.isAdvised).map { cache in
      let tokens = NumberText.grouped(cache.tokens)
      let cost = cache.costWithCache.map { " for \(MoneyText.rendered($0)) USD" } ?? ""
      let without = MoneyText.rendered(cache.costWithout)
      return " group \(cache.group): a cache of \(tokens) tokens serves \(cache.requests) requests"
        + "\(cost) (\(without) without)"
    }
  }

  private var total: String {
    let total = plan.total
    let requests = NumberText.counted(total.requests, "request")
    var parts = [" \(requests)", inputTokens]
    let time = plan.duration(jobs: jobs).map { "about \(NumberText.roughly($0))" }
    guard let cost = total.cost else {
      return (parts + ["the cost is not known"] + [time].compactMap(\.self))
        .joined(separator: " · ")
    }
    // Recipes about transcripts are not asked by a batch.
    let hasMedia = plan.entries.contains {
      $0.request.source.hasVideo || $0.request.source.hasAudio
    }
    let batch = (hasMedia ? cost.batch : nil).map { "\(Self.money($0)) as a batch" }
    if total.expectedHits > 0 {
      let others = ["\(Self.money(cost.uncached)) without", batch].compactMap(\.self)
      parts.append(
        "\(Self.money(cost.cached)) USD with caching (\(others.joined(separator: ", ")))"
      )
    } else {
      parts.append("\(Self.money(cost.cached)) USD" + (batch.map { " (\($0))" } ?? ""))
    }
    return (parts + [time].compactMap(\.self)).joined(separator: " · ")
  }

  /// What filling gaps and looking for names may add, which shows only in the replies.
  private var possibleMore: [String] {
    [
      (plan.total.fillingGaps, "stretches that stay without rows"),
      (plan.total.sharpening, "voices that stay without a name"),
    ].compactMap { most, purpose in most.map { Self.words($0, for: purpose) } }
  }

  private static func words(_ most: Plan.Most, for purpose: String) -> String {
    let requests = NumberText.counted(most.requests, "request")
    let money = most.cost.map { " and \(MoneyText.rendered($0)) USD" } ?? ""
    return " up to \(requests)\(money) more for \(purpose)"
  }

  private var inputTokens: String {
    let tokens = "\(NumberText.compact(plan.total.inputTokens)) input tokens"
    guard plan.entries.contains(where: { $0.tokens == nil }) else { return tokens }
    return plan.total.inputTokens == 0 ? "input tokens not known" : "at least \(tokens)"
  }

  static func money(_ range: CostRange) -> String {
    MoneyText.range(range.low, range.high)
  }
}
