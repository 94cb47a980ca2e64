internal import Digests
internal import GeminiAPI
internal import WebAddresses

/// S3, and services that speak as it does.
///
/// - Source: Amazon S3 API Reference, 2006-03-01, read 2026-11.
struct S3Service: ObjectService {
  let settings: S3Settings

  /// SHA-256 of no bytes.
  private static let emptyDigest = SHA256.hexadecimal(of: [UInt8]())

  func read(_ place: StorageAddress, _ range: Range<Int>, version: String?) -> HTTPRequest {
    var request = request("GET", place.bucket, place.name)
    request.headers["Range"] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
    if let version { request.headers["If-Match"] = version }
    return request
  }

  func list(below place: StorageAddress, after mark: String?) -> HTTPRequest {
    // In the order of their names, as they are signed.
    var query = mark.map { [("continuation-token", $0)] } ?? []
    query += [("list-type", "2"), ("prefix", place.name)]
    return request("GET", place.bucket, "", query)
  }

  func put(
    _ bytes: [UInt8],
    at place: StorageAddress,
    type: String,
    isReplacing: Bool
  ) -> HTTPRequest {
    var request = request("PUT", place.bucket, place.name, digest: SHA256.hexadecimal(of: bytes))
    request.headers["Content-Type"] = type
    if !isReplacing { request.headers["If-None-Match"] = "*" }
    request.body = .bytes(bytes)
    return request
  }

  private func request(
    _ method: String,
    _ bucket: String,
    _ key: String,
    _ query: [(String, String)] = [],
    digest: String = Self.emptyDigest
  ) -> HTTPRequest {
    let path = key.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentEncoding.encoded($0) }.joined(separator: "/")
    let items = query.isEmpty ? "" : "?" + PercentEncoding.query(query)
    var request = HTTPRequest(method: method, url: base(bucket) + "/" + path + items)
    request.headers["x-amz-content-sha256"] = digest
    return request
  }

  /// Where a bucket is: in the host's name, which no certificate allows for names with dots; in the path
  /// where the service is another's.
  private func base(_ bucket: String) -> String {
    if let endpoint = settings.endpoint { return "\(endpoint)/\(bucket)" }
    let domain = settings.region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    let host = "s3.\(settings.region).\(domain)"
    return bucket.contains(".") ? "https://\(host)/\(bucket)" : "https://\(bucket).\(host)"
  }

  func proven(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.signature = RequestSignature(
      accessKey: settings.accessKey,
      secretKey: settings.secretKey,
      region: settings.region
    )
    if let token = settings.sessionToken {
      request.headers["x-amz-security-token"] = token.reveal()
    }
    return request
  }

  func version(in headers: HTTPHeaders) -> String { headers["ETag"] ?? "" }

  func page(_ body: [UInt8], below place: StorageAddress) throws -> ObjectPage {
    guard let root = XMLElement(body), root.name == "ListBucketResult" else {
      throw GeminiError(
        .malformedResponse,
        "the list of \(place) is not what S3 sends",
        remedy: "check AWS_ENDPOINT_URL_S3"
      )
    }
    let objects = root.children.filter { $0.name == "Contents" }.compactMap {
      item -> StoredObject? in
      guard let key = item["Key"], let size = item["Size"].flatMap({ Int($0) }) else { return nil }
      return StoredObject(place: place.named(key), size: size, version: item["ETag"] ?? "")
    }
    let mark = root["IsTruncated"] == "true" ? root["NextContinuationToken"] : nil
    return ObjectPage(objects: objects, mark: mark)
  }
}

extension S3Service {
  func failure(_ answer: FailedAnswer, asked: String, at place: StorageAddress) -> GeminiError {
    let told = XMLElement(answer.body).flatMap { $0.name == "Error" ? $0 : nil }
    let name = told?["Code"] ?? ""
    let words = told?["Message"] ?? "the service gave no reason"
    let region = answer.headers["x-amz-bucket-region"] ?? told?["Region"]
    let cause = Cause(
      name,
      answer.status,
      isElsewhere: region.map { $0 != settings.region } ?? false
    )
    var error = GeminiError(
      cause.code,
      "\(asked): \(sentence(cause, place, region) ?? "S3 refused: \(words)")",
      httpStatus: answer.status,
      status: name.isEmpty ? nil : name,
      request: answer.request,
      remedy: remedy(cause, place, region)
    )
    error.retryDelay = RetryAfter.delay(in: answer.headers)
    return error
  }

  /// Why S3 refused, as far as somebody can do something about it.
  ///
  /// - Source: Amazon S3 API Reference, "Error responses", read 2026-11.
  private enum Cause {
    case elsewhere, noBucket, noObject, denied, badKey, expired, clock, changed, busy, other

    init(_ name: String, _ status: Int, isElsewhere: Bool) {
      switch (name, status) {
      case ("PermanentRedirect", _), ("TemporaryRedirect", _), ("AuthorizationHeaderMalformed", _),
        ("IllegalLocationConstraintException", _), (_, 301), (_, 307):
        self = .elsewhere
      case ("NoSuchBucket", _): self = .noBucket
      case ("NoSuchKey", _), (_, 404): self = .noObject
      case ("RequestTimeTooSkewed", _): self = .clock
      case ("ExpiredToken", _), ("InvalidToken", _), ("TokenRefreshRequired", _): self = .expired
      case ("InvalidAccessKeyId", _), ("SignatureDoesNotMatch", _), ("InvalidClientTokenId", _),
        (_, 401):
        self = .badKey
      case (_, 403): self = isElsewhere ? .elsewhere : .denied
      case (_, 412): self = .changed
      case ("SlowDown", _), ("RequestTimeout", _), (_, 408), (_, 429), (_, 500),
        (_, 502...):
        self = .busy
      default: self = .other
      }
    }

    var code: GeminiError.Code {
      switch self {
      case .elsewhere: .invalidConfiguration
      case .noBucket, .noObject: .notFound
      case .denied: .permissionDenied
      case .badKey, .expired, .clock: .invalidCredentials
      case .busy: .unavailable
      case .changed, .other: .invalidRequest
      }
    }
  }

  private func sentence(_ cause: Cause, _ place: StorageAddress, _ region: String?) -> String? {
    switch cause {
    case .elsewhere:
      let there = region.map { "in the region \($0)" } ?? "in another region"
      return "the bucket \(place.bucket) is \(there), and was asked for in \(settings.region)"
    case .noBucket: return "there is no bucket \(place.bucket)" + there
    case .noObject: return "there is no object \(place)" + there
    case .denied: return "the key from \(settings.origin) may not do that"
    case .badKey: return "the key from \(settings.origin) is not accepted"
    case .expired: return "the session token from \(settings.origin) has run out"
    case .clock: return "this machine's clock differs from the service's by more than 15 minutes"
    case .changed: return "the object has changed meanwhile, or another is in its place"
    case .busy, .other: return nil
    }
  }

  private var there: String { settings.endpoint.map { " at \($0)" } ?? "" }

  private func remedy(_ cause: Cause, _ place: StorageAddress, _ region: String?) -> String? {
    switch cause {
    case .elsewhere: "set AWS_REGION to \(region ?? "the bucket's region")"
    case .noBucket:
      "check the name"
        + (settings.endpoint == nil ? ", or set AWS_ENDPOINT_URL_S3" : " and AWS_ENDPOINT_URL_S3")
    case .noObject: "check the name; small and capital letters differ"
    case .denied:
      "let it read (s3:GetObject, s3:ListBucket) or write (s3:PutObject) in \(place.bucket), or use "
        + "another profile by AWS_PROFILE"
    case .badKey: "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile"
    case .expired: "get a new one, for example with aws sso login, and run the command again"
    case .clock: "set the clock, for example with timedatectl set-ntp true"
    case .changed: "run the command again"
    case .busy: "try again later"
    case .other: nil
    }
  }
}
