internal import OrderedJSON

/// What the service's own tools add to an answer: sources named, and tokens read on the way.
struct ToolUse: Sendable {
  let request: GenerationRequest

  /// Tokens a tool's results take: a round number of this emulator's own.
  private static let tokensPerTool = 400

  private var tools: [JSONValue] { request.body["tools"]?.array ?? [] }

  private func uses(_ tool: String) -> Bool { tools.contains { $0[tool] != nil } }

  /// Tokens fed back to the model: results of tools, and frames that an agentic look at a video loads.
  ///
  /// An agentic look is taken to load two frames of five.
  var tokens: ModalityTokens {
    var sum = ModalityTokens()
    for tool in ["googleSearch", "googleMaps", "urlContext"] where uses(tool) {
      sum.text += Self.tokensPerTool
    }
    for case .media(var use) in request.parts where use.isAgentic {
      use.isAgentic = false
      sum.video += request.counter.count(use).video * 2 / 5
    }
    return sum
  }

  /// Members of the candidate that name the sources of a text.
  func members(for text: String) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    let chunks = chunks
    if !chunks.isEmpty, !text.isEmpty {
      members.append(("groundingMetadata", .object(metadata(chunks, text))))
    }
    if uses("urlContext"), !addresses.isEmpty {
      let list = addresses.map { address -> JSONValue in
        [
          "retrievedUrl": JSONValue(address),
          "urlRetrievalStatus": "URL_RETRIEVAL_STATUS_SUCCESS",
        ]
      }
      members.append(("urlContextMetadata", ["urlMetadata": .array(list)]))
    }
    return members
  }

  private var chunks: [JSONValue] {
    var chunks: [JSONValue] = []
    if uses("googleSearch") {
      chunks.append([
        "web": ["uri": "https://example.org/about-the-video", "title": "example.org"]
      ])
    }
    if uses("googleMaps") {
      chunks.append([
        "maps": [
          "uri": "https://maps.google.com/?cid=1", "title": "Old Customs House",
          "placeId": "places/emulated",
        ]
      ])
    }
    return chunks
  }

  private func metadata(_ chunks: [JSONValue], _ text: String) -> JSONObject {
    let segment = String(text.pieces(ofBytes: 80).first ?? "")
    let support: JSONValue = [
      "segment": ["endIndex": JSONValue(segment.utf8.count), "text": JSONValue(segment)],
      "groundingChunkIndices": .array(chunks.indices.map { JSONValue($0) }),
    ]
    var metadata: JSONObject = [
      "groundingChunks": .array(chunks), "groundingSupports": [support],
    ]
    if uses("googleSearch") {
      metadata["webSearchQueries"] = [JSONValue(String(request.promptText.prefix(60)))]
      metadata["searchEntryPoint"] = ["renderedContent": "<div>searches</div>"]
    }
    return metadata
  }

  /// The addresses in the prompt.
  private var addresses: [String] {
    request.promptText.split { $0 == " " || $0 == "\n" }.map(String.init)
      .filter { $0.hasPrefix("https://") }
  }
}
