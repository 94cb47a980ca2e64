internal import GeminiAPI
public import OrderedJSON
internal import RequestPlanning
public import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A batch as it is taken to another machine: the work of its run, and what was asked in each round.
///
/// Answers are not in it; whoever has it asks the service for them.
public struct PortableBatch: Sendable {
  /// The batch's id.
  public let id: String
  private let document: JSONObject

  /// The most bytes of a document.
  private static let largest = 512 << 20

  /// A batch in a store.
  ///
  /// - Throws: `RunStoreError`.
  public init(_ batch: BatchRun, in store: RunStore) throws(RunStoreError) {
    id = batch.id
    let summary = batch.run.summary
    var rounds: [JSONValue] = []
    for round in batch.batches {
      rounds.append(try Self.json(round, batch.run.items, in: store))
    }
    var work = batch.work.object ?? [:]
    // Where the speakers of a series are noted is for this machine alone.
    work["ledger"] = nil
    document = [
      "schemaVersion": 2, "id": .string(id), "tool": .string(summary.tool),
      "started": JSONValue(Int(summary.startedAt.timeIntervalSince1970)),
      "arguments": .array(summary.arguments.map { .string($0) }),
      "workingFolder": .string(summary.workingFolder), "work": .object(work),
      "estimates": .array(batch.run.items.map { $0.item.estimate?.recordJSON ?? .null }),
      "standIns": .array(
        batch.run.items.map { $0.item.standIn.map { .string($0.rawValue) } ?? .null }
      ), "batches": .array(rounds),
    ]
  }

  private static func json(
    _ round: StoredBatch,
    _ items: [StoredItem],
    in store: RunStore
  ) throws(RunStoreError) -> JSONValue {
    var object: JSONObject = ["model": .string(round.batch.model)]
    object["storage"] = round.batch.storage.map { .string($0) }
    object["retryOf"] = round.batch.retryOf.map { .string($0) }
    if let online = round.batch.onlineCost {
      var costs: JSONObject = ["online": online.recordJSON]
      costs["batch"] = round.batch.batchCost?.recordJSON
      object["costUSD"] = .object(costs)
    }
    object["batch"] = round.name.map { .string($0) }
    object["submitted"] = round.submittedAt.map { JSONValue(Int($0.timeIntervalSince1970)) }
    let positions = Dictionary(items.map { ($0.id, $0.item.position) }) { $1 }
    object["requests"] = .array(
      try store.requests(in: round.id).map { $0.recordJSON(at: positions[$0.item] ?? 0) }
    )
    return .object(object)
  }

  /// The batch as a document.
  public var json: JSONValue { .object(document) }

  /// Reads a batch from a file.
  ///
  /// - Throws: ``TranscriptionError`` when it is no batch; `GeminiError` when it cannot be read.
  public init(file path: String) throws {
    let file = try LocalFile(path: path)
    let remedy = "Name the file that tabscribe batch submit wrote."
    guard file.size <= Self.largest else {
      throw TranscriptionError(
        .storage,
        "\(path) is too large for the record of a batch.",
        remedy: remedy
      )
    }
    let json: JSONValue
    do throws(JSONSyntaxError) {
      json = try JSONValue(parsing: try Self.bytes(of: file))
    } catch {
      throw TranscriptionError(
        .storage,
        "\(path) is no record of a batch: \(error).",
        remedy: remedy
      )
    }
    try self.init(json: json)
  }

  private static func bytes(of file: LocalFile) throws(JSONSyntaxError) -> [UInt8] {
    (try? file.bytes(upTo: file.size)) ?? []
  }

  /// Reads a batch, also one of the first version.
  ///
  /// - Throws: ``TranscriptionError`` with the code `storage`.
  init(json: JSONValue) throws(TranscriptionError) {
    let reader = RecordReader(json)
    id = try reader.string("id")
    guard Self.isID(id), [1, 2].contains(try reader.int("schemaVersion")) else {
      throw try reader.required("schemaVersion").fault("1 or 2 is due")
    }
    document = json.object ?? [:]
    // Looked at before anything is made of it.
    _ = try work
    _ = try rounds
  }

  /// Whether a text can be an id, which becomes the name of a file.
  static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  private var reader: RecordReader { RecordReader(json) }
  private var isFirstVersion: Bool { document["schemaVersion"]?.int == 1 }

  /// The work of its run, which the first version had in the record itself.
  private var work: RecordReader {
    get throws(TranscriptionError) { isFirstVersion ? reader : try reader.required("work") }
  }

  /// The rounds; the first version had one, the record itself.
  private var rounds: [RecordReader] {
    get throws(TranscriptionError) {
      isFirstVersion ? [reader] : try reader.required("batches").elements()
    }
  }
}

// MARK: Into a store

extension PortableBatch {
  /// Puts the batch into a store, as far as it was submitted; nothing when the store knows it.
  ///
  /// - Parameters:
  ///   - transcriber: Knows models and prices.
  ///   - answers: Its answers, where the first version had fetched them; a line each.
  ///   - store: Where it is put.
  /// - Throws: ``TranscriptionError`` with the code `storage`; `PromptError`; `RunStoreError`.
  public func put(
    into store: RunStore,
    _ transcriber: Transcriber,
    answers: [[UInt8]]? = nil
  ) throws {
    guard try store.work(of: id) == nil else { return }
    let began =
      moment("started", in: reader) ?? moment("submitted", in: reader) ?? transcriber.now()
    let day = CalendarDay(secondsSince1970: Int(began.timeIntervalSince1970))
    var kept = try KeptWork(json: work.value, transcriber, day: day)
    // The first version kept the place of the batch itself.
    if isFirstVersion { kept.storage = kept.storage?.parent }
    let isTranscribed = try isTranscribed(in: store)
    if !isTranscribed { try begin(kept, at: began, in: store) }
    let items = try store.run(id)?.items ?? []
    for round in try rounds {
      var batch = try note(round, requests(of: round, kept, items, isTranscribed), in: store)
      if isTranscribed {
        batch = try close(batch, round, in: store)
      } else if let answers {
        try store.keep(answers: answers, of: batch.id)
        batch.stage = .fetched
      }
      try store.note(batch)
    }
    // What makes it a batch comes last: half of it counts as nothing.
    try store.keep(work: try kept.json(), of: id)
    try store.finishRun(id, .interrupted)
  }

  /// Whether the first version has made results of it already, as a run of the same name.
  private func isTranscribed(in store: RunStore) throws -> Bool {
    guard let run = try store.run(id) else { return false }
    if run.summary.arguments.starts(with: ["batch", "fetch"]) { return true }
    try store.deleteRun(id)
    return false
  }

  private func begin(_ kept: KeptWork, at began: Date, in store: RunStore) throws {
    try store.begin(
      NewRun(
        id: id,
        startedAt: began,
        tool: try reader.string("tool"),
        arguments: document["arguments"]?.array?.compactMap(\.string) ?? ["batch", "submit"],
        workingFolder: document["workingFolder"]?.string ?? "/"
      )
    )
    try store.add(
      kept.work.enumerated().map { index, work in
        var item = NewItem(
          work.prepared,
          position: index + 1,
          estimate: nil,
          standIn: document["standIns"]?[index]?.string.flatMap(StandIn.init)
        )
        item.estimate = estimate(of: index)
        return item
      },
      to: id
    )
  }

  /// What an item was expected to cost.
  private func estimate(of index: Int) -> MoneyRange? {
    MoneyRange(
      record: isFirstVersion
        ? document["items"]?[index]?["estimateUSD"] : document["estimates"]?[index]
    )
  }

  /// A request of a round.
  private struct Asked {
    let item: Int64
    let request: NewRequest
    let body: JSONValue
    let sentDigest: String?
  }

  private func requests(
    of round: RecordReader,
    _ kept: KeptWork,
    _ items: [StoredItem],
    _ isTranscribed: Bool
  ) throws -> [Asked] {
    let numbers = Dictionary(items.map { ($0.item.position, $0.id) }) { $1 }
    guard isFirstVersion else {
      return try round.required("requests").elements().map { reader in
        guard let item = numbers[try reader.int("item")] else {
          throw try reader.required("item").fault("the place of an item is due")
        }
        let request = try NewRequest(record: reader)
        let sent = reader.value["sent"]?.string
        return Asked(item: item, request: request, body: .null, sentDigest: sent)
      }
    }
    let media = try round.required("media").elements()
    return try zip(try round.required("items").elements(), kept.work).enumerated().compactMap {
      index,
      pair in
      guard let item = numbers[index + 1] else { throw pair.0.fault("that of an item is due") }
      if isTranscribed, pair.0.value["answered"]?.bool == true { return nil }
      let prepared = pair.1.prepared
      let order = prepared.order(.clip, about: prepared.clips.first ?? nil)
      let expected = MoneyRange(record: pair.0.value["estimateUSD"])?.expected
      let sent = prepared.delivery.payload(among: media)
        .map { RequestMatcher.digest(of: order.request.replacingPlaceholder(with: $0)) }
      return Asked(
        item: item,
        request: NewRequest(order, expected: expected),
        body: order.request.json,
        sentDigest: sent
      )
    }
  }

  /// Notes a round with its requests, as far as it came.
  private func note(
    _ round: RecordReader,
    _ asked: [Asked],
    in store: RunStore
  ) throws -> StoredBatch {
    let value = round.value
    let costs = value["costUSD"]
    var batch = try store.begin(
      NewBatch(
        model: try round.string("model"),
        storage: value["storage"]?.string,
        retryOf: value["retryOf"]?.string,
        onlineCost: MoneyRange(record: isFirstVersion ? costs?["cached"] : costs?["online"]),
        batchCost: MoneyRange(record: costs?["batch"])
      ),
      of: id,
      asking: asked.map { ($0.item, $0.request, $0.body) }
    )
    var digests: [Int64: String] = [:]
    for (request, asked) in zip(try store.requests(in: batch.id), asked) {
      digests[request.id] = asked.sentDigest
    }
    try store.note(sent: digests)
    batch.name = value["batch"]?.string
    let isUnclear = value["stage"]?.string == "creating"
    batch.stage = batch.name != nil ? .submitted : isUnclear ? .creating : .noted
    batch.state = value["state"]?.string
    batch.failure = value["failure"]?.string
    batch.submittedAt = moment("submitted", in: round)
    return batch
  }

  /// The batch whose answers are results already: what has none has failed.
  private func close(
    _ batch: StoredBatch,
    _ round: RecordReader,
    in store: RunStore
  ) throws -> StoredBatch {
    let reasons = try round.required("items").elements().compactMap { $0.value["error"]?.string }
    for (index, request) in try store.requests(in: batch.id).enumerated() {
      let reason =
        reasons.indices.contains(index) ? reasons[index] : "The service gave no answer."
      try store.settle(
        request: request.id,
        by: nil,
        reply: [],
        RequestEnding(.failed, error: reason)
      )
    }
    try store.note(repliesOf: id, broughtBy: batch.id)
    var batch = batch
    batch.stage = .settled
    return batch
  }

  /// A moment, kept in seconds since 1970.
  private func moment(_ key: String, in reader: RecordReader) -> Date? {
    (reader.value[key]?.int?.asAmount).map { Date(timeIntervalSince1970: Double($0)) }
  }
}

extension MediaDelivery {
  /// The media as the first version sent them; `nil` when that is not known any more.
  fileprivate func payload(among media: [RecordReader]) -> Part.Payload? {
    let name: String
    switch self {
    case .nothing: return nil
    case .reference(let data): return .fileData(data)
    case .uploaded(let known): name = known
    case .inline(let file, _): name = file.path
    case .inlineObject(let object, _): name = object.place.description
    case .upload(let upload): name = upload.path
    }
    let kept = media.first { $0.value["path"]?.string == name }?.value
    return (kept?["uri"]?.string).map { uri in
      .fileData(FileData(fileUri: uri, mimeType: kept?["mimeType"]?.string))
    }
  }
}

extension BatchedRequest {
  fileprivate func recordJSON(at position: Int) -> JSONValue {
    var object: JSONObject = [
      "item": JSONValue(position), "kind": .string(request.kind.rawValue),
      "digest": .string(request.bodyDigest),
    ]
    object["clip"] = request.clip.map {
      [JSONValue($0.start.milliseconds), JSONValue($0.end.milliseconds)]
    }
    object["expectedUSD"] = request.expectedCost.map { .number($0) }
    object["sent"] = sentDigest.map { .string($0) }
    return .object(object)
  }
}

extension NewRequest {
  fileprivate init(record reader: RecordReader) throws(TranscriptionError) {
    let clip = reader.value["clip"]
    var range: TimeRange?
    if let start = clip?[0]?.int?.asAmount, let end = clip?[1]?.int?.asAmount, start <= end {
      range = TimeRange(
        start: Timecode(milliseconds: start),
        end: Timecode(milliseconds: end)
      )
    }
    self.init(
      kind: RequestKind(rawValue: try reader.string("kind")),
      clip: range,
      bodyDigest: try reader.string("digest"),
      expectedCost: reader.value["expectedUSD"]?.decimal
    )
  }
}

extension MoneyRange {
  fileprivate var recordJSON: JSONValue {
    ["low": .number(low), "expected": .number(expected), "high": .number(high)]
  }

  /// The amounts of a document; `nil` when they are not there.
  fileprivate init?(record value: JSONValue?) {
    guard let low = value?["low"]?.decimal, let expected = value?["expected"]?.decimal,
      let high = value?["high"]?.decimal
    else { return nil }
    self.init(low: low, expected: expected, high: high)
  }
}

extension JSONValue {
  /// The exact amount of a number.
  fileprivate var decimal: Decimal? {
    if case .number(let number) = self { Decimal(string: number.text) } else { nil }
  }
}
