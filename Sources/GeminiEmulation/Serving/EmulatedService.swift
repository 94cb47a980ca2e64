internal import HostSystem
internal import LoopbackHTTP
internal import OrderedJSON

/// Everything the emulator keeps, and the dispatch of requests to its endpoints.
final class EmulatedService: Sendable {
  /// The largest body of a request that is not an upload, as the service's error names it.
  static let maximumBody = 20_971_520

  /// What it calls itself: by this clients tell it from a gateway to the service.
  private static let serverName = "tabscribe-emulator"

  let options: EmulatorOptions
  let clock: EmulatedClock
  let files: FileStore
  let ids: IDSource
  let log: RequestLog
  let implicitCache: ImplicitCache
  let generator: Generator
  let faults: FaultPlan
  let caches = CacheStore()
  let batches = BatchStore()
  let interactions = InteractionStore()
  /// What is known of media within requests, by digest.
  let examined = Lock<[String: EmulatedMedia]>([:])
  private let address = Lock("")

  init(_ options: EmulatorOptions) throws {
    self.options = options
    clock = EmulatedClock(speed: options.speed, startingAt: WallClock.seconds)
    files = try FileStore()
    ids = IDSource(seed: options.seed)
    log = RequestLog(path: options.logPath)
    implicitCache = ImplicitCache(lifetime: options.implicitCacheSeconds)
    generator = Generator(options: options, implicitCache: implicitCache, ids: ids)
    faults = FaultPlan(options.scenario, seed: options.seed)
  }

  /// The server's address, known once it listens.
  var baseURL: String {
    get { address.withLock { $0 } }
    set { address.withLock { $0 = newValue } }
  }
}

extension EmulatedService: RequestHandler {
  func bodyHandling(for head: RequestHead) -> BodyHandling {
    if let id = head.parameter("upload_id"), let session = files.session(id) {
      return chunkHandling(head, session)
    }
    return .collect(limit: Self.maximumBody)
  }

  func reply(to request: IncomingRequest) async -> HTTPReply {
    var call = Call(request)
    do {
      let reply = try await dispatch(&call)
      return finish(call, reply)
    } catch let error as ServiceError {
      // A stream that would be a list wraps even its error in one.
      let isList = call.head.path.hasSuffix(":streamGenerateContent")
      let isWrapped = isList && call.head.parameter("alt") != "sse"
      return finish(call, isWrapped ? error.wrappedReply : error.reply)
    } catch {
      let error = ServiceError(code: 500, status: "INTERNAL", message: "\(error)")
      return finish(call, error.reply)
    }
  }

  /// Notes the request, unless a stream will do so at its end.
  private func finish(_ call: Call, _ reply: HTTPReply) -> HTTPReply {
    var reply = reply
    reply.headers["Server"] = Self.serverName
    if call.isRecordedLater { return reply }
    var status = reply.status
    if case .dropped = reply.body { status = 0 }
    log.record(call.record, status: status)
    return reply
  }

  private func dispatch(_ call: inout Call) async throws -> HTTPReply {
    if let id = call.head.parameter("upload_id") { return try await uploadChunk(call, session: id) }
    if let reply = try storageRequest(call) ?? metadataRequest(call) { return reply }
    guard let route = Route(path: call.head.path) else { return Self.nothingHere(call.head.path) }
    try checkCredentials(call.head, route)
    guard !call.request.isBodyCut else {
      throw ServiceError.invalid(
        "Request payload size exceeds the limit: \(Self.maximumBody) bytes."
      )
    }
    switch (call.head.method, route.resource) {
    case ("GET", .models): return try listModels(call, route)
    case ("GET", .model(let id, verb: nil)): return try getModel(id, route)
    case ("POST", .model(let id, verb: let verb?)):
      return try await runModel(&call, route, id, verb)
    case ("POST", .upload): return try startUpload(&call, route)
    case (_, .files), (_, .file): return try fileRequest(&call, route)
    case (_, .caches), (_, .cache): return try await cacheRequest(&call, route)
    case (_, .batches), (_, .batch): return try await batchRequest(&call, route)
    case (_, .jobs), (_, .job): return try await jobRequest(&call, route)
    case (_, .interactions), (_, .interaction): return try await interactionRequest(&call, route)
    default: return Self.nothingHere(call.head.path)
    }
  }

  /// What the front end says where no method is mapped.
  static func nothingHere(_ path: String) -> HTTPReply {
    .text(
      "<!DOCTYPE html>\n<html lang=en><title>Error 404 (Not Found)!!1</title>\n"
        + "<p><b>404.</b> The requested URL was not found on this server.\n</html>\n",
      type: "text/html; charset=UTF-8",
      status: 404
    )
  }

  /// Any credential will do, except those that begin with `invalid`.
  private func checkCredentials(_ head: RequestHead, _ route: Route) throws(ServiceError) {
    let token = head.headers["Authorization"].map { $0.split(separator: " ").last ?? "" }
    let key = head.headers["x-goog-api-key"] ?? head.parameter("key")
    switch (route.backend, key, token) {
    case (_, let key?, _) where !key.isEmpty:
      guard !key.hasPrefix("invalid") else { throw .invalidKey }
    case (_, _, let token?) where !token.isEmpty:
      guard !token.hasPrefix("invalid") else { throw .unauthenticated }
    case (.aiStudio, _, _): throw .missingKey
    case (.agentPlatform, _, _): throw .unauthenticated
    }
  }
}

/// A request under way.
struct Call: Sendable {
  let request: IncomingRequest
  var record: CallRecord
  /// Whether the request is noted when its stream has ended.
  var isRecordedLater = false

  init(_ request: IncomingRequest) {
    self.request = request
    record = CallRecord(method: request.head.method, path: request.head.path)
  }

  var head: RequestHead { request.head }

  /// The body as JSON.
  func json() throws(ServiceError) -> JSONValue {
    do {
      return try JSONValue(parsing: request.body)
    } catch {
      throw .invalid("Invalid JSON payload received. \(error)")
    }
  }

  /// The body as a message, or an empty message without a body.
  func message(_ name: String, _ backend: Backend) throws(ServiceError) -> JSONObject {
    let value = request.body.isEmpty ? .object(JSONObject()) : try json()
    return try RequestReader.read(value, as: name, backend: backend)
  }
}

extension ServiceError {
  static let unauthenticated = ServiceError(
    code: 401,
    status: "UNAUTHENTICATED",
    message: "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
      + "cookie or other valid authentication credential."
  )
}
