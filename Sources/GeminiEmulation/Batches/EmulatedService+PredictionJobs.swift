internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Creates, gets, lists, cancels and deletes batch prediction jobs of the Agent Platform.
  func jobRequest(_ call: inout Call, _ route: Route) async throws(ServiceError) -> HTTPReply {
    switch (call.head.method, route.resource) {
    case ("POST", .jobs): return .json(try createJob(call, route).predictionJob)
    case ("GET", .jobs):
      let all = batches.all(scope: route.scope)
      let page = try Page(call.head, count: all.count, standard: 50, maximum: 100)
      return .json(page.json("batchPredictionJobs", all[page.range].map(\.predictionJob)))
    case ("GET", .job(let id, verb: nil)): return .json(try await poll(id, route).predictionJob)
    case ("POST", .job(let id, verb: "cancel")):
      try cancel(id, route)
      return .json([:])
    case ("DELETE", .job(let id, verb: nil)):
      _ = try batch(id, route)
      batches.remove(id)
      return .json([
        "name": JSONValue("\(route.scope ?? "")/operations/\(ids.next("operation"))"), "done": true,
        "response": ["@type": "type.googleapis.com/google.protobuf.Empty"],
      ])
    default: return Self.nothingHere(call.head.path)
    }
  }

  private func createJob(_ call: Call, _ route: Route) throws(ServiceError) -> BatchJob {
    let body = try call.message("BatchPredictionJob", route.backend)
    let id = String((body["model"]?.string ?? "").split(separator: "/").last ?? "")
    guard EmulatedModel.named(id, version: route.version) != nil else {
      throw Self.unknownModel(id, route, "batchPredict")
    }
    let input = body["inputConfig"] ?? .null
    let output = body["outputConfig"] ?? .null
    let uris = (input["gcsSource"]?["uris"]?.array ?? []).compactMap(\.string)
    guard input["instancesFormat"]?.string == "jsonl", !uris.isEmpty,
      output["predictionsFormat"]?.string == "jsonl",
      let prefix = output["gcsDestination"]?["outputUriPrefix"]?.string
    else { throw .invalid("Only JSONL objects of Cloud Storage are emulated.") }
    var items: [BatchJob.Item] = []
    for uri in uris {
      guard let bytes = contents(of: try storagePath(uri)) else {
        throw .notFound("The object \(uri) was not found.")
      }
      items += try Self.items(inLines: String(decoding: bytes, as: UTF8.self))
    }
    let job = BatchJob(
      id: String(ids.number("job")),
      route: route,
      modelName: id,
      displayName: body["displayName"]?.string ?? "",
      created: clock.now,
      items: items,
      form: .storage(inputConfig: input, outputConfig: output, prefix: prefix),
      pollsLeft: options.batchPolls
    )
    batches.put(job)
    return job
  }

  /// Where an object lies: `gs://bucket/a/b` is `bucket/a/b` below the folder of the options.
  func storagePath(_ uri: String) throws(ServiceError) -> String {
    guard let folder = options.storageFolder else {
      throw .invalid("\(uri): this emulator was started without a folder for Cloud Storage.")
    }
    let parts = uri.dropFirst("gs://".count).split(separator: "/")
    guard uri.hasPrefix("gs://"), !parts.isEmpty, !parts.contains(".."), !parts.contains(".") else {
      throw .invalid("\(uri) is no address of Cloud Storage.")
    }
    return folder + "/" + parts.joined(separator: "/")
  }

  /// Writes the predictions below a prefix; the address of their folder.
  func writePredictions(of job: BatchJob, below prefix: String) throws(ServiceError) -> String {
    let slash = prefix.hasSuffix("/") ? "" : "/"
    let folder = prefix + slash + "prediction-model-" + Timestamp.rendered(job.created)
    let processed = JSONValue(Timestamp.rendered(clock.now))
    let lines = zip(job.items, job.results).map { item, result -> String in
      let status = result["error"]?["message"] ?? ""
      let line: JSONValue = [
        "status": status, "processed_time": processed, "request": item.request,
        "response": result["response"] ?? [:],
      ]
      return line.rendered() + "\n"
    }
    try put(lines.joined().utf8, at: try storagePath(folder + "/predictions.jsonl"))
    return folder
  }
}
