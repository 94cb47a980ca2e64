internal import OrderedJSON

extension GeminiRequests {
  /// Begins an upload.
  public func startUpload(_ upload: FileUpload) -> HTTPRequest {
    var file = JSONObject()
    file["displayName"] = upload.displayName.map { .string($0) }
    var request = post("files", ["file": .object(file)])
    request.url =
      "\(configuration.baseURL)/upload/\(configuration.apiVersion)/files"
    request.headers["X-Goog-Upload-Protocol"] = "resumable"
    request.headers["X-Goog-Upload-Command"] = "start"
    request.headers["X-Goog-Upload-Header-Content-Length"] = String(upload.size)
    request.headers["X-Goog-Upload-Header-Content-Type"] = upload.mimeType
    return request
  }

  /// Sends a run of an upload's bytes; the session's address stands for the key.
  public func uploadChunk(
    _ range: HTTPRequest.FileRange,
    isLast: Bool,
    session: String
  )
    -> HTTPRequest
  {
    uploadChunk(
      range.length == 0 ? .none : .file(range),
      at: range.offset,
      isLast: isLast,
      session: session
    )
  }

  /// Sends a run of an upload's bytes, wherever they come from.
  func uploadChunk(
    _ body: HTTPRequest.Body,
    at offset: Int,
    isLast: Bool,
    session: String
  )
    -> HTTPRequest
  {
    HTTPRequest(
      method: "POST",
      url: session,
      headers: [
        "X-Goog-Upload-Command": isLast ? "upload, finalize" : "upload",
        "X-Goog-Upload-Offset": String(offset),
      ],
      body: body,
      limits: HTTPRequest.Limits(idle: .seconds(120))
    )
  }

  /// Asks how many bytes of an upload have arrived.
  public func queryUpload(session: String) -> HTTPRequest {
    HTTPRequest(
      method: "POST",
      url: session,
      headers: ["X-Goog-Upload-Command": "query"],
      limits: HTTPRequest.Limits(idle: .seconds(60))
    )
  }

  /// Asks about a file.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func file(_ name: String) throws -> HTTPRequest { get(try resource(name, in: "files")) }

  /// Asks for a page of the files, at most 100 of them.
  public func files(pageSize: Int? = nil, pageToken: String? = nil) -> HTTPRequest {
    get("files", page(pageSize, pageToken))
  }

  /// Removes a file.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func deleteFile(_ name: String) throws -> HTTPRequest {
    delete(try resource(name, in: "files"))
  }

  /// Fetches a file the service made; files that were uploaded cannot be fetched.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func downloadFile(_ name: String) throws -> HTTPRequest {
    get(try resource(name, in: "files") + ":download", [("alt", "media")])
  }

  /// The path of a resource of ours from its name or id.
  func resource(_ name: String, in collection: String) throws -> String {
    let id = name.hasPrefix("\(collection)/") ? String(name.dropFirst(collection.count + 1)) : name
    let isPlain = id.allSatisfy { character in
      character.isASCII && (character.isLetter || character.isNumber) || "-_.".contains(character)
    }
    guard !id.isEmpty, isPlain, !id.contains("..") else {
      throw GeminiError(
        .invalidConfiguration,
        "\(String(name.prefix(100)).debugDescription) cannot be a name in \(collection)",
        remedy: "write it as in \(collection)/abc-123"
      )
    }
    return "\(collection)/\(id)"
  }
}
