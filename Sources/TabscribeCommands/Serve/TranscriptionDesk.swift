internal import CommandLineInterface
internal import GeminiAPI
internal import HTMLReports
internal import HostSystem
internal import LoopbackHTTP
internal import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import RequestPlanning
internal import RunStore
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Plans, begins, stops and takes up transcriptions for pages of a library.
///
/// What a page asks for becomes a command line, so that it is planned, carried out, kept and explained as
/// one that is typed.
struct TranscriptionDesk: Sendable {
  /// What a page may ask for.
  enum Wish: Hashable {
    case plan
    case start
    case upload
    case stop(item: Int64)
    case resume(item: Int64)

    /// What a request asks for; `nil` for any other address or method.
    init?(_ head: RequestHead) {
      let parts = head.path.split(separator: "/").map(String.init)
      switch (head.method, parts.count) {
      case ("POST", 2) where parts[0] == "new" && parts[1] == "plan": self = .plan
      case ("POST", 2) where parts[0] == "new" && parts[1] == "start": self = .start
      case ("PUT", 2) where parts[0] == "new" && parts[1] == "file": self = .upload
      case ("POST", 3) where parts[0] == "items":
        guard let item = Int64(parts[1]) else { return nil }
        switch parts[2] {
        case "stop": self = .stop(item: item)
        case "resume": self = .resume(item: item)
        default: return nil
        }
      default: return nil
      }
    }

    /// What its body has to be.
    var type: String { self == .upload ? "application/octet-stream" : "application/json" }
  }

  /// The most bytes of what a page asks for, files left out.
  private static let limit = 64 << 10

  private let program: Program
  private let context: CommandContext
  private let store: RunStore
  private let transcriptions: ServedTranscriptions
  private let uploads: UploadShelf
  /// Whether files of this machine may be named: who asks sits at it.
  private let takesPaths: Bool

  /// - Parameters:
  ///   - limit: The most that all transcriptions together may cost, in US dollars.
  ///   - takesPaths: Whether files of this machine may be named.
  init(
    _ program: Program,
    _ context: CommandContext,
    store: RunStore,
    limit: Decimal,
    takesPaths: Bool
  ) {
    (self.program, self.context, self.store) = (program, context, store)
    self.takesPaths = takesPaths
    let data = UserFolders(environment: context.environment).data
    transcriptions = ServedTranscriptions(
      program,
      context,
      store: store,
      limit: limit,
      folder: FilePath.joined(data, "results"),
      takesPaths: takesPaths
    )
    uploads = UploadShelf(in: FilePath.joined(data, "uploads"))
  }

  /// What is to happen to the body of a request.
  func handling(of wish: Wish, _ head: RequestHead) -> BodyHandling {
    wish == .upload ? uploads.handling(of: head) : .collect(limit: Self.limit)
  }

  /// Does what a page asks for.
  func reply(to request: IncomingRequest, _ wish: Wish) async -> HTTPReply {
    do {
      switch wish {
      case .upload:
        guard let sink = request.sink as? UploadSink else { return Self.failure(400, Self.unread) }
        let kept = try uploads.keep(sink)
        return .json(["upload": .string(kept.number), "name": .string(kept.name)])
      case .plan: return .json(.object(try await plan(try order(request))))
      case .start:
        let order = try order(request)
        let begun = try await transcriptions.start(order)
        if let upload = order.upload, !begun.items.isEmpty { uploads.use(upload) }
        return try Self.reply(address(of: begun, order), begun)
      case .stop(let number):
        guard let underWay = await transcriptions.transcription(of: number) else {
          return Self.failure(
            409,
            CommandError("Nothing of it is under way here.", remedy: "Load the page anew.")
          )
        }
        underWay.stop()
        return .json(["stopping": true], status: 202)
      case .resume(let number):
        guard let item = try store.item(number) else { return Self.failure(404, Self.gone) }
        let higher = try TranscriptionOrder.dollars(
          (try? JSONValue(parsing: request.body))?["costLimitUSD"]?.string ?? ""
        )
        let begun = try await transcriptions.resume(item, within: higher)
        return try Self.reply("/items/\(number)", begun)
      }
    } catch {
      // A plan that is refused is an answer like any other.
      return Self.failure(wish == .plan ? 200 : 409, ErrorExplanation.commandError(error))
    }
  }

  /// The page on which a transcription is begun.
  func page(token: SaveToken) async throws -> HTMLStartPage {
    let folders = UserFolders(environment: context.environment)
    let models = try ModelsFile.catalog(folders).cards.filter {
      $0.status.state != .shutDown && $0.media != nil
    }
    return HTMLStartPage(
      prompts: prompts,
      models: [Self.usual] + models.map { .init($0.id) },
      resolutions: [Self.usual] + Self.resolutions.map { .init($0) },
      takesPaths: takesPaths,
      mostBytes: MediaDelivery.uploadLimit,
      left: MoneyText.rendered(try await transcriptions.left()),
      token: token.text
    )
  }

  /// What prompts and the configuration say.
  private static let usual = HTMLStartPage.Choice("", label: "the prompt’s")

  /// The prompts that ask about recordings, not about transcripts.
  private var prompts: [HTMLStartPage.Choice] {
    let lookup = PromptLookup(context.workplace)
    let choices = lookup.prompts.names.compactMap { name -> HTMLStartPage.Choice? in
      guard name != Self.speakers, let template = try? lookup.template(name).template,
        template.metadata.recipe == nil
      else { return nil }
      return .init(name, meaning: template.metadata.description ?? "")
    }
    return choices.filter { $0.value == Self.first } + choices.filter { $0.value != Self.first }
  }

  /// The prompt that is taken where none is named, and the one that asks about a transcript.
  private static let (first, speakers) = ("transcribe", "identify-speakers")

  private static let resolutions: [String] = {
    let option = TranscribeCommand.command.optionGroups.flatMap(\.options)
      .first { $0.name == "media-resolution" }
    return switch option?.value?.completion {
    case .words(let words), .suggestions(let words): words
    default: []
    }
  }()

  /// What is being done about an item, in a line; `nil` where that is not done here.
  func stage(of item: Int64) async -> String? {
    await transcriptions.transcription(of: item)?.stage
  }

  /// Why an item has no result and what helps, as far as that happened here.
  func failure(of item: Int64) async -> CommandError? {
    await transcriptions.failure(of: item)
  }

  /// Stops everything, and forgets files of which nothing was made.
  func close() async {
    await transcriptions.stop()
    uploads.clear()
  }

  private static let unread = CommandError("No file came.", remedy: "Choose it once more.")
  private static let gone = CommandError(
    "There is no such transcript.",
    remedy: "It may have been deleted."
  )

  private static func failure(_ status: Int, _ error: CommandError) -> HTTPReply {
    .json(error.json, status: status)
  }

  private func order(_ request: IncomingRequest) throws(CommandError) -> TranscriptionOrder {
    guard !request.isBodyCut, let json = try? JSONValue(parsing: request.body) else {
      throw .usage("This asks for nothing that is understood.", remedy: "Load the page anew.")
    }
    return try TranscriptionOrder(
      json,
      uploads: uploads,
      paths: takesPaths,
      home: context.environment["HOME"]
    )
  }

  // MARK: Plans

  /// What `plan` says of an order, the command line that does the same, and what may be spent.
  private func plan(_ order: TranscriptionOrder) async throws -> JSONObject {
    try Program.checkWords(order.plan, context.secrets)
    var answer = await program.answer(to: order.plan, in: context).answer ?? [:]
    let left = try await transcriptions.left()
    let high = answer["total"]?["costUSD"]?["cachedRange"]?["high"]?.double
    let suggested = high.map { min(left, Self.suggestedLimit($0)) }
    answer["suggestedLimitUSD"] = suggested.map { .string("\($0)") }
    answer["leftUSD"] = .string("\(left)")
    answer["command"] = .string(order.command(within: order.costLimit ?? suggested))
    return Self.naming(order.shownSource, insteadOf: order.source, in: .object(answer)).object
      ?? answer
  }

  /// Twice the most that is expected, in whole cents: what nobody minds, and what a retry needs.
  private static func suggestedLimit(_ high: Double) -> Decimal {
    Decimal(Int(min(1_000_000, max(0, high)) * 200) + 1) / 100
  }

  /// The same with the name of an upload in place of where it is kept.
  private static func naming(
    _ name: String,
    insteadOf path: String,
    in value: JSONValue
  ) -> JSONValue {
    guard name != path else { return value }
    switch value {
    case .string(let text): return .string(text.replacing(path, with: name))
    case .array(let elements):
      return .array(elements.map { naming(name, insteadOf: path, in: $0) })
    case .object(let object):
      return .object(
        JSONObject(
          uniqueMembers: object.members.map {
            ($0.key, naming(name, insteadOf: path, in: $0.value))
          }
        )
      )
    default: return value
    }
  }

  // MARK: Transcriptions

  /// Where a transcription that was begun is watched, or what was there before.
  private func address(
    of begun: ServedTranscription,
    _ order: TranscriptionOrder
  ) throws -> String? {
    if let error = begun.error {
      throw error.naming(order.shownSource, insteadOf: order.source)
    }
    if begun.items.count > 1 { return "/" }
    if let item = begun.items.first { return "/items/\(item)" }
    return try begun.earlier.map { "/items/\(try store.resolveItem($0).id)" }
  }

  private static func reply(_ address: String?, _ begun: ServedTranscription) throws -> HTTPReply {
    if begun.items.isEmpty, let error = begun.error { throw error }
    var answer: JSONObject = ["said": .array(begun.said.map { .string($0) })]
    answer["address"] = address.map { .string($0) }
    answer["isUnderWay"] = JSONValue(!begun.items.isEmpty)
    return .json(.object(answer))
  }
}
