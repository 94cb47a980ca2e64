internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel

extension ItemDescription {
  /// The item for machines.
  var json: JSONValue {
    let item = stored.item
    var object: JSONObject = [
      "item": .string(stored.reference),
      "source": item.source.json,
      "status": .string(stored.status.rawValue),
    ]
    object["failure"] = stored.failure.map { .string($0) }
    object["startedAt"] = stored.startedAt.map { .string(MomentText.exact($0)) }
    object["endedAt"] = stored.endedAt.map { .string(MomentText.exact($0)) }
    object["costUSD"] = stored.cost.map { .string("\($0)") }
    object["standIn"] = item.standIn.map { .string($0.rawValue) }
    object["rows"] = JSONValue(stored.segmentCount)
    object["model"] = .string(item.model)
    object["prompt"] = ["name": .string(item.prompt.name), "digest": .string(stored.promptDigest)]
    object["schema"] = .string(item.schema.name)
    object["config"] = item.config
    object["settings"] = item.settings
    object["files"] = .array(stored.files.map { .string($0) })
    object["speakers"] = .array(document?.transcript.speakers.map(\.json) ?? [])
    object["findings"] = .array(document?.findings.map(\.json) ?? [])
    object["requests"] = .array(requests.map(\.json))
    return .object(object)
  }
}

extension StoredSource {
  /// The source for machines.
  var json: JSONValue {
    var object: JSONObject = [
      "uri": .string(uri), "kind": .string(kind), "stem": .string(stem),
    ]
    object["title"] = title.map { .string($0) }
    object["mimeType"] = mimeType.map { .string($0) }
    object["durationMS"] = durationMS.map { JSONValue($0) }
    object["size"] = size.map { JSONValue($0) }
    object["contentHash"] = contentHash.map { .string($0) }
    return .object(object)
  }
}

extension StoredRequest {
  /// The request for machines, without its reply.
  var json: JSONValue {
    var object: JSONObject = [
      "kind": .string(request.kind.rawValue),
      "status": .string(ending.status.rawValue),
      "startedAt": .string(MomentText.exact(startedAt)),
    ]
    object["endedAt"] = endedAt.map { .string(MomentText.exact($0)) }
    object["clip"] = request.clip.map {
      ["startMS": JSONValue($0.start.milliseconds), "endMS": JSONValue($0.end.milliseconds)]
    }
    object["bodyDigest"] = .string(request.bodyDigest)
    object["finishReason"] = ending.finishReason.map { .string($0) }
    object["usage"] = ending.usage?.json
    object["costUSD"] = ending.cost.map { .string("\($0)") }
    object["attempts"] = JSONValue(ending.attempts)
    object["replyBytes"] = JSONValue(replySize)
    object["error"] = ending.error.map { .string($0) }
    return .object(object)
  }
}
