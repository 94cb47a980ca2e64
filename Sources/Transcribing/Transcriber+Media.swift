internal import GeminiAPI

extension Transcriber {
  /// The media as a part of the request, uploaded and ready where needed.
  ///
  /// - Parameter seconds: How long the service has to keep an upload at least.
  func payload(
    of delivery: MediaDelivery,
    lasting seconds: Int = 0,
    _ observe: @escaping ProgressObserver
  ) async throws -> Part.Payload {
    let options = CallOptions(onRetry: { observe(.retrying($0)) })
    switch delivery {
    case .nothing: return .none
    case .reference(let data): return .fileData(data)
    case .inline(let file, let mimeType):
      return .inlineData(Blob(mimeType: mimeType, data: try file.bytes(upTo: file.size)))
    case .inlineObject(let object, let mimeType):
      return .inlineData(Blob(mimeType: mimeType, data: try await client.contents(of: object)))
    case .uploaded(let name):
      return try await ready(client.file(name, options: options), options, observe)
    case .upload(let upload):
      let file = try await client.uploadFile(
        upload,
        unlessIn: uploads,
        lasting: seconds,
        options: options,
        onProgress: { observe(.uploading($0)) }
      )
      return try await ready(file, options, observe)
    }
  }

  private func ready(
    _ file: GeminiFile,
    _ options: CallOptions,
    _ observe: ProgressObserver
  ) async throws -> Part.Payload {
    if file.state != .active { observe(.preparing) }
    let file = try await client.waitUntilActive(file, options: options)
    return .fileData(FileData(fileUri: file.uri, mimeType: file.mimeType))
  }
}
