internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// The largest file, as published.
  private static let maximumFile = 2_147_483_648

  /// Begins an upload: the answer names the address for the chunks.
  func startUpload(_ call: inout Call, _ route: Route) throws(ServiceError) -> HTTPReply {
    let headers = call.head.headers
    guard headers["X-Goog-Upload-Protocol"]?.lowercased() == "resumable",
      headers["X-Goog-Upload-Command"]?.lowercased() == "start"
    else { throw .invalid("Only resumable uploads are emulated; begin with command start.") }
    let file = try call.message("CreateFileRequest", route.backend)["file"] ?? .object(JSONObject())
    let size = headers["X-Goog-Upload-Header-Content-Length"].flatMap { Int($0) }
    guard (size ?? 0) <= Self.maximumFile else {
      throw .invalid("The file is larger than the limit of \(Self.maximumFile) bytes.")
    }
    let announcement = try announcement(file, headers, size)
    let secret = ids.next("upload", length: 40)
    guard let spool = SpoolFile(path: files.folder + "/" + announcement.id) else {
      throw ServiceError(
        code: 500,
        status: "INTERNAL",
        message: "The upload folder is not writable."
      )
    }
    files.add(
      UploadSession(announcement, granularity: options.uploadGranularity, spool: spool),
      id: secret
    )
    let url =
      "\(baseURL)/upload/\(route.version)/files?upload_id=\(secret)&upload_protocol=resumable"
    return HTTPReply(
      status: 200,
      headers: [
        "X-Goog-Upload-URL": url, "X-Goog-Upload-Control-URL": url,
        "X-Goog-Upload-Status": "active",
        "X-Goog-Upload-Chunk-Granularity": String(options.uploadGranularity),
      ]
    )
  }

  private func announcement(
    _ file: JSONValue,
    _ headers: HeaderFields,
    _ size: Int?
  )
    throws(ServiceError) -> UploadSession.Announcement
  {
    UploadSession.Announcement(
      id: try newFileID(file["name"]?.string),
      displayName: file["displayName"]?.string,
      mimeType: file["mimeType"]?.string ?? headers["X-Goog-Upload-Header-Content-Type"]
        ?? "application/octet-stream",
      size: size
    )
  }

  /// The id a client chose, or a new one.
  private func newFileID(_ name: String?) throws(ServiceError) -> String {
    guard let name, !name.isEmpty else { return ids.next("file") }
    let id = String(name.split(separator: "/").last ?? "")
    let isValid = id.utf8.allSatisfy {
      $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    guard name == "files/\(id)", isValid, (1...40).contains(id.utf8.count), id.first != "-",
      id.last != "-"
    else {
      throw .invalid(
        "* CreateFileRequest.file.name: File name may only contain lower case letters, digits and "
          + "dashes, at most 40 of them, and may not begin or end with a dash.\n"
      )
    }
    guard files.file(id, at: clock.now) == nil else {
      throw ServiceError(
        code: 409,
        status: "ALREADY_EXISTS",
        message: "Requested entity already exists"
      )
    }
    return id
  }

  /// Decides where the bytes of a chunk go.
  func chunkHandling(_ head: RequestHead, _ session: UploadSession) -> BodyHandling {
    guard Self.commands(head).contains("upload") else { return .collect(limit: 1 << 16) }
    let offset = head.headers["X-Goog-Upload-Offset"].flatMap { Int($0) } ?? -1
    let length = head.headers["Content-Length"].flatMap { Int($0) } ?? 0
    let fault = faults.fault(
      for: .upload,
      model: nil,
      key: "\(session.announcement.id) \(offset) \(length)"
    )
    if let reply = fault?.replyInstead(model: "") {
      note(head, fault, status: reply.status)
      return .refuse(reply)
    }
    let breaks = fault?.breaksUpload == true
    if breaks { note(head, fault, status: 0) }
    let isLast = Self.commands(head).contains("finalize")
    var acceptance = UploadSink.Acceptance.accepted
    if !isLast, length % session.granularity != 0 {
      acceptance = .refused("A chunk before the last must be a multiple of the granularity.")
    } else if !session.begin(offset: offset) {
      acceptance = .refused(
        "The offset \(offset) does not match the \(session.received) bytes held."
      )
    }
    return .stream(
      UploadSink(
        session: session,
        acceptance: acceptance,
        breakAfter: breaks ? length / 2 : nil
      )
    )
  }

  /// Notes a request that gets no further than its head.
  private func note(_ head: RequestHead, _ fault: Fault?, status: Int) {
    var record = CallRecord(method: head.method, path: head.path)
    record.fault = fault?.kind.rawValue
    log.record(record, status: status)
  }

  private static func commands(_ head: RequestHead) -> [String] {
    (head.headers["X-Goog-Upload-Command"] ?? "").lowercased().split(separator: ",")
      .map { String($0).trimmingSpaces }
  }

  /// Answers a chunk, a query or a cancel.
  func uploadChunk(_ call: Call, session id: String) async throws(ServiceError) -> HTTPReply {
    guard let session = files.session(id) else {
      var reply = ServiceError.notFound("Upload session not found.").reply
      reply.headers["X-Goog-Upload-Status"] = "final"
      return reply
    }
    let commands = Self.commands(call.head)
    if let sink = call.request.sink as? UploadSink {
      guard sink.acceptance == .accepted else { return Self.refused(sink.acceptance, session) }
      session.end(keepsAll: true)
    }
    if let result = session.result { return Self.final(result) }
    if commands.contains("finalize") { return try await finalize(session) }
    guard commands.contains("upload") || commands.contains("query") else {
      throw .invalid("Unknown upload command.")
    }
    return HTTPReply(
      status: 200,
      headers: [
        "X-Goog-Upload-Status": "active",
        "X-Goog-Upload-Size-Received": String(session.received),
      ]
    )
  }

  private static func refused(
    _ acceptance: UploadSink.Acceptance,
    _ session: UploadSession
  )
    -> HTTPReply
  {
    guard case .refused(let reason) = acceptance else { return HTTPReply(status: 500) }
    var reply = ServiceError.invalid(reason).reply
    reply.headers["X-Goog-Upload-Status"] = "active"
    reply.headers["X-Goog-Upload-Size-Received"] = String(session.received)
    return reply
  }

  private static func final(_ result: JSONValue) -> HTTPReply {
    var reply = HTTPReply.json(result)
    reply.headers["X-Goog-Upload-Status"] = "final"
    return reply
  }

  private func finalize(_ session: UploadSession) async throws(ServiceError) -> HTTPReply {
    let announced = session.announcement
    if let size = announced.size, size != session.received {
      throw .invalid("The upload ends at \(session.received) bytes, \(size) were announced.")
    }
    let digest = session.digest()
    let examined = await examine(session.path, announced.mimeType, digest: digest)
    let now = clock.now
    let file = StoredFile(
      id: announced.id,
      displayName: announced.displayName,
      mimeType: announced.mimeType,
      size: session.received,
      digest: digest,
      source: .uploaded,
      path: session.path,
      created: now,
      facts: examined.facts,
      fault: examined.fault,
      pollsLeft: options.processingPolls,
      activeAt: now + 2 * (clock.speed ?? 1)
    )
    files.add(file)
    let result: JSONValue = [
      "file": .object(file.json(baseURL: baseURL, version: "v1beta", at: now))
    ]
    session.result = result
    return Self.final(result)
  }
}
