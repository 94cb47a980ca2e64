public import OrderedJSON

/// A model as the service describes it.
public struct GeminiModel: Hashable, Sendable {
  /// `models/` and an id, or the publisher's path on Agent Platform.
  public var name: String
  /// A name for people.
  public var displayName: String?
  /// What it is for.
  public var description: String?
  /// Its version.
  public var version: String?
  /// The most tokens of a prompt.
  public var inputTokenLimit: Int?
  /// The most tokens of an answer.
  public var outputTokenLimit: Int?
  /// What it can be asked, such as `generateContent`.
  public var supportedGenerationMethods: [String]
  /// Whether it can think.
  public var thinking: Bool?

  /// Reads a model; `nil` when it has no name.
  public init?(json: JSONValue) {
    guard let wire = WireObject(json), let name = wire.string("name") else { return nil }
    self.name = name
    displayName = wire.string("displayName")
    description = wire.string("description")
    version = wire.string("version") ?? wire.string("versionId")
    inputTokenLimit = wire.int("inputTokenLimit")
    outputTokenLimit = wire.int("outputTokenLimit")
    supportedGenerationMethods =
      wire["supportedGenerationMethods"]?.array?.compactMap(\.string) ?? []
    thinking = wire["thinking"]?.bool
  }

  /// The id without the path in front.
  public var id: String { String(name.split(separator: "/").last ?? "") }
}
