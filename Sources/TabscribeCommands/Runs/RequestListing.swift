internal import CommandLineInterface
internal import PlainText
internal import RunStore
internal import TranscriptModel

/// The requests of an item, a line each.
enum RequestListing {
  static func table(_ requests: [StoredRequest]) -> TextTable {
    var table = TextTable([
      .words("request"), .words("clip"), .words("status"), .words("stopped by"),
      .numbers("input"), .numbers("cached"), .numbers("output"), .numbers("thinking"),
      .numbers("USD"), .numbers("sent"), .numbers("time"), .words("error", mayShrink: true),
    ])
    for request in requests {
      let ending = request.ending
      let usage = ending.usage
      func tokens(_ count: Int?) -> String { count.map(NumberText.grouped) ?? "" }
      table.add([
        request.request.kind.rawValue, request.request.clip.map(clip) ?? "all",
        ending.status.rawValue, ending.finishReason ?? "", tokens(usage?.promptTokens),
        usage.flatMap { ItemDescription.share($0.cachedTokens, of: $0.promptTokens) } ?? "",
        tokens(usage?.outputTokens), tokens(usage?.thoughtsTokens),
        ending.cost.map { MoneyText.rendered($0) } ?? "",
        ending.attempts == 1 ? "once" : "\(ending.attempts) times",
        request.endedAt.map {
          NumberText.duration(MomentText.between(request.startedAt, $0))
        } ?? "", ending.error ?? "",
      ])
    }
    return table
  }

  private static func clip(_ range: TimeRange) -> String {
    NumberText.range(range.start.rendered, range.end.rendered)
  }
}
