internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import TranscriptionRuns

/// `files upload`: puts local files where requests can name them.
enum FilesUploadCommand {
  private static let paths = RepeatedOperand(
    .text("FILE", completion: .files),
    help: "video or audio file"
  )

  static let command = Command(
    "upload",
    abstract: "Upload files and wait until they can be used",
    examples: [
      .init("tabscribe files upload talk.mp4", "prints files/ID, a source for transcribe")
    ],
    discussion: "A file whose contents the service still has is not sent again.",
    operands: [paths],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try FilesCommand.files.session(arguments, context)
    let uploads = try arguments[paths].map { path in
      try upload(context.absolutePath(path), of: session.client)
    }
    var files: [GeminiFile] = []
    for upload in uploads {
      let file = try await send(upload, session)
      files.append(file)
      if !context.isJSON { context.print(SafeText.line(file.name)) }
    }
    if context.isJSON { context.print(json: ["files": .array(files.map(\.facts))]) }
    return .done
  }

  /// What is to be sent; every file is looked at before the first one goes.
  private static func upload(_ path: String, of client: GeminiClient) throws -> FileUpload {
    let delivery = try MediaDelivery(
      of: .localFile(path),
      backend: client.configuration.backend,
      inlineLimit: 0
    )
    guard case .upload(let upload) = delivery else {
      preconditionFailure("nothing goes within a request that may hold nothing")
    }
    return upload
  }

  private static func send(
    _ upload: FileUpload,
    _ session: ProviderSession
  ) async throws -> GeminiFile {
    let status = session.context.status
    let name = SafeText.line(upload.displayName ?? "")
    status.stage("\(name)  uploading")
    defer { status.clear() }
    var options = session.options
    options.deadline = nil
    let file = try await session.client.uploadFile(
      upload,
      unlessIn: session.uploads,
      options: options,
      onProgress: { progress in
        let share = Double(progress.sent) / Double(max(1, progress.total))
        status.update(
          "\(name)  uploading \(ProgressBar.rendered(share, width: 24)) "
            + "\(NumberText.bytes(progress.sent)) of \(NumberText.bytes(progress.total))"
        )
      }
    )
    return try await session.client.waitUntilActive(file, options: options)
  }
}
