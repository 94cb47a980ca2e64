internal import GeminiAPI
package import HTMLReports
internal import OrderedJSON
internal import PlainText
package import RunStore
internal import TabularExtraction
internal import TranscriptModel

extension RequestRecord {
  /// The bytes of raw replies that a page gets; the store has all of them.
  private static let replyLimit = 65_536

  /// What was sent for an item of a run and what came back; the page blots out what is secret in it.
  package init?(item: Int64, in store: RunStore) throws(RunStoreError) {
    guard let item = try store.item(item) else { return nil }
    try self.init(item, in: store)
  }

  /// What was sent for an item of a run and what came back; the page blots out what is secret in it.
  package init(_ item: StoredItem, in store: RunStore) throws(RunStoreError) {
    let requests = try store.requests(of: item.id)
    let config = item.item.config.object ?? [:]
    var parameters = config.removing { $0.hasPrefix("response") && $0.hasSuffix("Schema") }
    for (name, value) in item.item.settings.object?.members ?? [] where parameters[name] == nil {
      parameters[name] = value
    }
    self.init(
      prompt: item.item.prompt.text,
      parameters: parameters,
      schema: Self.sentSchema(item.item.schema),
      calls: requests.map(Call.init),
      reply: try Self.reply(requests, in: store),
      replySize: requests.map(\.replySize).reduce(0, +)
    )
  }

  /// The schema without the keywords that are ours; as it stands when it cannot be read.
  private static func sentSchema(_ schema: NewItem.NamedText) -> JSONValue? {
    let table = try? TableSchema(name: schema.name, parsing: schema.text)
    return table?.responseJSONSchema ?? (try? JSONValue(parsing: schema.text))
  }

  /// The beginnings of the replies, one behind the other.
  private static func reply(
    _ requests: [StoredRequest],
    in store: RunStore
  ) throws(RunStoreError) -> String? {
    let answered = requests.filter { $0.replySize > 0 }
    guard !answered.isEmpty else { return nil }
    var bytes: [UInt8] = []
    for request in answered where bytes.count < replyLimit {
      bytes += try store.reply(of: request.id, upTo: replyLimit - bytes.count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension RequestRecord.Call {
  fileprivate init(_ request: StoredRequest) {
    let ending = request.ending
    let words = [ending.status.rawValue, ending.finishReason, ending.error]
    self.init(
      kind: request.request.kind.rawValue,
      clip: request.request.clip,
      outcome: words.compactMap(\.self).joined(separator: ", "),
      attempts: ending.attempts,
      startedAt: MomentText.exact(request.startedAt),
      durationMS: request.endedAt.map {
        Int(MomentText.between(request.startedAt, $0) / .milliseconds(1))
      },
      usage: ending.usage,
      cost: ending.cost
    )
  }
}
