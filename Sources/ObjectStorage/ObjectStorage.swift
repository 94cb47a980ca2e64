package import GeminiAPI
internal import HostSystem
internal import Redacting

/// Objects in buckets, of S3 and of Cloud Storage: looked at, read in parts, listed, written whole.
///
/// A request that fails for a reason that may pass is sent again; a part that breaks off goes on where it
/// broke off. No more is held in memory than what is asked for.
package struct ObjectStorage: ObjectReading {
  /// The most bytes of a page of a list; one of a thousand of the longest names has fewer.
  private static let longestPage = 16 << 20
  /// How many first bytes are read to look at an object.
  private static let headLength = MediaType.headLength

  private let transport: any HTTPTransport
  private let timing: ClientTiming
  private let retryPolicy: RetryPolicy
  private let secrets: KnownSecrets
  private let onRetry: @Sendable (RetryNotice) -> Void
  private let open: @Sendable (StorageService) throws -> any ObjectService
  private let services = Lock<[StorageService: any ObjectService]>([:])

  /// Storage that is asked with what the environment names.
  ///
  /// - Parameters:
  ///   - environment: Says who asks and where the services are; read when a service is first asked.
  ///   - dotEnv: The values of a `.env` file, of which those for Google count.
  ///   - baseURL: Where the service is that models answer at; one on this machine plays Cloud Storage.
  ///   - transport: Sends the requests.
  ///   - secrets: Gets every key and token.
  ///   - timing: Tells the time, and waits.
  ///   - retryPolicy: When a request that failed is sent again.
  ///   - onRetry: Told of each wait.
  package init(
    environment: [String: String],
    dotEnv: [String: String] = [:],
    baseURL: String,
    transport: any HTTPTransport,
    secrets: KnownSecrets,
    timing: ClientTiming = .system,
    retryPolicy: RetryPolicy = RetryPolicy(),
    onRetry: @escaping @Sendable (RetryNotice) -> Void = { _ in }
  ) {
    (self.transport, self.secrets, self.timing) = (transport, secrets, timing)
    (self.retryPolicy, self.onRetry) = (retryPolicy, onRetry)
    open = { service in
      switch service {
      case .s3:
        let settings = try S3Settings(environment: environment)
        secrets.add(settings.secrets)
        return S3Service(settings: settings)
      case .cloudStorage:
        let access = try GeminiConfiguration.cloudStorage(
          environment: environment,
          dotEnv: dotEnv,
          baseURL: baseURL
        )
        return CloudStorageService(access, transport: transport, timing: timing, secrets: secrets)
      }
    }
  }

  private func service(of place: StorageAddress) throws -> any ObjectService {
    try services.withLock { services in
      if let known = services[place.service] { return known }
      let service = try open(place.service)
      services[place.service] = service
      return service
    }
  }

  package func look(
    at place: StorageAddress
  ) async throws -> (object: StoredObject, head: [UInt8]) {
    let service = try service(of: place)
    var head: [UInt8] = []
    var attempts = 0
    while true {
      do {
        head = []
        let answer = try await read(service, place, 0..<Self.headLength, nil, into: &head)
        let size = Self.size(in: answer, bytes: head.count)
        let object = StoredObject(place: place, size: size, version: service.version(in: answer))
        return (object, head)
      } catch let error as GeminiError {
        if error.httpStatus == 416 {
          return (StoredObject(place: place, size: 0, version: ""), [])
        }
        attempts += 1
        try await pause(after: error, attempts)
      }
    }
  }

  package func bytes(of object: StoredObject, _ range: Range<Int>) async throws -> [UInt8] {
    let service = try service(of: object.place)
    let version = object.version.isEmpty ? nil : object.version
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var attempts = 0
    while bytes.count < range.count {
      let had = bytes.count
      let rest = (range.lowerBound + had)..<range.upperBound
      do {
        _ = try await read(service, object.place, rest, version, into: &bytes)
        guard bytes.count < range.count else { break }
        throw GeminiError(.connection, "\(object.place) ended after \(bytes.count) bytes of a part")
      } catch let error as GeminiError {
        // Faults count anew once it has got further.
        attempts = bytes.count > had ? 1 : attempts + 1
        try await pause(after: error, attempts)
      }
    }
    return bytes
  }

  package func version(of place: StorageAddress) async -> String? {
    guard let service = try? service(of: place) else { return nil }
    let request = service.read(place, 0..<1, version: nil)
    let answer = try? await success(service, request, "asking for \(place)", place, .seconds(10))
    return answer.map { service.version(in: $0.headers) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  package func objects(below place: StorageAddress) async throws -> [StoredObject] {
    try await objects(below: place, limit: 1_000_000)
  }

  /// The objects whose names begin alike, in the order of their names.
  ///
  /// - Parameters:
  ///   - place: The beginning of the names; one that ends with a slash is a folder.
  ///   - limit: The most objects; more are an error.
  /// - Throws: `GeminiError`; `CancellationError`.
  package func objects(
    below place: StorageAddress,
    limit: Int
  ) async throws
    -> [StoredObject]
  {
    let service = try service(of: place)
    var found: [StoredObject] = []
    var mark: String?
    repeat {
      let body = try await answer(
        service,
        service.list(below: place, after: mark),
        "listing \(place)",
        place,
        upTo: Self.longestPage
      )
      let page = try service.page(body, below: place)
      found += page.objects
      guard found.count <= limit else {
        throw GeminiError(
          .unsupportedSource,
          "\(place) has more than \(limit) objects below it",
          remedy: "name a folder below it"
        )
      }
      mark = page.mark
    } while mark != nil
    return found.sorted { $0.place.name < $1.place.name }
  }

  /// Puts an object into its place, whole or not at all.
  ///
  /// - Parameters:
  ///   - bytes: All of it.
  ///   - place: Where it goes.
  ///   - type: Its media type.
  ///   - isReplacing: Whether one that is there is replaced.
  /// - Returns: Whether it is there now; `false` when another one was and nothing was done.
  /// - Throws: `GeminiError`; `CancellationError`.
  package func put(
    _ bytes: [UInt8],
    at place: StorageAddress,
    type: String,
    isReplacing: Bool
  ) async throws -> Bool {
    let service = try service(of: place)
    do {
      _ = try await answer(
        service,
        service.put(bytes, at: place, type: type, isReplacing: isReplacing),
        "writing \(place)",
        place,
        upTo: 1 << 20
      )
      return true
    } catch let error as GeminiError where !isReplacing && error.httpStatus == 501 {
      // A service that cannot be told to leave alone what is there.
      guard try await !isThere(place) else { return false }
      return try await put(bytes, at: place, type: type, isReplacing: true)
    } catch let error as GeminiError where !isReplacing && error.httpStatus == 412 {
      // An attempt that was answered by nobody may have put it there.
      guard let there = try? await look(at: place).object, there.size == bytes.count,
        try await self.bytes(of: there, 0..<there.size) == bytes
      else { return false }
      return true
    }
  }

  /// Whether there is an object.
  package func isThere(_ place: StorageAddress) async throws -> Bool {
    do {
      _ = try await look(at: place)
      return true
    } catch let error as GeminiError where error.code == .notFound && error.status != "NoSuchBucket"
    {
      return false
    }
  }
}

// MARK: - Exchanges

extension ObjectStorage {
  /// Reads a part once, as far as it comes.
  private func read(
    _ service: any ObjectService,
    _ place: StorageAddress,
    _ range: Range<Int>,
    _ version: String?,
    into bytes: inout [UInt8]
  ) async throws -> HTTPHeaders {
    let asked = "reading \(place)"
    let request = service.read(place, range, version: version)
    let response = try await success(service, request, asked, place)
    // Who does not know ranges sends all of it, which is as good from the start on.
    guard response.status == 206 || range.lowerBound == 0 else {
      throw GeminiError(
        .malformedResponse,
        "\(place) was sent from its beginning where a part was asked for",
        request: request.description,
        remedy: "use a service that serves parts of objects (HTTP ranges)"
      )
    }
    let end = bytes.count + range.count
    do {
      for try await piece in response.body {
        bytes += piece.prefix(end - bytes.count)
        if bytes.count == end { break }
      }
    } catch let error as TransportError {
      throw failure(error, asked, request)
    }
    return response.headers
  }

  /// Sends a request until it is answered, and reads the answer.
  private func answer(
    _ service: any ObjectService,
    _ request: HTTPRequest,
    _ asked: String,
    _ place: StorageAddress,
    upTo limit: Int
  ) async throws -> [UInt8] {
    var attempts = 0
    while true {
      do {
        let response = try await success(service, request, asked, place)
        return try await response.body.collect(upTo: limit)
      } catch {
        let failure = (error as? TransportError).map { self.failure($0, asked, request) } ?? error
        guard let failure = failure as? GeminiError else { throw error }
        attempts += 1
        try await pause(after: failure, attempts)
      }
    }
  }

  /// Sends a request once.
  private func success(
    _ service: any ObjectService,
    _ request: HTTPRequest,
    _ asked: String,
    _ place: StorageAddress,
    _ longest: Duration? = nil
  ) async throws -> HTTPResponse {
    var request = try await service.proven(request)
    request.limits.idle = TransferTime.quiet
    request.limits.total = longest ?? TransferTime.ofReply(sending: request.body.count)
    do {
      let response = try await transport.send(request)
      if (200..<300).contains(response.status) { return response }
      let failed = FailedAnswer(
        status: response.status,
        headers: response.headers,
        body: (try? await response.body.collect(upTo: 1 << 20)) ?? [],
        request: request.description
      )
      throw redacted(service.failure(failed, asked: asked, at: place))
    } catch let error as TransportError {
      throw failure(error, asked, request)
    }
  }

  private func pause(after error: GeminiError, _ attempts: Int) async throws {
    let decision = retryPolicy.decide(
      error,
      attempt: attempts,
      remaining: nil,
      random: timing.random()
    )
    guard case .retry(let delay) = decision else { throw error }
    onRetry(RetryNotice(error: error, attempt: attempts, delay: delay))
    try await timing.sleep(delay)
  }

  /// A failure on the way, with what was asked.
  private func failure(
    _ error: TransportError,
    _ asked: String,
    _ request: HTTPRequest
  ) -> GeminiError {
    var failure = GeminiError(error, request: request.description)
    failure.message = "\(asked): \(failure.message)"
    return redacted(failure)
  }

  private func redacted(_ error: GeminiError) -> GeminiError {
    var error = error
    error.message = secrets.redacting(message: error.message)
    return error
  }

  /// The whole object's length, as `Content-Range` tells it beside the part's.
  private static func size(in headers: HTTPHeaders, bytes: Int) -> Int {
    let range = headers["Content-Range"]?.split(separator: "/").last.flatMap { Int($0) }
    return range ?? headers["Content-Length"].flatMap { Int($0) } ?? bytes
  }
}
