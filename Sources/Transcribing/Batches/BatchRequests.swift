internal import GeminiAPI

/// The requests of a batch as the service takes them.
struct BatchRequests {
  /// The label by which Agent Platform, which has no keys, tells answers apart: it repeats requests
  /// with their labels.
  static let label = "tabscribe-key"

  private let record: BatchRecord

  init(_ record: BatchRecord) { self.record = record }

  /// All requests.
  func all() throws -> [BatchRequest] {
    try record.items.map { BatchRequest(key: $0.key, request: try request(of: $0)) }
  }

  /// Writes the requests, one a line, each made when it is its turn; returns the bytes written.
  func write(to path: String) throws -> Int {
    let stream = try FileStream(path: path)
    for item in record.items {
      let request = BatchRequest(key: item.key, request: try request(of: item))
      let line = record.backend == .aiStudio ? request.line : request.keylessLine
      try stream.append(Array(line.utf8))
    }
    let size = stream.count
    try stream.finish()
    return size
  }

  private func request(of item: BatchRecord.Item) throws -> GenerateContentRequest {
    var request = item.prepared.request.replacingPlaceholder(
      with: try payload(of: item.prepared.delivery)
    )
    if record.backend != .aiStudio { request.labels.append((Self.label, item.key)) }
    return request
  }

  private func payload(of delivery: MediaDelivery) throws -> Part.Payload {
    switch delivery {
    case .reference(let data): return .fileData(data)
    case .uploaded(let name): return try kept(name)
    case .upload(let upload): return try kept(upload.path)
    case .inline(let file, let type):
      guard record.backend != .aiStudio else { return try kept(file.path) }
      return .inlineData(Blob(mimeType: type, data: try file.bytes(upTo: file.size)))
    }
  }

  private func kept(_ path: String) throws(TranscriptionError) -> Part.Payload {
    guard let media = record.media[path] else {
      throw TranscriptionError(
        .invalidSource,
        "\(path) cannot be read here and is not at the service.",
        remedy: "Submit the batch on the machine that has the file."
      )
    }
    return .fileData(FileData(fileUri: media.uri, mimeType: media.mimeType))
  }
}
