public import GeminiAPI

/// Requests that begin alike, as far as a cache of our own goes: what it would hold.
public struct CacheGroup: Hashable, Sendable {
  /// What the requests share, as the plan names it.
  public let id: String
  /// The model, to which a cache is bound.
  public let model: String
  let contents: [Content]
  let systemInstruction: Content?
  let tools: [Tool]

  /// The group of a request whose media are in place; `nil` when it has no media, or nothing
  /// behind them that could be asked.
  ///
  /// - Parameters:
  ///   - id: What the requests share: the `prefix` of the plan's entries.
  ///   - model: The model.
  ///   - request: Any request of the group.
  public init?(id: String, model: String, request: GenerateContentRequest) {
    guard let division = request.dividedBehindMedia else { return nil }
    self.id = id
    self.model = model
    contents = division.leading
    systemInstruction = request.systemInstruction
    tools = request.tools
  }

  /// What the service is asked to keep.
  func draft(timeToLive: Duration, displayName: String) -> CachedContent.Draft {
    CachedContent.Draft(
      contents: contents,
      systemInstruction: systemInstruction,
      tools: tools,
      timeToLive: timeToLive,
      displayName: displayName
    )
  }
}

extension GenerateContentRequest {
  /// The request with a cache in place of what the cache holds: the media and what stands before
  /// them, the system instruction and the tools.
  ///
  /// A request that could not have been divided stays as it is.
  public func usingCache(_ name: String) -> GenerateContentRequest {
    guard let division = dividedBehindMedia else { return self }
    var request = self
    request.cachedContent = name
    request.contents = division.rest
    request.systemInstruction = nil
    request.tools = []
    request.toolConfig = nil
    return request
  }

  /// The messages up to the first media, and those behind.
  var dividedBehindMedia: (leading: [Content], rest: [Content])? {
    for (message, content) in contents.enumerated() {
      guard let part = content.parts.firstIndex(where: { $0.text == nil }) else { continue }
      let (before, after) = (content.parts[...part], content.parts[(part + 1)...])
      let rest =
        [Content(role: content.role, parts: Array(after))] + contents[(message + 1)...]
      let leading = contents[..<message] + [Content(role: content.role, parts: Array(before))]
      let asked = rest.filter { !$0.parts.isEmpty }
      return asked.isEmpty ? nil : (Array(leading), asked)
    }
    return nil
  }
}
