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
    var request = item.prepared.shown(item.prepared.request, nil).replacingPlaceholder(
      with: try payload(of: item.prepared.delivery)
    )
    if record.backend != .aiStudio { request.labels.append((Self.label, item.key)) }
    return request
  }

  private func payload(of delivery: MediaDelivery) throws -> Part.Payload {
    switch delivery {
    case .reference(let data): return .fileData(data)
    case .inline(let file, let type) where record.backend != .aiStudio:
      return .inlineData(Blob(mimeType: type, data: try file.bytes(upTo: file.size)))
    case .uploaded, .upload, .inline:
      let name = delivery.keptName ?? ""
      guard let media = record.media[name] else { throw Self.missing(name) }
      return .fileData(FileData(fileUri: media.uri, mimeType: media.mimeType))
    }
  }

  private static func missing(_ name: String) -> TranscriptionError {
    TranscriptionError(
      .invalidSource,
      "\(name) cannot be read here and is not at the service.",
      remedy: "Submit the batch on the machine that has the file."
    )
  }
}

extension MediaDelivery {
  /// What a batch calls the medium that the service has to keep; `nil` for one that it fetches.
  var keptName: String? {
    switch self {
    case .reference: nil
    case .uploaded(let name): name
    case .inline(let file, _): file.path
    case .upload(let upload): upload.path
    }
  }
}
