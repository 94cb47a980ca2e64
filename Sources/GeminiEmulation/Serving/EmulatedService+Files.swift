internal import Digests
internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Lists, gets, downloads and deletes files.
  func fileRequest(_ call: inout Call, _ route: Route) throws(ServiceError) -> HTTPReply {
    guard route.backend == .aiStudio else { return Self.nothingHere(call.head.path) }
    let fault = faults.fault(
      for: .files,
      model: nil,
      key: call.head.method + call.head.path
    )
    call.record.fault = fault?.kind.rawValue
    if let reply = fault?.replyInstead(model: "") { return reply }
    switch (call.head.method, route.resource) {
    case ("GET", .files(verb: nil)): return try listFiles(call, route)
    case ("GET", .file(let id, verb: nil)):
      return .json(.object(describe(try file(id, polling: true), route)))
    case ("GET", .file(let id, verb: "download")): return try download(id, call)
    case ("POST", .files(verb: "register")): return try registerFiles(call, route)
    case ("DELETE", .file(let id, verb: nil)):
      _ = try file(id)
      _ = files.remove(id)
      return .json([:])
    default: return Self.nothingHere(call.head.path)
    }
  }

  private func describe(_ file: StoredFile, _ route: Route) -> JSONObject {
    file.json(baseURL: baseURL, version: route.version, at: clock.now)
  }

  private func file(_ id: String, polling: Bool = false) throws(ServiceError) -> StoredFile {
    guard let file = files.file(id, at: clock.now, polling: polling) else {
      throw .denied("You do not have permission to access the File \(id) or it may not exist.")
    }
    return file
  }

  private func listFiles(_ call: Call, _ route: Route) throws(ServiceError) -> HTTPReply {
    let all = files.all(at: clock.now)
    let page = try Page(call.head, count: all.count, standard: 10, maximum: 100)
    return .json(page.json("files", all[page.range].map { .object(describe($0, route)) }))
  }

  /// Registers objects of Cloud Storage; the caller has to show who may read them.
  private func registerFiles(_ call: Call, _ route: Route) throws(ServiceError) -> HTTPReply {
    guard call.head.headers["Authorization"] != nil else { throw .unauthenticated }
    let uris = try call.message("RegisterFilesRequest", route.backend)["uris"]?.array ?? []
    var registered: [JSONValue] = []
    for uri in uris.compactMap(\.string) {
      guard uri.hasPrefix("gs://"), uri.split(separator: "/").count > 2 else {
        throw .invalid("\(uri) is no address of an object in Cloud Storage.")
      }
      let file = registeredFile(uri)
      files.add(file)
      registered.append(.object(describe(file, route)))
    }
    return .json(["files": .array(registered)])
  }

  private func registeredFile(_ uri: String) -> StoredFile {
    let isSample = uri.hasSuffix("/sample.webm")
    let type = uri.hasSuffix(".webm") ? "video/webm" : "video/mp4"
    let known = isSample ? SampleVideo.shared.facts : options.media[uri]
    return StoredFile(
      id: ids.next("file"),
      displayName: nil,
      mimeType: type,
      size: 0,
      digest: isSample ? SampleVideo.shared.digest : SHA256.hexadecimal(of: uri),
      source: .registered,
      path: "",
      created: clock.now,
      facts: known ?? MIMETypes.facts(of: type, durationMS: options.remoteDurationMS),
      fault: nil,
      pollsLeft: 0,
      activeAt: clock.now
    )
  }

  private func download(_ id: String, _ call: Call) throws(ServiceError) -> HTTPReply {
    let file = try file(id)
    guard file.source == .generated else {
      throw .invalid("Only generated files may be downloaded; files/\(id) was uploaded.")
    }
    guard call.head.parameter("alt") == "media" else {
      throw .invalid("A download needs alt=media.")
    }
    return .file(
      path: file.path,
      size: file.size,
      type: file.mimeType,
      range: call.head.headers["Range"]
    )
  }
}
