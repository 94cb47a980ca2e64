public import GeminiAPI
internal import OrderedJSON
public import RequestPlanning
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Transcriber {
  /// The exact HTTP requests that some work is known to take, in the order of its plan, secrets left
  /// out; and the plan.
  ///
  /// What only the service or a first reply can tell has a word in its place: `UPLOAD-SESSION`,
  /// `UPLOADED-FILE`, `cachedContents/CACHE`, `TRANSCRIPT`. What has been answered before is left
  /// out.
  ///
  /// - Parameters:
  ///   - work: What is to be done.
  ///   - options: How.
  ///   - earlier: What a run that is taken up has answers to.
  /// - Throws: `GeminiError` when a model's name is malformed or a file cannot be read; `PlanError`;
  ///   `PromptError`.
  public func httpRequests(
    for work: [PreparedTranscription],
    options: RunOptions = RunOptions(),
    takingUp earlier: EarlierAnswers? = nil
  ) throws -> (plan: Plan, requests: [HTTPRequest]) {
    let planned = try planned(work.map { ($0, earlier?.replies(to: $0)) }, options)
    let plan = try planner(for: work).plan(planned.map(\.request))
    var course = ForeseenRequests(client: client, plan: plan)
    for (index, entry) in plan.entries.enumerated() where !entry.request.isAnswered {
      let place = planned[entry.position].place
      let prepared = work[place.job].heard(inPart: place.clip)
      try course.add(
        try work[place.job].order(entry, part: place.clip, options),
        of: prepared,
        at: index
      )
    }
    return (plan, course.requests)
  }
}

extension PreparedTranscription {
  /// A planned request, as far as it is known before anything is sent.
  fileprivate func order(
    _ entry: Plan.Entry,
    part index: Int,
    _ options: RunOptions
  ) throws -> RequestOrder {
    if entry.request.isForWords {
      let orders = SpeechModel(self).orders(about: clips[index])
      let range = entry.request.source.range
      if let order = orders.first(where: { $0.range == range }) ?? orders.first { return order }
    }
    guard entry.request.isSecondPass, let prompt = options.speakers else {
      return try order(part: index)
    }
    return try SpeakersPass(prompt: prompt, prepared: self)
      .order(about: clips[index], rows: "TRANSCRIPT")
  }
}

/// Puts down what a run sends, without sending it.
private struct ForeseenRequests {
  private static let cache = "cachedContents/CACHE"

  private(set) var requests: [HTTPRequest] = []
  private let client: GeminiClient
  private let plan: Plan
  private let advised: Set<String>
  /// What requests name the media by, for each source that is at the service.
  private var kept: [MediaDelivery: Part.Payload] = [:]
  private var openCaches: Set<String> = []

  init(client: GeminiClient, plan: Plan) {
    (self.client, self.plan) = (client, plan)
    advised = Set(plan.explicitCaches.filter(\.isAdvised).map(\.prefix))
  }

  /// Adds the request of an entry, with what has to go before and behind it.
  mutating func add(
    _ order: RequestOrder,
    of prepared: PreparedTranscription,
    at index: Int
  ) throws {
    var request = order.request.replacingPlaceholder(
      with: try payload(of: prepared.delivery(for: order))
    )
    let prefix = plan.entries[index].prefix
    let group =
      advised.contains(prefix)
      ? CacheGroup(id: prefix, model: order.model, request: request) : nil
    if let group {
      if openCaches.insert(prefix).inserted {
        let draft = group.draft(timeToLive: CacheKeeper.usualLifetime, displayName: "tabscribe")
        requests.append(try client.requests.createCache(draft, model: group.model))
      }
      request = request.usingCache(Self.cache)
    }
    requests.append(
      try client.requests.answer(request, model: order.model, isStreamed: true)
    )
    let rest = plan.entries[(index + 1)...].prefix { $0.prefix == prefix }
    guard group != nil, rest.allSatisfy(\.request.isAnswered) else { return }
    requests.append(try client.requests.deleteCache(Self.cache))
  }

  /// The media as a part of a request, brought to the service first where needed.
  private mutating func payload(of delivery: MediaDelivery) throws -> Part.Payload {
    if let known = kept[delivery] { return known }
    let payload: Part.Payload
    switch delivery {
    case .nothing: return .none
    case .reference(let data): payload = .fileData(data)
    case .inline(let file, let mimeType):
      return .inlineData(Blob(mimeType: mimeType, data: try file.bytes(upTo: file.size)))
    case .inlineObject(let object, let mimeType):
      // What is only shown is not fetched.
      return .fileData(FileData(fileUri: "\(object.place)", mimeType: mimeType))
    case .upload(let upload):
      requests.append(client.requests.startUpload(upload))
      let range = HTTPRequest.FileRange(path: upload.path, offset: 0, length: upload.size)
      requests.append(
        client.requests.uploadChunk(range, isLast: true, session: "UPLOAD-SESSION")
      )
      payload = .fileData(FileData(fileUri: "UPLOADED-FILE", mimeType: upload.mimeType))
    case .uploaded(let name):
      requests.append(try client.requests.file(name))
      payload = .fileData(FileData(fileUri: name))
    }
    kept[delivery] = payload
    return payload
  }
}

extension Usage {
  /// The counts of a reply.
  init(_ metadata: UsageMetadata) {
    self.init(
      promptTokens: metadata.promptTokenCount,
      cachedTokens: metadata.cachedContentTokenCount,
      outputTokens: metadata.candidatesTokenCount,
      thoughtsTokens: metadata.thoughtsTokenCount,
      toolUseTokens: metadata.toolUsePromptTokenCount,
      promptTokensByModality: metadata.promptTokensDetails.map(ModalityCount.init),
      cachedTokensByModality: metadata.cacheTokensDetails.map(ModalityCount.init)
    )
  }
}

extension Usage.ModalityCount {
  init(_ count: UsageMetadata.ModalityTokenCount) {
    self.init(modality: count.modality, tokens: count.tokenCount)
  }
}
