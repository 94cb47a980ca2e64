public import OrderedJSON

/// A part of a prompt that the service keeps, to be used by name.
public struct CachedContent: Hashable, Sendable {
  /// `cachedContents/` and an id; on Agent Platform with project and location in front.
  public var name: String
  /// The model it is for.
  public var model: String
  /// A name for people.
  public var displayName: String?
  /// When it was made (RFC 3339).
  public var createTime: String?
  /// When it vanishes (RFC 3339).
  public var expireTime: String?
  /// The number of its tokens, billed by the hour.
  public var totalTokenCount: Int?

  /// Reads a cache; `nil` when it has no name.
  public init?(json: JSONValue) {
    guard let wire = WireObject(json), let name = wire.string("name") else { return nil }
    self.name = name
    model = wire.string("model") ?? ""
    displayName = wire.string("displayName").flatMap { $0.isEmpty ? nil : $0 }
    createTime = wire.string("createTime")
    expireTime = wire.string("expireTime")
    totalTokenCount = wire.object("usageMetadata")?.int("totalTokenCount")
  }

  /// What a cache is to hold.
  public struct Draft: Hashable, Sendable {
    /// The messages in front.
    public var contents: [Content]
    /// What the model is told once.
    public var systemInstruction: Content?
    /// Tools the model may use.
    public var tools: [Tool]
    /// How long it is kept; `nil` leaves it to the service (an hour).
    public var timeToLive: Duration?
    /// A name for people, at most 128 characters.
    public var displayName: String?

    /// What a cache is to hold.
    public init(
      contents: [Content],
      systemInstruction: Content? = nil,
      tools: [Tool] = [],
      timeToLive: Duration? = nil,
      displayName: String? = nil
    ) {
      self.contents = contents
      self.systemInstruction = systemInstruction
      self.tools = tools
      self.timeToLive = timeToLive
      self.displayName = displayName.map { String($0.prefix(128)) }
    }

    func json(model: String) -> JSONValue {
      var object: JSONObject = ["model": .string(model)]
      object["ttl"] = timeToLive.map { .string(WireDuration.text($0)) }
      object["displayName"] = displayName.map { .string($0) }
      object.setList("contents", contents.map(\.json))
      object["systemInstruction"] = systemInstruction?.json
      object.setList("tools", tools.map(\.json))
      return .object(object)
    }
  }
}
