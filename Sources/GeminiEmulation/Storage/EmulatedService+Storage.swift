internal import HostSystem
internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Answers the few requests to Cloud Storage that batches need; `nil` for other addresses.
  func storageRequest(_ call: Call) throws(ServiceError) -> HTTPReply? {
    let parts = call.head.path.split(separator: "/", maxSplits: 6).map(String.init)
    switch (call.head.method, parts.first) {
    case ("POST", "upload") where parts.dropFirst().first == "storage" && parts.count == 6:
      try checkToken(call.head)
      return try store(call, bucket: parts[4])
    case ("GET", "storage") where parts.count == 5:
      try checkToken(call.head)
      return try list(call, bucket: parts[3])
    case ("GET", "storage") where parts.count > 5:
      try checkToken(call.head)
      return try fetch(call, bucket: parts[3], name: parts[5...].joined(separator: "/"))
    default: return nil
    }
  }

  /// Hands out a token as the metadata server of a machine of Google's does.
  func metadataRequest(_ call: Call) -> HTTPReply? {
    guard call.head.path == "/computeMetadata/v1/instance/service-accounts/default/token" else {
      return nil
    }
    guard call.head.headers["Metadata-Flavor"] == "Google" else {
      return .text("Missing Metadata-Flavor:Google header.", status: 403)
    }
    return .json(["access_token": "emulated", "expires_in": 3599, "token_type": "Bearer"])
  }

  private func checkToken(_ head: RequestHead) throws(ServiceError) {
    let token = head.headers["Authorization"] ?? ""
    guard token.hasPrefix("Bearer "), !token.hasPrefix("Bearer invalid") else {
      throw .unauthenticated
    }
  }

  private func store(_ call: Call, bucket: String) throws(ServiceError) -> HTTPReply {
    guard call.head.parameter("uploadType") == "media", let name = call.head.parameter("name"),
      !name.isEmpty, !name.hasSuffix("/")
    else { throw .invalid("Only simple uploads with a name are emulated.") }
    let path = try storagePath("gs://\(bucket)/\(name)")
    let there = Self.facts(of: path)?.generation ?? "0"
    if let wanted = call.head.parameter("ifGenerationMatch"), wanted != there {
      throw Self.otherGeneration
    }
    try put(call.request.body, at: path)
    return .json(Self.object(name, bucket, path))
  }

  private static let otherGeneration = ServiceError(
    code: 412,
    status: "FAILED_PRECONDITION",
    message: "At least one of the pre-conditions you specified did not hold."
  )

  /// The file of an object; `nil` where there is none.
  private static func facts(of path: String) -> FileFacts? {
    (try? FileFacts(readable: path)).flatMap(\.self)
  }

  private func list(_ call: Call, bucket: String) throws(ServiceError) -> HTTPReply {
    let prefix = call.head.parameter("prefix") ?? ""
    let folder = try storagePath("gs://\(bucket)/")
    let names = HostFiles.files(below: folder).filter { $0.hasPrefix(prefix) }
    var object: JSONObject = ["kind": "storage#objects"]
    let first = call.head.parameter("pageToken").flatMap { Int($0) } ?? 0
    let page = names.dropFirst(first).prefix(Self.longestPage)
    if !page.isEmpty {
      object["items"] = .array(page.map { Self.object($0, bucket, FilePath.joined(folder, $0)) })
    }
    let next = first + page.count
    if next < names.count { object["nextPageToken"] = .string("\(next)") }
    return .json(.object(object))
  }

  /// The most objects of a page, as at the service.
  private static let longestPage = 1000

  private func fetch(_ call: Call, bucket: String, name: String) throws(ServiceError) -> HTTPReply {
    let path = try storagePath("gs://\(bucket)/\(name)")
    guard let facts = Self.facts(of: path) else {
      throw .notFound("No such object: \(bucket)/\(name)")
    }
    if let wanted = call.head.parameter("ifGenerationMatch"), wanted != facts.generation {
      throw Self.otherGeneration
    }
    var reply = HTTPReply.file(
      path: path,
      size: facts.size,
      type: "application/octet-stream",
      range: call.head.headers["Range"]
    )
    reply.headers["x-goog-generation"] = facts.generation
    return reply
  }

  /// The most bytes of a file that is read whole: more than any test puts there.
  private static let largest = 1 << 30

  /// The bytes of a file; `nil` when it cannot be read.
  func contents(of path: String) -> [UInt8]? { try? HostFiles.read(path, limit: Self.largest) }

  /// Writes an object and makes the folders above it.
  func put(_ bytes: some Collection<UInt8>, at path: String) throws(ServiceError) {
    do {
      try HostFiles.createFolder(FilePath.parent(of: path), for: .user)
      try HostFiles.write(bytes, to: path, replacing: true, for: .user)
    } catch {
      throw ServiceError(code: 500, status: "INTERNAL", message: "\(error).")
    }
  }

  private static func object(_ name: String, _ bucket: String, _ path: String) -> JSONValue {
    let facts = facts(of: path)
    return [
      "kind": "storage#object", "bucket": JSONValue(bucket), "name": JSONValue(name),
      "size": .string("\(facts?.size ?? 0)"),
      "generation": .string(facts?.generation ?? "0"),
    ]
  }
}

extension FileFacts {
  /// What tells an object from one that is put in its place: the moment it was written.
  fileprivate var generation: String { "\(modified / 1000)" }
}
