internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension BatchRecord {
  /// The record as a document; prompts, settings and requests stand in it once each.
  var json: JSONValue {
    var prompts = RecordTable<PromptSnapshot>()
    var settings = RecordTable<String>()
    var requests = RecordTable<String>()
    let items = items.map { item -> JSONValue in
      var object = item.prepared.recordJSON
      object["key"] = .string(item.key)
      object["estimateUSD"] = item.estimate?.recordJSON
      object["prompt"] = JSONValue(prompts.position(of: item.snapshot))
      let text = item.prepared.settings.json.rendered()
      object["settings"] = JSONValue(settings.position(of: text))
      let request = item.prepared.request.json.rendered()
      object["request"] = JSONValue(requests.position(of: request))
      if case .failed(let reason) = item.outcome { object["error"] = .string(reason) }
      if item.outcome == .answered { object["answered"] = true }
      return .object(object)
    }
    var object = head
    object["prompts"] = .array(prompts.values.map(\.json))
    object["settings"] = .array(settings.values.map(Self.document))
    object["requests"] = .array(requests.values.map(Self.document))
    object["items"] = .array(items)
    return .object(object)
  }

  /// A document from the text it was written as just before.
  private static func document(_ text: String) -> JSONValue {
    (try? JSONValue(parsing: text)) ?? .null
  }

  private var head: JSONObject {
    var object: JSONObject = [
      "schemaVersion": 1, "id": .string(id), "tool": .string(tool), "account": .string(account),
      "backend": backend.recordJSON, "model": .string(model), "stage": .string(stage.rawValue),
    ]
    object["storage"] = storage.map { .string($0.description) }
    object["retryOf"] = retryOf.map { .string($0) }
    object["submitted"] = submitted.map { JSONValue($0) }
    object["batch"] = name.map { .string($0) }
    object["state"] = state.map { .string($0.rawValue) }
    object["failure"] = failure.map { .string($0) }
    object["costUSD"] = cost.map { cost in
      var costs: JSONObject = [
        "uncached": cost.uncached.recordJSON, "cached": cost.cached.recordJSON,
      ]
      costs["batch"] = cost.batch?.recordJSON
      return .object(costs)
    }
    object["media"] = .array(media.sorted { $0.key < $1.key }.map { Self.json($0, $1) })
    return object
  }

  private static func json(_ path: String, _ kept: KeptMedia) -> JSONValue {
    var object: JSONObject = [
      "path": .string(path), "uri": .string(kept.uri), "expiration": JSONValue(kept.expiration),
    ]
    object["mimeType"] = kept.mimeType.map { .string($0) }
    return .object(object)
  }

  /// Reads a record.
  ///
  /// - Throws: ``TranscriptionError`` with the code `storage`; `PromptError`.
  init(json: JSONValue) throws {
    let reader = RecordReader(value: json, place: "")
    guard try reader.int("schemaVersion") == 1, Self.isID(try reader.text("id")) else {
      throw reader.failure("schemaVersion", "1")
    }
    let backend = try GeminiConfiguration.Backend(record: reader.member("backend"))
    self.init(
      id: try reader.text("id"),
      tool: try reader.text("tool"),
      account: try reader.text("account"),
      backend: backend,
      model: try reader.text("model"),
      storage: try json["storage"]?.string.map { try StorageAddress(parsing: $0) },
      retryOf: json["retryOf"]?.string,
      cost: CostEstimate(record: json["costUSD"]),
      items: try Self.items(reader, backend)
    )
    guard let stage = Stage(rawValue: try reader.text("stage")) else {
      throw reader.failure("stage", "a stage")
    }
    self.stage = stage
    submitted = json["submitted"]?.int?.asAmount
    name = json["batch"]?.string
    state = json["state"]?.string.map(Batch.State.init(rawValue:))
    failure = json["failure"]?.string
    for kept in try reader.list("media") {
      media[try kept.text("path")] = KeptMedia(
        uri: try kept.text("uri"),
        mimeType: kept.value["mimeType"]?.string,
        expiration: try kept.int("expiration").asAmount
      )
    }
  }

  private static func items(
    _ reader: RecordReader,
    _ backend: GeminiConfiguration.Backend
  ) throws -> [Item] {
    let prompts = try reader.list("prompts").map { reader in
      let snapshot = try PromptSnapshot(reader)
      return (snapshot: snapshot, prompt: try snapshot.prompt())
    }
    let settings = try reader.list("settings").map { reader in
      guard let settings = RequestSettings(json: reader.value) else {
        throw reader.failure("settings", "settings of a transcription")
      }
      return settings
    }
    let requests = try reader.list("requests").map(\.value)
    let catalog = try ModelCatalog.builtIn()
    return try reader.list("items").map { reader in
      let prompt = try reader.element("prompt", of: prompts)
      var item = Item(
        key: try reader.text("key"),
        prepared: try PreparedTranscription(
          reader,
          prompt: prompt.prompt,
          settings: reader.element("settings", of: settings),
          request: reader.element("request", of: requests),
          backend: backend,
          catalog: catalog
        ),
        snapshot: prompt.snapshot,
        estimate: CostRange(record: reader.value["estimateUSD"])
      )
      if let reason = reader.value["error"]?.string { item.outcome = .failed(reason) }
      if reader.value["answered"]?.bool == true { item.outcome = .answered }
      return item
    }
  }

  /// Whether a text can be an id, which becomes the name of a file.
  static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }
}

extension GeminiConfiguration.Backend {
  fileprivate var recordJSON: JSONValue {
    switch self {
    case .aiStudio: return ["name": "ai-studio"]
    case .agentPlatform(let project, let location):
      var object: JSONObject = ["name": "agent-platform", "location": .string(location)]
      object["project"] = project.map { .string($0) }
      return .object(object)
    }
  }

  fileprivate init(record reader: RecordReader) throws(TranscriptionError) {
    switch try reader.text("name") {
    case "ai-studio": self = .aiStudio
    case "agent-platform":
      self = .agentPlatform(
        project: reader.value["project"]?.string,
        location: try reader.text("location")
      )
    default: throw reader.failure("name", "ai-studio or agent-platform")
    }
  }
}

extension CostRange {
  fileprivate var recordJSON: JSONValue {
    ["low": .number(low), "expected": .number(expected), "high": .number(high)]
  }
}

extension CostEstimate {
  fileprivate init?(record value: JSONValue?) {
    guard let uncached = CostRange(record: value?["uncached"]),
      let cached = CostRange(record: value?["cached"])
    else { return nil }
    self.init(uncached: uncached, cached: cached, batch: CostRange(record: value?["batch"]))
  }
}
