internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the transcriptions of a record share, each thing written once.
struct RecordTable<Value: Hashable> {
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

extension PreparedTranscription {
  /// The transcription as a document; prompt, settings and request stand elsewhere.
  var recordJSON: JSONObject {
    var object: JSONObject = [
      "source": source.recordJSON, "delivery": delivery.recordJSON, "model": .string(model),
      "identity": .string(identity),
    ]
    object["clip"] = clip.map {
      [JSONValue($0.start.milliseconds), JSONValue($0.end.milliseconds)]
    }
    object["media"] = facts.map { facts in
      ["video": JSONValue(facts.video != nil), "audio": JSONValue(facts.hasAudio)]
    }
    return object
  }

  /// The transcription of a document.
  init(
    _ reader: RecordReader,
    prompt: ExtractionPrompt,
    settings: RequestSettings,
    request: JSONValue,
    backend: GeminiConfiguration.Backend,
    catalog: ModelCatalog
  ) throws {
    let value = reader.value
    let source = try TranscriptDocument.Source(reader.member("source"))
    let model = try reader.text("model")
    let today = CalendarDay(secondsSince1970: Int(Date().timeIntervalSince1970))
    let media = value["media"]
    let request = GenerateContentRequest(json: request)
    let effective = settings.completed(by: request, model: model, for: backend)
    self.init(
      source: source,
      delivery: try MediaDelivery(record: reader.member("delivery")),
      prompt: prompt,
      settings: settings,
      effective: effective,
      model: model,
      clip: TimeRange(record: value["clip"]),
      // A batch asks about all of a source at once.
      clips: [TimeRange(record: value["clip"])],
      notices: [],
      identity: try reader.text("identity"),
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
      backend: backend,
      quote: Quote(effective, catalog: catalog, learned: LearnedRates(), day: today),
      planPrompt: PlanPrompt(request, name: prompt.name, schema: prompt.schema),
      request: request
    )
  }

  /// The same transcription, its tokens and money by what a transcriber knows.
  public func quoted(by transcriber: Transcriber) -> PreparedTranscription {
    var copy = self
    copy.quote = Quote(
      effective,
      catalog: transcriber.catalog,
      learned: transcriber.learned,
      day: transcriber.day
    )
    return copy
  }

  /// The same transcription with another name for its results.
  public func named(_ stem: String) -> PreparedTranscription {
    var copy = self
    copy.source.stem = stem
    return copy
  }
}

extension TranscriptDocument.Source {
  fileprivate var recordJSON: JSONValue {
    var object: JSONObject = ["uri": .string(uri), "kind": .string(kind), "stem": .string(stem)]
    object["title"] = title.map { .string($0) }
    object["mimeType"] = mimeType.map { .string($0) }
    object["durationMS"] = durationMS.map { JSONValue($0) }
    return .object(object)
  }

  fileprivate init(_ reader: RecordReader) throws(TranscriptionError) {
    self.init(
      uri: try reader.text("uri"),
      kind: try reader.text("kind"),
      stem: try reader.text("stem"),
      title: reader.value["title"]?.string,
      mimeType: reader.value["mimeType"]?.string,
      durationMS: reader.value["durationMS"]?.int?.asAmount
    )
  }
}

extension MediaDelivery {
  fileprivate var recordJSON: JSONValue {
    switch self {
    case .reference(let data):
      var object: JSONObject = ["kind": "reference", "uri": .string(data.fileUri)]
      object["mimeType"] = data.mimeType.map { .string($0) }
      return .object(object)
    case .uploaded(let name): return ["kind": "uploaded", "name": .string(name)]
    case .inline(let file, let type):
      return ["kind": "inline", "path": .string(file.path), "mimeType": .string(type)]
    case .upload(let upload):
      return [
        "kind": "upload", "path": .string(upload.path), "size": JSONValue(upload.size),
        "mimeType": .string(upload.mimeType),
      ]
    }
  }

  fileprivate init(record reader: RecordReader) throws {
    let type = reader.value["mimeType"]?.string
    switch reader.value["kind"]?.string {
    case "reference":
      self = .reference(FileData(fileUri: try reader.text("uri"), mimeType: type))
    case "uploaded": self = .uploaded(name: try reader.text("name"))
    case "upload", "inline":
      let path = try reader.text("path")
      let upload = FileUpload(
        path: path,
        size: reader.value["size"]?.int ?? 0,
        mimeType: try reader.text("mimeType"),
        displayName: path.split(separator: "/").last.map(String.init)
      )
      // On another machine the file is not there, and is not needed once it was sent.
      if reader.value["kind"] == "inline", let file = try? LocalFile(path: path) {
        self = .inline(file, mimeType: upload.mimeType)
      } else {
        self = .upload(upload)
      }
    default: throw reader.failure("kind", "a way of delivery")
    }
  }
}

extension TimeRange {
  fileprivate init?(record value: JSONValue?) {
    guard let start = value?[0]?.int?.asAmount, let end = value?[1]?.int?.asAmount, start <= end
    else { return nil }
    self.init(start: Timecode(milliseconds: start), end: Timecode(milliseconds: end))
  }
}

extension CostRange {
  /// The amounts of a document; `nil` when they are not there.
  init?(record value: JSONValue?) {
    guard let low = value?["low"]?.decimal, let expected = value?["expected"]?.decimal,
      let high = value?["high"]?.decimal
    else { return nil }
    self.init(low: low, expected: expected, high: high)
  }
}

extension JSONValue {
  /// The exact amount of a number.
  var decimal: Decimal? {
    if case .number(let number) = self { Decimal(string: number.text) } else { nil }
  }
}
