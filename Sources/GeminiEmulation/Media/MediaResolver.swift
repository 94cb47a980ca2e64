internal import Digests
internal import OrderedJSON
internal import PlainText

/// Finds out what the media of a request are.
struct MediaResolver: Sendable {
  let options: EmulatorOptions
  let files: FileStore
  /// What was found out about media within requests, by digest.
  let examined: [String: EmulatedMedia]
  let backend: Backend
  let now: Double

  /// Media held by the request itself.
  func inline(_ blob: JSONValue) throws(ServiceError) -> MediaSource {
    let type = blob["mimeType"]?.string ?? ""
    guard MIMETypes.isSupported(type) else {
      throw .invalid("Unsupported MIME type: \(type)")
    }
    let bytes = Base64.decoded(blob["data"]?.string ?? "") ?? []
    return source(
      digest: SHA256.hexadecimal(of: bytes),
      type: type,
      durationMS: options.remoteDurationMS
    )
  }

  /// Media named by an address.
  func named(_ data: JSONValue) throws(ServiceError) -> MediaSource {
    let uri = data["fileUri"]?.string ?? ""
    let type = data["mimeType"]?.string
    if let type, !type.isEmpty, !MIMETypes.isSupported(type) {
      throw .invalid("Unsupported MIME type: \(type)")
    }
    if let id = Self.fileID(uri), backend == .aiStudio { return try uploaded(id) }
    if uri.hasPrefix("gs://") {
      guard backend == .agentPlatform else {
        throw .invalid(
          "Unsupported file URI type: \(uri). Register the object with files:register."
        )
      }
      return remote(uri, type: type)
    }
    guard uri.hasPrefix("https://") || uri.hasPrefix("http://") else {
      throw .invalid("Invalid or unsupported file uri: \(uri.prefix(200))")
    }
    guard Self.host(of: uri).map({ !$0.hasSuffix(".invalid") }) ?? false else {
      throw .invalid("Cannot fetch content from the provided URL.")
    }
    return remote(uri, type: type)
  }

  /// The id in `files/ID` or in a file's address.
  static func fileID(_ uri: String) -> String? {
    if uri.hasPrefix("files/") { return String(uri.dropFirst(6)) }
    guard let path = uri.split(separator: "://").dropFirst().first else { return nil }
    let parts = path.split(separator: "/")
    guard parts.count == 4, parts[2] == "files", parts[1].hasPrefix("v1") else { return nil }
    return String(parts[3])
  }

  private static func host(of uri: String) -> String? {
    uri.split(separator: "://").dropFirst().first?.split(separator: "/").first
      .map { String($0.split(separator: ":")[0]).lowercased() }
  }

  private func uploaded(_ id: String) throws(ServiceError) -> MediaSource {
    guard let file = files.file(id, at: now) else {
      throw .denied("You do not have permission to access the File \(id) or it may not exist.")
    }
    guard file.state(at: now) == "ACTIVE" else {
      throw .precondition("The File \(id) is not in an ACTIVE state and usage is not allowed.")
    }
    return MediaSource(
      identity: file.digest,
      mimeType: file.mimeType,
      facts: file.facts,
      isSample: file.digest == SampleVideo.shared.digest
    )
  }

  private func remote(_ uri: String, type: String?) -> MediaSource {
    let path = uri.split(separator: "?")[0]
    let isSample = options.sampleURIs.contains(uri) || path.hasSuffix("/sample.webm")
    let type = type.flatMap { $0.isEmpty ? nil : $0 } ?? "video/*"
    let known = isSample ? SampleVideo.shared.facts : options.media[uri]
    return MediaSource(
      identity: uri,
      mimeType: type,
      facts: known ?? MIMETypes.facts(of: type, durationMS: options.remoteDurationMS),
      isSample: isSample
    )
  }

  private func source(digest: String, type: String, durationMS: Int) -> MediaSource {
    let isSample = digest == SampleVideo.shared.digest
    let known = isSample ? SampleVideo.shared.facts : options.media[digest] ?? examined[digest]
    return MediaSource(
      identity: digest,
      mimeType: type,
      facts: known ?? MIMETypes.facts(of: type, durationMS: durationMS),
      isSample: isSample
    )
  }
}
