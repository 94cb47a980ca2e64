internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Gets, lists, cancels and deletes batches of AI Studio.
  func batchRequest(_ call: inout Call, _ route: Route) async throws(ServiceError) -> HTTPReply {
    switch (call.head.method, route.resource) {
    case ("GET", .batches):
      let all = batches.all(scope: nil)
      let page = try Page(call.head, count: all.count, standard: 50, maximum: 1000)
      return .json(
        page.json("operations", all[page.range].map { $0.operation(withResults: false) })
      )
    case ("GET", .batch(let id, verb: nil)):
      return .json(try await poll(id, route).operation(withResults: true))
    case ("POST", .batch(let id, verb: "cancel")):
      try cancel(id, route)
      return .json([:])
    case ("DELETE", .batch(let id, verb: nil)):
      _ = try batch(id, route)
      batches.remove(id)
      return .json([:])
    default: return Self.nothingHere(call.head.path)
    }
  }

  func batch(_ id: String, _ route: Route) throws(ServiceError) -> BatchJob {
    guard let job = batches.job(id, scope: route.scope) else {
      throw .notFound("Requested entity was not found.")
    }
    return job
  }

  func cancel(_ id: String, _ route: Route) throws(ServiceError) {
    var job = try batch(id, route)
    guard !job.state.isOver else { return }
    job.state = .cancelled
    job.ended = clock.now
    batches.put(job)
  }

  /// Creates a batch for a model.
  func createBatch(
    _ call: Call,
    _ route: Route,
    _ model: EmulatedModel,
    _ id: String
  )
    throws(ServiceError) -> HTTPReply
  {
    guard route.backend == .aiStudio else {
      throw Self.unknownModel(id, route, "batchGenerateContent")
    }
    // The requests inside are checked one by one when they run, as each may fail alone.
    let batch = try call.json()["batch"] ?? .null
    let input = batch["inputConfig"] ?? batch["input_config"] ?? .null
    let (items, form) = try orders(input, call, route)
    guard !items.isEmpty else { throw .invalid("The batch holds no requests.") }
    let job = BatchJob(
      id: ids.next("batch", length: 36),
      route: route,
      modelName: id,
      displayName: (batch["displayName"] ?? batch["display_name"])?.string ?? "",
      created: clock.now,
      items: items,
      form: form,
      pollsLeft: options.batchPolls
    )
    batches.put(job)
    return .json(job.operation(withResults: false))
  }

  /// The requests of a batch, and where they came from.
  private func orders(
    _ input: JSONValue,
    _ call: Call,
    _ route: Route
  ) throws(ServiceError)
    -> ([BatchJob.Item], BatchJob.Form)
  {
    if let name = (input["fileName"] ?? input["file_name"])?.string {
      return (try Self.items(inLines: try fileText(name, route)), .file)
    }
    let body = try call.message("BatchGenerateContentRequest", route.backend)
    let requests = body["batch"]?["inputConfig"]?["requests"]?["requests"]?.array ?? []
    let items = requests.map { request in
      BatchJob.Item(label: request["metadata"], request: request["request"] ?? .null)
    }
    return (items, .inline)
  }

  private func fileText(_ name: String, _ route: Route) throws(ServiceError) -> String {
    guard let file = files.file(String(name.dropFirst("files/".count)), at: clock.now) else {
      throw .denied("You do not have permission to access the File \(name) or it may not exist.")
    }
    return String(decoding: contents(of: file.path) ?? [], as: UTF8.self)
  }

  /// The orders of a JSONL file: each line a key and a request.
  static func items(inLines text: String) throws(ServiceError) -> [BatchJob.Item] {
    var items: [BatchJob.Item] = []
    for (number, line) in text.split(separator: "\n").enumerated() {
      guard let value = try? JSONValue(parsing: String(line)), let request = value["request"] else {
        throw .invalid("Line \(number + 1) of the batch's input is not {\"key\", \"request\"}.")
      }
      items.append(BatchJob.Item(label: value["key"] ?? value["metadata"], request: request))
    }
    return items
  }

  /// Reports a batch; runs it when its time has come.
  func poll(_ id: String, _ route: Route) async throws(ServiceError) -> BatchJob {
    _ = try batch(id, route)
    guard let (job, isDue) = batches.poll(id) else {
      throw .notFound("Requested entity was not found.")
    }
    guard isDue else { return job }
    batches.finish(await finished(job))
    return try batch(id, route)
  }

  private func finished(_ job: BatchJob) async -> BatchJob {
    var job = job
    let fault = faults.fault(for: .batchJobs, model: job.modelName, key: job.id)
    if let fault {
      log.note(fault: fault.kind.rawValue)
      switch fault.batchDamage {
      case .hidesLabels: job.hidesLabels = true
      case .fails: return job.failed(at: clock.now)
      case nil: break
      }
    }
    for item in job.items { job.results.append(await result(of: item, job)) }
    job.state = .succeeded
    job.ended = clock.now
    do throws(ServiceError) {
      job.output = try writeResults(of: job)
    } catch {
      job.state = .failed
      job.fault = error
    }
    return job
  }

  private func result(of item: BatchJob.Item, _ job: BatchJob) async -> JSONObject {
    do throws(ServiceError) {
      guard let model = EmulatedModel.named(job.modelName, version: job.route.version) else {
        throw Self.unknownModel(job.modelName, job.route, "batchGenerateContent")
      }
      let body = try RequestReader.read(
        item.request,
        as: "GenerateContentRequest",
        backend: job.route.backend
      )
      let digest = digest(model.id, item.request.renderedBytes())
      let request = try await reader(job.route, model, job.modelName, of: body)
        .read(body, digest: digest)
      let fault = faults.fault(for: .batches, model: model.id, key: digest)
      if let error = fault?.error(model: model.id) { throw error }
      let generation = await answer(request, fault, isStreamed: false)
      return ["response": generation.response]
    } catch {
      return ["error": error.statusObject]
    }
  }

  /// Writes the answers where the batch wants them; `nil` when they go into the operation itself.
  private func writeResults(of job: BatchJob) throws(ServiceError) -> String? {
    switch job.form {
    case .inline: return nil
    case .file: return try addResultFile(of: job)
    case .storage(_, _, let prefix): return try writePredictions(of: job, below: prefix)
    }
  }

  private func addResultFile(of job: BatchJob) throws(ServiceError) -> String {
    let lines = zip(job.items, job.results).map { item, result -> String in
      var line = JSONObject()
      if !job.hidesLabels { line["key"] = item.label }
      for (key, value) in result.members { line[key] = value }
      return JSONValue.object(line).rendered() + "\n"
    }
    let id = "batch-\(job.id)"
    guard let spool = SpoolFile(path: files.folder + "/" + id) else {
      throw ServiceError(code: 500, status: "INTERNAL", message: "The results cannot be written.")
    }
    for line in lines { _ = Array(line.utf8).withUnsafeBytes { spool.append($0) } }
    files.add(
      StoredFile(
        id: id,
        displayName: nil,
        mimeType: "application/jsonl",
        size: spool.size,
        digest: spool.digest(),
        source: .generated,
        path: spool.path,
        created: clock.now,
        facts: EmulatedMedia(durationMS: 0, hasVideo: false, hasAudio: false),
        fault: nil,
        pollsLeft: 0,
        activeAt: clock.now
      )
    )
    return "files/\(id)"
  }
}
