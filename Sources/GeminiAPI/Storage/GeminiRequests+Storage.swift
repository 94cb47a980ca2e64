extension GeminiRequests {
  /// Puts a local file into Cloud Storage.
  public func uploadObject(
    _ file: HTTPRequest.FileRange,
    to address: StorageAddress,
    mimeType: String
  ) -> HTTPRequest {
    var request = storage(
      "POST",
      "/upload/storage/v1/b/\(address.bucket)/o",
      [("uploadType", "media"), ("name", address.name)]
    )
    request.headers["Content-Type"] = mimeType
    request.body = .file(file)
    return request
  }

  /// Asks for a page of the objects whose names begin alike.
  public func objects(below address: StorageAddress, pageToken: String? = nil) -> HTTPRequest {
    storage(
      "GET",
      "/storage/v1/b/\(address.bucket)/o",
      [("prefix", address.name)] + page(nil, pageToken)
    )
  }

  /// Fetches an object.
  public func downloadObject(_ address: StorageAddress) -> HTTPRequest {
    let name = PercentEncoding.encoded(address.name)
    return storage("GET", "/storage/v1/b/\(address.bucket)/o/\(name)", [("alt", "media")])
  }

  private func storage(
    _ method: String,
    _ path: String,
    _ query: [(String, String)]
  ) -> HTTPRequest {
    HTTPRequest(
      method: method,
      url: configuration.storageURL + path + "?" + PercentEncoding.query(query),
      headers: headers,
      limits: HTTPRequest.Limits(idle: .seconds(120))
    )
  }
}
