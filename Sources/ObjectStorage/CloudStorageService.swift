internal import GeminiAPI
internal import OrderedJSON
internal import Redacting
internal import WebAddresses

/// Cloud Storage by its JSON interface.
struct CloudStorageService: ObjectService {
  private let access: CloudStorageAccess
  private let tokens: AccessTokenSource?

  init(
    _ access: CloudStorageAccess,
    transport: any HTTPTransport,
    timing: ClientTiming,
    secrets: KnownSecrets
  ) {
    self.access = access
    secrets.add(access.credentials.secrets)
    if case .applicationDefault(let location) = access.credentials {
      tokens = AccessTokenSource(
        location: location,
        transport: transport,
        timing: timing,
        secrets: secrets
      )
    } else {
      tokens = nil
    }
  }

  func read(_ place: StorageAddress, _ range: Range<Int>, version: String?) -> HTTPRequest {
    let name = PercentEncoding.encoded(place.name)
    let query = [("alt", "media")] + (version.map { [("ifGenerationMatch", $0)] } ?? [])
    var request = request("GET", "/storage/v1/b/\(place.bucket)/o/\(name)", query)
    request.headers["Range"] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
    return request
  }

  func list(below place: StorageAddress, after mark: String?) -> HTTPRequest {
    let page = mark.map { [("pageToken", $0)] } ?? []
    return request("GET", "/storage/v1/b/\(place.bucket)/o", [("prefix", place.name)] + page)
  }

  func put(
    _ bytes: [UInt8],
    at place: StorageAddress,
    type: String,
    isReplacing: Bool
  ) -> HTTPRequest {
    var query = [("uploadType", "media"), ("name", place.name)]
    if !isReplacing { query.append(("ifGenerationMatch", "0")) }
    var request = request("POST", "/upload/storage/v1/b/\(place.bucket)/o", query)
    request.headers["Content-Type"] = type
    request.body = .bytes(bytes)
    return request
  }

  private func request(
    _ method: String,
    _ path: String,
    _ query: [(String, String)]
  ) -> HTTPRequest {
    HTTPRequest(method: method, url: access.url + path + "?" + PercentEncoding.query(query))
  }

  func proven(_ request: HTTPRequest) async throws -> HTTPRequest {
    var request = request
    var quotaProject = access.quotaProject
    if let tokens {
      let (token, project) = try await tokens.current()
      request.headers["Authorization"] = "Bearer \(token.reveal())"
      quotaProject = quotaProject ?? project
    } else if case .accessToken(let token) = access.credentials {
      request.headers["Authorization"] = "Bearer \(token.reveal())"
    }
    if let quotaProject { request.headers["x-goog-user-project"] = quotaProject }
    return request
  }

  func version(in headers: HTTPHeaders) -> String { headers["x-goog-generation"] ?? "" }

  func page(_ body: [UInt8], below place: StorageAddress) throws -> ObjectPage {
    guard let value = try? JSONValue(parsing: body), value.object != nil else {
      throw GeminiError(.malformedResponse, "the list of \(place) is no JSON")
    }
    let objects = (value["items"]?.array ?? []).compactMap { item -> StoredObject? in
      guard let name = item["name"]?.string else { return nil }
      let size = item["size"]?.string.flatMap { Int($0) } ?? 0
      let generation = item["generation"]?.string ?? ""
      return StoredObject(place: place.named(name), size: size, version: generation)
    }
    let mark = value["nextPageToken"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    return ObjectPage(objects: objects, mark: mark)
  }

  func failure(_ answer: FailedAnswer, asked: String, at place: StorageAddress) -> GeminiError {
    var error = GeminiError(
      httpStatus: answer.status,
      headers: answer.headers,
      body: answer.body,
      request: answer.request
    )
    let words = error.message
    error.message = "\(asked): Cloud Storage refused: \(words)"
    switch answer.status {
    case 401:
      error.remedy =
        "run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS"
        + " or GOOGLE_OAUTH_ACCESS_TOKEN"
    case 403:
      error.remedy =
        "let the account read objects of the bucket \(place.bucket)"
        + " (roles/storage.objectViewer), or write them (roles/storage.objectUser)"
    case 404:
      error.message = "\(asked): Cloud Storage has no such object or bucket: \(words)"
      error.remedy = "check the address"
    case 412:
      error.message = "\(asked): the object has changed meanwhile, or another is in its place"
      error.remedy = "run the command again"
    default: break
    }
    return error
  }
}
