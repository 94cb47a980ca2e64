internal import OrderedJSON

extension GeminiClient {
  /// Puts a local file into Cloud Storage; one of the same name is replaced.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func uploadObject(
    _ path: String,
    to address: StorageAddress,
    mimeType: String,
    options: CallOptions = CallOptions()
  ) async throws {
    let file = try LocalFile(path: path)
    let range = HTTPRequest.FileRange(path: path, offset: 0, length: file.size)
    _ = try await json(requests.uploadObject(range, to: address, mimeType: mimeType), options)
  }

  /// The objects whose names begin alike, in the order of their names.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func objects(
    below address: StorageAddress,
    options: CallOptions = CallOptions()
  ) async throws -> [StorageAddress] {
    var found: [StorageAddress] = []
    var token: String?
    repeat {
      let value = try await json(requests.objects(below: address, pageToken: token), options)
      found += (value["items"]?.array ?? []).compactMap { $0["name"]?.string }
        .map { StorageAddress(bucket: address.bucket, name: $0) }
      token = Self.pageToken(value)
    } while token != nil
    return found.sorted { $0.name < $1.name }
  }

  /// Fetches an object.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func downloadObject(
    _ address: StorageAddress,
    options: CallOptions = CallOptions()
  ) async throws -> HTTPBody {
    var call = Call(options, timing: timing)
    return try await send(requests.downloadObject(address), &call).body
  }
}
