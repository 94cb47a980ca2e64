public import GeminiAPI
public import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel
internal import TranscriptRecipes

/// The work of a run as it is kept with it: prompts, settings and requests as they were then.
///
/// With it a run is taken up although its sources, prompts and settings are elsewhere or have changed:
/// answers of a batch come a day later, and maybe on another machine.
public struct KeptWork: Sendable {
  /// What is to be done, with what was done before and only has to be written.
  public let work: [NamedWork]
  /// The prompt that asks whose voices a transcript has.
  public let speakers: ExtractionPrompt?
  /// The file in which the speakers of a series are noted, as an absolute path.
  public var ledger: String?
  /// Where requests and answers go, on Agent Platform.
  public var storage: StorageAddress?
  /// Whether everything is asked anew, also what other runs have done.
  public var isAnew = false

  /// Whether it asks recipes about transcripts, whose tables go into them.
  public var isAboutTranscripts: Bool { work.contains { $0.prepared.recipe != nil } }

  /// Work to keep.
  public init(_ work: [NamedWork], speakers: ExtractionPrompt?) {
    (self.work, self.speakers) = (work, speakers)
  }
}

// MARK: As a document

extension KeptWork {
  /// The work as a document; prompts, settings and requests stand in it once each.
  ///
  /// - Throws: ``TranscriptionError`` for a prompt that was read without what it refers to.
  public func json() throws(TranscriptionError) -> JSONValue {
    var prompts = RecordTable<PromptSnapshot>()
    var settings = RecordTable<JSONValue>()
    var requests = RecordTable<JSONValue>()
    var transcripts = RecordTable<NumberedRows>()
    var items: [JSONValue] = []
    for work in work {
      let prepared = work.prepared
      var object = prepared.recordJSON
      object["stem"] = .string(work.stem)
      object["folder"] = work.folder.isEmpty ? nil : .string(work.folder)
      object["part"] = work.part.map { .string($0) }
      object["recipe"] = prepared.recipe.map { recipe in
        recipe.recordJSON(rows: transcripts.position(of: recipe.rows))
      }
      object["prompt"] = JSONValue(prompts.position(of: try prepared.prompt.kept()))
      object["settings"] = JSONValue(settings.position(of: prepared.settings.json))
      object["knownSpeakers"] =
        prepared.settings.knownSpeakers.isEmpty ? nil : .string(prepared.settings.knownSpeakers)
      object["request"] = JSONValue(requests.position(of: prepared.request.json))
      items.append(.object(object))
    }
    var object: JSONObject = [
      "backend": work.first?.prepared.backend.recordJSON ?? .null,
      "prompts": .array(prompts.values.map(\.json)),
      "settings": .array(settings.values), "requests": .array(requests.values),
      "items": .array(items),
    ]
    if !transcripts.values.isEmpty {
      object["transcripts"] = .array(transcripts.values.map(\.recordJSON))
    }
    object["speakers"] = try speakers.map { prompt throws(TranscriptionError) in
      try prompt.kept().json
    }
    object["ledger"] = ledger.map { .string($0) }
    object["storage"] = storage.map { .string($0.description) }
    if isAnew { object["anew"] = true }
    return .object(object)
  }

  /// Which service the work of a document is for.
  ///
  /// - Throws: ``TranscriptionError`` with the code `storage`.
  public static func configuration(
    of json: JSONValue
  ) throws(TranscriptionError) -> (project: String?, location: String)? {
    let reader = RecordReader(json)
    let backend = try GeminiConfiguration.Backend(record: reader.required("backend"))
    guard case .agentPlatform(let project, let location) = backend else { return nil }
    return (project, location)
  }

  /// Reads the work of a document.
  ///
  /// - Parameters:
  ///   - transcriber: Knows models, prices, and what runs have taught.
  ///   - day: The day whose prices hold: that on which the run began.
  /// - Throws: ``TranscriptionError`` with the code `storage`; `PromptError`.
  init(json: JSONValue, _ transcriber: Transcriber, day: CalendarDay) throws {
    let reader = RecordReader(json)
    let backend = try GeminiConfiguration.Backend(record: reader.required("backend"))
    let prompts = try reader.required("prompts").elements().map { try PromptSnapshot($0).prompt() }
    let settings = try reader.required("settings").elements().map { reader in
      guard let settings = RequestSettings(json: reader.value) else {
        throw reader.fault("settings of a transcription are due")
      }
      return settings
    }
    let requests = try reader.required("requests").elements().map(\.value)
    let transcripts =
      json["transcripts"] == nil
      ? [] : try reader.required("transcripts").elements().map(NumberedRows.init(record:))
    work = try reader.required("items").elements().map { reader in
      var settings = try reader.element("settings", of: settings)
      settings.knownSpeakers = reader.value["knownSpeakers"]?.string ?? ""
      let prepared = try PreparedTranscription(
        reader,
        prompt: reader.element("prompt", of: prompts),
        settings: settings,
        request: reader.element("request", of: requests),
        transcripts: transcripts,
        backend: backend,
        transcriber: transcriber,
        day: day
      )
      // The first version kept the name of the results in the source.
      return NamedWork(
        prepared: prepared,
        folder: reader.value["folder"]?.string ?? "",
        stem: reader.value["stem"]?.string ?? prepared.source.stem,
        part: reader.value["part"]?.string
      )
    }
    speakers = try json["speakers"].map { json in
      try PromptSnapshot(RecordReader(json, at: JSONPath([.member("speakers")]))).prompt()
    }
    ledger = json["ledger"]?.string
    storage = try json["storage"]?.string.map { try StorageAddress(parsing: $0) }
    isAnew = json["anew"]?.bool == true
  }
}

/// What pieces of work share, each thing written once.
private struct RecordTable<Value: Hashable> {
  private(set) var values: [Value] = []
  private var positions: [Value: Int] = [:]

  /// The position of a value, added unless it is there.
  mutating func position(of value: Value) -> Int {
    // Neighbours are mostly alike, and often the very same value, which is seen at once.
    if let last = values.last, last == value { return values.count - 1 }
    if let position = positions[value] { return position }
    positions[value] = values.count
    values.append(value)
    return values.count - 1
  }
}

extension ExtractionPrompt {
  /// The prompt with what it refers to.
  fileprivate func kept() throws(TranscriptionError) -> PromptSnapshot {
    if let snapshot { return snapshot }
    throw TranscriptionError(
      .invalidPrompt,
      "The prompt \(name) was read without what it refers to, so that it cannot be kept.",
      remedy: "Read it as a PromptSnapshot."
    )
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

  init(record reader: RecordReader) throws(TranscriptionError) {
    switch try reader.string("name") {
    case "ai-studio": self = .aiStudio
    case "agent-platform":
      self = .agentPlatform(
        project: reader.value["project"]?.string,
        location: try reader.string("location")
      )
    default: throw try reader.required("name").fault("ai-studio or agent-platform is due")
    }
  }
}
