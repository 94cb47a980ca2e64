public import OrderedJSON

/// A tool the model may use, as the wire describes it.
public struct Tool: Hashable, Sendable {
  /// The tool as the wire writes it.
  public let json: JSONValue

  /// A tool as the wire writes it.
  public init(json: JSONValue) { self.json = json }

  /// The model may search the web.
  public static let googleSearch = Tool(json: ["googleSearch": [:]])
  /// The model may look up places.
  public static let googleMaps = Tool(json: ["googleMaps": [:]])
  /// The model may read the addresses in the prompt.
  public static let urlContext = Tool(json: ["urlContext": [:]])
}
