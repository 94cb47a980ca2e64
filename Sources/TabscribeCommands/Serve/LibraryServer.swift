internal import CommandLineInterface
internal import HTMLReports
internal import LoopbackHTTP
internal import RunStore
internal import TranscriptModel

/// Answers a browser from the run store; changes nothing.
struct LibraryServer: RequestHandler {
  let store: RunStore

  /// The newest transcripts that the first page lists.
  private static let mostItems = 200

  func bodyHandling(for head: RequestHead) -> BodyHandling {
    guard head.method == "GET" || head.method == "HEAD" else {
      var reply = HTTPReply.text("Only GET is understood.\n", status: 405)
      reply.headers["Allow"] = "GET, HEAD"
      return .refuse(reply)
    }
    return .collect(limit: 0)
  }

  func reply(to request: IncomingRequest) async -> HTTPReply {
    var reply: HTTPReply
    do {
      reply = try answer(request.head) ?? .text("There is no such page.\n", status: 404)
    } catch {
      reply = .text(ErrorExplanation.commandError(error).message + "\n", status: 500)
    }
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.headers["X-Frame-Options"] = "DENY"
    reply.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["Cache-Control"] = "no-store"
    return reply
  }

  private func answer(_ head: RequestHead) throws -> HTTPReply? {
    let parts = head.path.split(separator: "/").map(String.init)
    switch (parts.first, parts.count) {
    case (nil, 0): return page(HTMLLibrary(items: try newest()))
    case ("search", 1): return page(try search(head))
    case ("items", 2): return try report(parts[1])
    case ("items", 3) where parts[2] == "media":
      return try item(parts[1]).flatMap { try MediaFile($0, in: store) }?.reply(to: head)
    default: return nil
    }
  }

  private func item(_ number: String) throws(RunStoreError) -> StoredItem? {
    guard let number = Int64(number) else { return nil }
    return try store.item(number)
  }

  private func report(_ name: String) throws -> HTTPReply? {
    if name.hasSuffix(".json") {
      guard let item = try item(String(name.dropLast(5))),
        let document = try store.document(of: item.id)
      else { return nil }
      let headers: HeaderFields = ["Content-Type": "application/json; charset=utf-8"]
      return HTTPReply(status: 200, headers: headers, body: .bytes(document.jsonBytes()))
    }
    guard let item = try item(name) else { return nil }
    let isRunning = item.status == .running
    let stored = isRunning ? nil : try store.document(of: item.id)
    guard let document = try stored ?? LiveDocument(item, in: store)?.document else { return nil }
    let media = try MediaFile(item, in: store).map { _ in "\(item.id)/media" }
    var reply = HTTPReply(
      status: 200,
      headers: ["Content-Type": "text/html; charset=utf-8"],
      body: .bytes(HTMLReport(document, .init(mediaPath: media)).rendered())
    )
    if isRunning { reply.headers["Refresh"] = "3" }
    return reply
  }

  private func page(_ library: HTMLLibrary) -> HTTPReply {
    HTTPReply(
      status: 200,
      headers: ["Content-Type": "text/html; charset=utf-8"],
      body: .bytes(library.rendered())
    )
  }

  private func newest() throws(RunStoreError) -> [HTMLLibrary.Item] {
    var items: [HTMLLibrary.Item] = []
    for summary in try store.runs(limit: Self.mostItems) where items.count < Self.mostItems {
      guard let run = try store.run(summary.id) else { continue }
      items += run.items.prefix(Self.mostItems - items.count).map { .init($0, of: summary) }
    }
    return items
  }

  private func search(_ head: RequestHead) throws(RunStoreError) -> HTMLLibrary {
    var query = SearchQuery(head.parameter("q") ?? "", limit: 100)
    if head.parameter("order") == SearchQuery.Order.time.rawValue { query.order = .time }
    if let speaker = head.parameter("speaker"), !speaker.isEmpty { query.speaker = speaker }
    do throws(RunStoreError) {
      return HTMLLibrary(items: try newest(), found: .init(try store.search(query)))
    } catch {
      guard error.code == .invalidQuery else { throw error }
      let found = HTMLLibrary.Found(heading: error.message, note: error.remedy, hits: [])
      return HTMLLibrary(items: try newest(), found: found)
    }
  }
}

extension HTMLLibrary.Item {
  fileprivate init(_ item: StoredItem, of run: RunSummary) {
    let source = item.item.source
    self.init(
      number: item.id,
      title: source.title ?? source.stem,
      day: MomentText.day(run.startedAt),
      status: item.status.rawValue,
      hasPage: item.status != .waiting && item.status != .failed,
      length: source.durationMS.map(Timecode.init(milliseconds:)),
      rowCount: item.segmentCount,
      speakerCount: item.speakerCount
    )
  }
}

extension HTMLLibrary.Found {
  fileprivate init(_ result: SearchResult) {
    let count = result.hits.count
    let more = result.hasMore ? "the first \(count) of more" : "\(count)"
    self.init(
      heading: count == 0 ? "Nothing was found" : "Found: \(more)",
      note: result.rankedAmongNewest == nil
        ? "" : "The newest rows that fit were ranked; newest first takes all.",
      hits: result.hits.map { hit in
        HTMLLibrary.Hit(
          number: hit.place.item,
          title: hit.place.source.title ?? hit.place.source.stem,
          start: hit.row.start,
          speaker: hit.row.speaker,
          pieces: hit.pieces.map { .init(text: $0.text, isMatch: $0.isMatch) }
        )
      }
    )
  }
}
