internal import OrderedJSON

/// A finished answer, before it is put on the wire.
struct Generation: Sendable {
  let request: GenerationRequest
  var text: String
  /// The parts of a speech model's answer, whose text is `text`; `nil` for any other.
  var heard: [JSONValue]?
  /// Why the answer ends; `nil` when there is no candidate.
  var finishReason: String?
  /// Why the prompt was refused, instead of an answer.
  var blockReason: String?
  var continuationToken: String?
  let responseID: String
  let created: Double
  var usage: UsageCounts
  /// Tokens written in a second; `nil` for the model's own pace.
  var outputRate: Double?

  /// The whole answer as one response.
  var response: JSONValue {
    if blockReason != nil || finishReason == nil { return envelope(candidate: nil, usage: usage) }
    var parts: [JSONValue] = []
    if let thought { parts.append(["text": JSONValue(thought), "thought": true]) }
    if let heard {
      parts += heard
    } else if !text.isEmpty {
      parts.append(["text": JSONValue(text)])
    }
    return envelope(candidate: candidate(parts, isLast: true), usage: usage)
  }

  /// The answer as the responses of a stream: text in pieces, counts running, the reason at the end.
  func chunks(pieceBytes: Int) -> [JSONValue] {
    guard blockReason == nil, finishReason != nil else { return [response] }
    var chunks: [JSONValue] = []
    var running = usage
    running.candidates = 0
    if let thought {
      chunks.append(
        envelope(
          candidate: candidate([["text": JSONValue(thought), "thought": true]], isLast: false),
          usage: running
        )
      )
    }
    let pieces =
      heard
      ?? text.pieces(ofBytes: pieceBytes).map { piece in ["text": JSONValue(String(piece))] }
    var tokens = TextTokens()
    for (index, piece) in pieces.enumerated() {
      tokens.read(piece["text"]?.string ?? "")
      let isLast = index == pieces.count - 1
      running.candidates = isLast ? usage.candidates : tokens.count
      let candidate = candidate([piece], isLast: isLast)
      chunks.append(envelope(candidate: candidate, usage: running))
    }
    if pieces.isEmpty {
      chunks.append(envelope(candidate: candidate([], isLast: true), usage: usage))
    }
    return chunks
  }

  /// A summary of thoughts, when asked for and when there were any.
  private var thought: String? {
    request.includesThoughts && usage.thoughts > 0
      ? "**Planning the tables**\n\nI look at who speaks when, and note names as they are shown.\n"
      : nil
  }

  private func candidate(_ parts: [JSONValue], isLast: Bool) -> JSONValue {
    var candidate = JSONObject()
    if !parts.isEmpty { candidate["content"] = ["parts": .array(parts), "role": "model"] }
    if isLast {
      candidate["finishReason"] = finishReason.map { JSONValue($0) }
      candidate["continuationToken"] = continuationToken.map { JSONValue($0) }
      for (key, value) in ToolUse(request: request).members(for: text) { candidate[key] = value }
    }
    return .object(candidate)
  }

  private func envelope(candidate: JSONValue?, usage: UsageCounts) -> JSONValue {
    var object = JSONObject()
    if let candidate { object["candidates"] = [candidate] }
    if let blockReason { object["promptFeedback"] = ["blockReason": JSONValue(blockReason)] }
    object["usageMetadata"] = usage.json(for: request)
    object["modelVersion"] = JSONValue(request.model.id)
    if request.backend == .agentPlatform {
      object["createTime"] = JSONValue(Timestamp.rendered(created))
    }
    object["responseId"] = JSONValue(responseID)
    return .object(object)
  }
}

/// The counts of `usageMetadata`.
struct UsageCounts: Hashable, Sendable {
  var prompt: ModalityTokens
  var cached: ModalityTokens
  var candidates = 0
  var thoughts = 0
  var toolUse = ModalityTokens()

  var total: Int { prompt.total + candidates + thoughts + toolUse.total }

  /// The counts as the backend spells them; zero ones are left out.
  func json(for request: GenerationRequest) -> JSONValue {
    var object: JSONObject = ["promptTokenCount": JSONValue(prompt.total)]
    if candidates > 0 { object["candidatesTokenCount"] = JSONValue(candidates) }
    object["totalTokenCount"] = JSONValue(total)
    if cached.total > 0 { object["cachedContentTokenCount"] = JSONValue(cached.total) }
    object["promptTokensDetails"] = prompt.details
    if cached.total > 0 { object["cacheTokensDetails"] = cached.details }
    if candidates > 0 {
      object["candidatesTokensDetails"] = ModalityTokens(text: candidates).details
    }
    if thoughts > 0 { object["thoughtsTokenCount"] = JSONValue(thoughts) }
    if toolUse.total > 0 {
      object["toolUsePromptTokenCount"] = JSONValue(toolUse.total)
      object["toolUsePromptTokensDetails"] = toolUse.details
    }
    switch request.backend {
    case .aiStudio: object["serviceTier"] = JSONValue(request.serviceTier ?? "standard")
    case .agentPlatform: object["trafficType"] = "ON_DEMAND"
    }
    return .object(object)
  }
}

extension String {
  /// The text in pieces of about as many bytes; no character is split.
  func pieces(ofBytes size: Int) -> [Substring] {
    var pieces: [Substring] = []
    var start = startIndex
    while start < endIndex {
      var end = utf8.index(start, offsetBy: size, limitedBy: endIndex) ?? endIndex
      while end < endIndex, String.Index(end, within: unicodeScalars) == nil {
        end = utf8.index(after: end)
      }
      pieces.append(self[start..<end])
      start = end
    }
    return pieces
  }
}
