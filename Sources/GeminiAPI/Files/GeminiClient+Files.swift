internal import OrderedJSON

extension GeminiClient {
  /// Keeps a local file at the service, and waits for nothing but the last byte's receipt.
  ///
  /// After a fault the client asks how much has arrived and goes on from there.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func uploadFile(
    _ upload: FileUpload,
    options: CallOptions = CallOptions(),
    onProgress: (@Sendable (UploadProgress) -> Void)? = nil
  ) async throws -> GeminiFile {
    try requireFileService()
    var session = try UploadSession(
      client: self,
      upload: upload,
      call: Call(options, timing: timing),
      onProgress: onProgress
    )
    return try await session.run()
  }

  /// Asks about a file.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func file(
    _ name: String,
    options: CallOptions = CallOptions()
  ) async throws -> GeminiFile {
    let value = try await json(try requests.file(name), options)
    guard let file = GeminiFile(json: value) else { throw Self.nameless("file") }
    return file
  }

  /// Asks for a page of the files.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func files(
    pageSize: Int? = nil,
    pageToken: String? = nil,
    options: CallOptions = CallOptions()
  ) async throws -> Page<GeminiFile> {
    let value = try await json(requests.files(pageSize: pageSize, pageToken: pageToken), options)
    return Page(
      elements: value["files"]?.array?.compactMap(GeminiFile.init(json:)) ?? [],
      nextPageToken: Self.pageToken(value)
    )
  }

  /// Removes a file.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func deleteFile(_ name: String, options: CallOptions = CallOptions()) async throws {
    _ = try await json(try requests.deleteFile(name), options)
  }

  /// Fetches a file the service made; files that were uploaded cannot be fetched.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func downloadFile(
    _ name: String,
    options: CallOptions = CallOptions()
  ) async throws -> HTTPBody {
    var call = Call(options, timing: timing)
    var request = try requests.downloadFile(name)
    request.limits.total = TransferTime.ofDownload
    return try await send(request, &call).body
  }

  /// Waits until a file can be used.
  ///
  /// - Parameters:
  ///   - file: The file as last seen; its name counts.
  ///   - deadline: The longest wait.
  ///   - options: For each of the questions.
  ///   - onPoll: Told what the service said each time.
  /// - Returns: The file, ready for use.
  /// - Throws: ``GeminiError`` with the code `fileFailed` when the service could not prepare the
  ///   file, `timedOut` when the wait is over; `CancellationError`.
  public func waitUntilActive(
    _ file: GeminiFile,
    deadline: Duration = .seconds(600),
    options: CallOptions = CallOptions(),
    onPoll: (@Sendable (GeminiFile) -> Void)? = nil
  ) async throws -> GeminiFile {
    let end = timing.now() + deadline
    var file = file
    var pause = Duration.milliseconds(50)
    while file.state != .active {
      if file.state == .failed {
        let reason = file.failure.map { ": \($0)" } ?? ""
        throw GeminiError(
          .fileFailed,
          GeminiError.bounded("the service could not prepare \(file.name)\(reason)"),
          remedy: "check that the file plays, or convert it to MP4 with H.264 and AAC"
        )
      }
      let left = end - timing.now()
      guard left > pause else {
        throw GeminiError(
          .timedOut,
          "\(file.name) was not ready after \(WireDuration.text(deadline))"
        )
      }
      // An upload's receipt may not tell the state: the first question is asked at once.
      if file.state != nil { try await timing.sleep(pause) }
      pause = min(pause * 2, .seconds(5))
      var options = options
      options.deadline = min(end - timing.now(), options.deadline ?? .seconds(60))
      file = try await self.file(file.name, options: options)
      onPoll?(file)
      if file.state == nil { file.state = .processing }
    }
    return file
  }
}
