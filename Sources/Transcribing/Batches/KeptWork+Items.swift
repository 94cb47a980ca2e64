internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
internal import Redacting
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptStitching

extension PreparedTranscription {
  /// The transcription as a document; prompt, settings and request stand elsewhere.
  var recordJSON: JSONObject {
    var object: JSONObject = [
      "source": source.recordJSON, "delivery": delivery.recordJSON, "model": .string(model),
      "identity": .string(identity),
    ]
    object["clip"] = clip?.recordJSON
    object["clips"] = .array(clips.map { $0?.recordJSON ?? .null })
    object["media"] = facts.map { facts in
      ["video": JSONValue(facts.video != nil), "audio": JSONValue(facts.hasAudio)]
    }
    return object
  }

  /// The transcription of a document.
  ///
  /// - Parameter transcripts: The rows that recipes are asked about.
  init(
    _ reader: RecordReader,
    prompt: ExtractionPrompt,
    settings: RequestSettings,
    request: JSONValue,
    transcripts: [NumberedRows],
    backend: GeminiConfiguration.Backend,
    transcriber: Transcriber,
    day: CalendarDay
  ) throws {
    let value = reader.value
    let source = try TranscriptDocument.Source(reader.required("source"))
    let model = try reader.string("model")
    let media = value["media"]
    let request = GenerateContentRequest(json: request)
    // The first version asked about all of a source at once.
    let clips =
      value["clips"]?.array.map { $0.map(TimeRange.init(record:)) }
      ?? [TimeRange(record: value["clip"])]
    let recipe =
      value["recipe"] == nil
      ? nil : try RecipeWork(reader.required("recipe"), of: transcripts, count: clips.count)
    let effective = settings.completed(by: request, model: model, for: backend)
    self.init(
      source: source,
      delivery: try MediaDelivery(record: reader.required("delivery")),
      prompt: prompt,
      settings: settings,
      effective: effective,
      model: model,
      clip: TimeRange(record: value["clip"]),
      clips: clips,
      notices: [],
      identity: try reader.string("identity"),
      earlierIdentity: nil,
      content: nil,
      facts: media.map { media in
        MediaFacts(
          durationMS: source.durationMS,
          video: media["video"]?.bool == false
            ? nil : MediaFacts.Video(width: 0, height: 0, frameRate: nil),
          hasAudio: media["audio"]?.bool ?? true,
          container: ""
        )
      },
      rememberedLength: nil,
      recipe: recipe,
      backend: backend,
      quote: Quote(
        effective,
        catalog: transcriber.catalog,
        learned: transcriber.learned,
        day: day,
        isStreamed: false
      ),
      planPrompt: recipe == nil
        ? PlanPrompt(request, name: prompt.name, schema: prompt.schema)
        : try PlanPrompt(withoutRows: prompt, settings),
      request: request
    )
  }
}

extension TranscriptDocument.Source {
  fileprivate var recordJSON: JSONValue {
    var object: JSONObject = ["uri": .string(uri), "kind": .string(kind), "stem": .string(stem)]
    object["title"] = title.map { .string($0) }
    object["mimeType"] = mimeType.map { .string($0) }
    object["durationMS"] = durationMS.map { JSONValue($0) }
    object["language"] = language.map { .string($0) }
    object["recordedAt"] = recordedAt.map { .string($0) }
    return .object(object)
  }

  fileprivate init(_ reader: RecordReader) throws(TranscriptionError) {
    self.init(
      uri: try reader.string("uri"),
      kind: try reader.string("kind"),
      stem: try reader.string("stem"),
      title: reader.value["title"]?.string,
      mimeType: reader.value["mimeType"]?.string,
      durationMS: reader.value["durationMS"]?.int?.asAmount,
      language: reader.value["language"]?.string,
      recordedAt: reader.value["recordedAt"]?.string
    )
  }
}

extension MediaDelivery {
  fileprivate var recordJSON: JSONValue {
    switch self {
    case .nothing: return ["kind": "nothing"]
    case .reference(let data):
      // What signs an address stays with whoever has it.
      var object: JSONObject = [
        "kind": "reference", "uri": .string(Redaction.url(data.fileUri)),
      ]
      object["mimeType"] = data.mimeType.map { .string($0) }
      return .object(object)
    case .uploaded(let name): return ["kind": "uploaded", "name": .string(name)]
    case .inline(let file, let type):
      return ["kind": "inline", "path": .string(file.path), "mimeType": .string(type)]
    case .inlineObject(let object, let type):
      return Self.record("inline", object, type)
    case .upload(let upload):
      if let object = upload.object { return Self.record("upload", object, upload.mimeType) }
      return [
        "kind": "upload", "path": .string(upload.path), "size": JSONValue(upload.size),
        "mimeType": .string(upload.mimeType),
      ]
    }
  }

  private static func record(_ kind: String, _ object: StoredObject, _ type: String) -> JSONValue {
    [
      "kind": .string(kind), "path": .string(object.place.description),
      "size": JSONValue(object.size), "mimeType": .string(type),
      "version": .string(object.version),
    ]
  }

  /// An object in a bucket, which a version tells from a file.
  private init?(object reader: RecordReader) throws {
    guard let version = reader.value["version"]?.string else { return nil }
    let type = try reader.string("mimeType")
    let object = StoredObject(
      place: try StorageAddress(parsing: try reader.string("path"), of: [.s3, .cloudStorage]),
      size: reader.value["size"]?.int ?? 0,
      version: version
    )
    self =
      reader.value["kind"] == "inline"
      ? .inlineObject(object, mimeType: type) : .upload(FileUpload(object, mimeType: type))
  }

  fileprivate init(record reader: RecordReader) throws {
    if let object = try MediaDelivery(object: reader) {
      self = object
      return
    }
    let type = reader.value["mimeType"]?.string
    switch reader.value["kind"]?.string {
    case "nothing": self = .nothing
    case "reference":
      self = .reference(FileData(fileUri: try reader.string("uri"), mimeType: type))
    case "uploaded": self = .uploaded(name: try reader.string("name"))
    case "upload", "inline":
      let path = try reader.string("path")
      let upload = FileUpload(
        path: path,
        size: reader.value["size"]?.int ?? 0,
        mimeType: try reader.string("mimeType"),
        displayName: path.split(separator: "/").last.map(String.init)
      )
      // On another machine the file is not there, and is not needed once it was sent.
      if reader.value["kind"] == "inline", let file = try? LocalFile(path: path) {
        self = .inline(file, mimeType: upload.mimeType)
      } else {
        self = .upload(upload)
      }
    default: throw try reader.required("kind").fault("a way of delivery is due")
    }
  }
}

extension TimeRange {
  fileprivate var recordJSON: JSONValue {
    // All of a source of unknown length has no end.
    isOpenEnded
      ? [JSONValue(start.milliseconds)]
      : [JSONValue(start.milliseconds), JSONValue(end.milliseconds)]
  }

  fileprivate init?(record value: JSONValue?) {
    guard let start = value?[0]?.int?.asAmount else { return nil }
    let from = Timecode(milliseconds: start)
    guard let end = value?[1]?.int?.asAmount else {
      self = .toTheEnd(from: from)
      return
    }
    guard start <= end else { return nil }
    self.init(start: from, end: Timecode(milliseconds: end))
  }
}
