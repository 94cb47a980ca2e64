internal import CommandLineInterface
internal import HTMLReports
internal import LoopbackHTTP
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// Answers a browser from the run store; changes nothing but corrections, and these only for its own
/// pages.
///
/// With a desk these may begin transcriptions, too.
struct LibraryServer: RequestHandler {
  let store: RunStore
  let access: LibraryAccess
  /// What tells requests of the server's own pages from others.
  let token: SaveToken
  private let files = KnownFiles()
  private let posters = ServedPosters()
  private let desk: CorrectionDesk
  private let transcriptions: TranscriptionDesk?

  /// - Parameter transcriptions: Begins transcriptions; `nil` where none may be begun.
  init(
    store: RunStore,
    access: LibraryAccess = LibraryAccess(),
    token: SaveToken = SaveToken(),
    transcriptions: TranscriptionDesk? = nil
  ) {
    self.transcriptions = transcriptions
    self.store = store
    self.access = access
    self.token = token
    desk = CorrectionDesk(store: store)
  }

  func bodyHandling(for head: RequestHead) -> BodyHandling {
    if let refusal = access.refusal(of: head) { return .refuse(refusal) }
    if head.method == "GET" || head.method == "HEAD" { return .collect(limit: 0) }
    if let transcriptions, let wish = TranscriptionDesk.Wish(head) {
      guard token.allows(head, type: wish.type, site: access.site) else {
        return .refuse(SaveToken.refusal)
      }
      return transcriptions.handling(of: wish, head)
    }
    guard Self.changes(head), Self.correctedItem(head) != nil else {
      var reply = HTTPReply.text("Only GET is understood.\n", status: 405)
      reply.headers["Allow"] = "GET, HEAD"
      return .refuse(reply)
    }
    guard access.takesCorrections else { return .refuse(LibraryAccess.readingOnly) }
    guard token.allows(head, site: access.site) else { return .refuse(SaveToken.refusal) }
    return .collect(limit: CorrectionDesk.limit)
  }

  func reply(to request: IncomingRequest) async -> HTTPReply {
    var reply: HTTPReply
    do {
      reply =
        if let transcriptions, let wish = TranscriptionDesk.Wish(request.head) {
          await transcriptions.reply(to: request, wish)
        } else if Self.changes(request.head) {
          try desk.reply(
            to: request,
            for: Self.correctedItem(request.head),
            by: author(request.head)
          )
        } else {
          try await slowAnswer(request.head) ?? answer(request.head)
            ?? page("There is no such page", "Its transcript may have been deleted.", status: 404)
        }
    } catch {
      let error = ErrorExplanation.commandError(error)
      reply = page(error.message, error.remedy, status: 500)
    }
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.headers["X-Frame-Options"] = "DENY"
    reply.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["Cache-Control"] = "no-store"
    return reply
  }

  /// Who corrects: the user whom a proxy names, else the one that this process belongs to in a store that people share.
  private func author(_ head: RequestHead) -> String? { access.user(head) ?? store.author }

  /// Whether a request would change something: it adds corrections, or takes some back.
  private static func changes(_ head: RequestHead) -> Bool {
    head.method == "POST" || head.method == "DELETE"
  }

  /// The item whose corrections an address is about; `nil` for any other address.
  private static func correctedItem(_ head: RequestHead) -> Int64? {
    let parts = head.path.split(separator: "/").map(String.init)
    guard parts.count == 3, parts[0] == "items", parts[2] == "corrections" else { return nil }
    return Int64(parts[1])
  }

  /// What others have to be asked for; `nil` for any other address.
  private func slowAnswer(_ head: RequestHead) async throws -> HTTPReply? {
    if let poster = try await poster(head) { return poster }
    return try await started(head)
  }

  /// What is answered with what the desk knows; `nil` for any other address.
  private func started(_ head: RequestHead) async throws -> HTTPReply? {
    guard let transcriptions else { return nil }
    let parts = head.path.split(separator: "/").map(String.init)
    if parts == ["new"] { return .page(try await transcriptions.page(token: token).rendered()) }
    guard parts.first == "items", parts.count == 2 || parts.count == 3 && parts[2] == "rows",
      let item = try item(parts[1])
    else { return nil }
    guard let stage = await transcriptions.stage(of: item.id) else {
      guard parts.count == 2, let failure = await transcriptions.failure(of: item.id) else {
        return nil
      }
      return try report(parts[1], for: author(head), failure)
    }
    return parts.count == 3
      ? try rows(of: item, known: head.parameter("known"), stage: stage)
      : try live(item, stage: stage).map { .page($0.rendered()) }
  }

  private func answer(_ head: RequestHead) throws -> HTTPReply? {
    let parts = head.path.split(separator: "/").map(String.init)
    switch (parts.first, parts.count) {
    case (nil, 0): return page(HTMLLibrary(try LibraryListing(head).listing(in: store)))
    // Browsers ask for it by themselves.
    case ("favicon.ico", 1): return HTTPReply(status: 204)
    case ("search", 1): return page(try SearchPage(head).library(in: store))
    case ("people", 1): return page(HTMLLibrary(try PeopleListing(head).listing(in: store)))
    case ("compare", 1):
      let comparison = try ServedComparison(store: store).page(head) { item in
        try media(of: item).map { _ in "items/\(item.id)/media" }
      }
      return comparison.map { .page($0.rendered()) }
    case ("items", 2): return try report(parts[1], for: author(head))
    case ("items", 3) where parts[2] == "media":
      return try item(parts[1]).flatMap(media)?.reply(to: head)
    case ("items", 3) where parts[2] == "rows":
      return try item(parts[1]).map { try rows(of: $0, known: head.parameter("known")) }
    default: return nil
    }
  }

  private func item(_ number: String) throws(RunStoreError) -> StoredItem? {
    guard let number = Int64(number) else { return nil }
    return try store.item(number)
  }

  /// The recording of an item, where it may be heard: it says what is withheld of its transcript.
  private func media(of item: StoredItem) throws(RunStoreError) -> MediaFile? {
    let isRestricted = try store.corrections(of: item.id)
      .contains { !$0.isUndone && Correction.isRestriction($0.value) }
    return isRestricted ? nil : try MediaFile(item, in: store, files)
  }

  /// A picture of a video; `nil` for any other address.
  private func poster(_ head: RequestHead) async throws -> HTTPReply? {
    let parts = head.path.split(separator: "/").map(String.init)
    guard parts.count == 3, parts[0] == "items", parts[2] == "poster",
      let item = try item(parts[1]), let media = try media(of: item)
    else { return nil }
    return await posters.reply(for: media, length: item.item.source.durationMS)
  }

  /// - Parameter failure: Why there is no result, where more is known of that than the store keeps.
  private func report(
    _ name: String,
    for user: String?,
    _ failure: CommandError? = nil
  ) throws -> HTTPReply? {
    if name.hasSuffix(".json") {
      guard let item = try item(String(name.dropLast(5))),
        let document = try store.document(of: item.id)
      else { return nil }
      return .json(try document.shown(as: item.reference).jsonBytes())
    }
    guard let item = try item(name) else { return nil }
    if item.status == .running { return try live(item).map { .page($0.rendered()) } }
    let stored = try store.document(of: item.id)
    guard
      let whole = try stored ?? LiveDocument(item, in: store, tool: TabscribeProgram.tool)?.document
    else { return nil }
    let document = try whole.shown(as: item.reference)
    // The recording, what was sent and what came back say what is withheld.
    let isOpen = !whole.hasRestrictions
    let media = try media(of: item).map { _ in "\(item.id)/media" }
    let mayCorrect = access.takesCorrections && !store.isReadOnly && stored != nil && isOpen
    var options = HTMLReport.Options(
      mediaPath: media,
      resumeCommand: document.isComplete ? nil : "tabscribe runs resume \(item.run)",
      request: isOpen ? try RequestRecord(item, in: store) : nil,
      library: mayCorrect
        ? .init(address: "\(item.id)/corrections", token: token.text, user: user) : nil
    )
    options.failure =
      failure.map { "\($0.message) \($0.remedy)" } ?? item.failure.map(ErrorExplanation.sentence)
    if transcriptions != nil {
      options.resumption = .init(address: "\(item.id)/resume", token: token.text)
    }
    options.poster = media.map { _ in "\(item.id)/poster" }
    options.collection = .init("All transcripts", to: "/")
    options.comparisons = try ServedComparison(store: store).links(of: item)
    return .page(HTMLReport(document, options).rendered())
  }

  /// - Parameter stage: What this server does about it; `nil` where another process works on it.
  private func live(_ item: StoredItem, stage: String? = nil) throws -> HTMLLivePage? {
    let state = try LiveDocument.state(of: item, in: store)
    return try LiveDocument(item, in: store, tool: TabscribeProgram.tool).map {
      var page = HTMLLivePage($0.document, known: state, address: "\(item.id)/rows")
      page.stage = stage
      if stage != nil { page.stopping = .init(address: "\(item.id)/stop", token: token.text) }
      return page
    }
  }

  /// What is new in a transcript that is being made, for a page that knows a state of it.
  private func rows(
    of item: StoredItem,
    known: String?,
    stage: String? = nil
  ) throws -> HTTPReply {
    // What is done here is under way before the store says so.
    guard item.status == .running || stage != nil else {
      return .json(["status": .string(item.status.rawValue)])
    }
    guard try known != LiveDocument.state(of: item, in: store),
      let live = try live(item, stage: stage)
    else {
      return .json(["status": "running", "stage": stage.map { .string($0) } ?? .null])
    }
    return .json(live.update)
  }

  private func page(_ library: HTMLLibrary, status: Int = 200) -> HTTPReply {
    var library = library
    library.offersStart = transcriptions != nil
    return .page(library.rendered(), status: status)
  }

  /// What there is to say instead of a page.
  private func page(_ heading: String, _ note: String, status: Int) -> HTTPReply {
    page(HTMLLibrary(.init(heading: heading, note: note)), status: status)
  }
}

extension HTTPReply {
  static func page(_ bytes: [UInt8], status: Int = 200) -> HTTPReply {
    HTTPReply(
      status: status,
      headers: ["Content-Type": "text/html; charset=utf-8"],
      body: .bytes(bytes)
    )
  }

  static func json(_ value: JSONValue, status: Int = 200) -> HTTPReply {
    .json(value.renderedBytes(), status: status)
  }

  static func json(_ bytes: [UInt8], status: Int = 200) -> HTTPReply {
    HTTPReply(
      status: status,
      headers: ["Content-Type": "application/json; charset=utf-8"],
      body: .bytes(bytes)
    )
  }
}
