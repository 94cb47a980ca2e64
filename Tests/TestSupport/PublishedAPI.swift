public import OrderedJSON

/// One of Google's published interfaces: its schemas, and its methods by verb and path.
public struct PublishedAPI: Sendable {
  /// A method of the interface.
  public struct Method: Sendable {
    /// The method's name, such as `generativelanguage.models.get`.
    public let id: String
    /// The schema of the request's body, when it has one.
    public let request: String?
    /// The schema of the response's body, when it has one.
    public let response: String?
    fileprivate let verb: String
    fileprivate let template: String
    fileprivate let parameters: Set<String>
  }

  /// The schemas.
  public let schema: PublishedSchema
  private let methods: [Method]

  /// The Gemini API, with the fields that the newest of Google's clients knows beyond it.
  public static func geminiAPI() throws -> PublishedAPI {
    let base = try document("generativelanguage.v1beta.json")
    let overlay = try document("generativelanguage.overlay.sdk-3.3.0.json")
    let schemas = merged(base["schemas"] ?? [:], overlay["schemas"] ?? [:])
    return PublishedAPI(
      schemas: merged(schemas, NewestFields.schemas()),
      resources: base["resources"]
    )
  }

  /// The Agent Platform, as far as Gemini models are concerned.
  public static func agentPlatform() throws -> PublishedAPI {
    let base = try document("aiplatform.v1beta1.reduced.json")
    let newest = NewestFields.schemas("GoogleCloudAiplatformV1beta1")
    return PublishedAPI(
      schemas: merged(base["schemas"] ?? [:], newest),
      resources: base["resources"]
    )
  }

  /// The schemas of the Interactions API; its methods are not described in the same way.
  public static func interactions() throws -> PublishedSchema {
    let definitions = try document("interactions.json")["definitions"] ?? [:]
    return PublishedSchema(
      definitions: merged(definitions, NewestFields.interactions).object ?? [:]
    )
  }

  private init(schemas: JSONValue, resources: JSONValue?) {
    schema = PublishedSchema(definitions: schemas.object ?? [:])
    methods = Self.methods(in: resources)
  }

  private static func document(_ name: String) throws -> JSONValue {
    try JSONValue(parsing: try SharedFixtures.text("gemini/discovery/\(name)"))
  }

  /// Objects are merged member by member; `enum+` adds to the list it names.
  private static func merged(_ base: JSONValue, _ overlay: JSONValue) -> JSONValue {
    guard var result = base.object, let additions = overlay.object else { return overlay }
    for (key, value) in additions.members {
      if key == "enum+" {
        result["enum"] = .array((result["enum"]?.array ?? []) + (value.array ?? []))
      } else {
        result[key] = result[key].map { merged($0, value) } ?? value
      }
    }
    return .object(result)
  }

  private static func methods(in resources: JSONValue?) -> [Method] {
    (resources?.object?.members ?? []).flatMap { _, resource -> [Method] in
      let own = resource["methods"]?.object?.members.map { _, method in
        Method(
          id: method["id"]?.string ?? "",
          request: method["request"]?["$ref"]?.string,
          response: method["response"]?["$ref"]?.string,
          verb: method["httpMethod"]?.string ?? "",
          template: method["flatPath"]?.string ?? method["path"]?.string ?? "",
          parameters: Set(method["parameters"]?.object?.keys ?? [])
        )
      }
      return (own ?? []) + methods(in: resource["resources"])
    }
  }

  /// The method that serves a verb and a path without its leading slash; uploads included.
  public func method(_ verb: String, _ path: String) -> Method? {
    let path = path.hasPrefix("upload/") ? String(path.dropFirst(7)) : path
    return methods.first { $0.verb == verb && Self.matches(path[...], $0.template[...]) }
  }

  /// What is wrong with a request; empty when the interface allows it.
  ///
  /// - Parameters:
  ///   - verb: `GET`, `POST`, `PATCH` or `DELETE`.
  ///   - path: Without its leading slash.
  ///   - query: The names in the query.
  ///   - body: The body, when there is one.
  public func problems(
    inRequest verb: String,
    _ path: String,
    query: [String] = [],
    body: JSONValue?
  )
    -> [String]
  {
    guard let method = method(verb, path) else { return ["no method serves \(verb) \(path)"] }
    let known = method.parameters.union(["alt", "key", "fields", "prettyPrint"])
    let strange = query.filter { !known.contains($0) }.map { "\(method.id) has no parameter \($0)" }
    switch (method.request, body) {
    case (let name?, let body?):
      return strange + schema.problems(in: body, schema: name, direction: .request)
    case (nil, _?): return strange + ["\(method.id) takes no body"]
    case (_, nil): return strange
    }
  }

  /// A placeholder stands for one segment without a colon.
  private static func matches(_ path: Substring, _ template: Substring) -> Bool {
    guard let open = template.firstIndex(of: "{"), let close = template.firstIndex(of: "}") else {
      return path == template
    }
    guard path.hasPrefix(template[..<open]) else { return false }
    let value = path.dropFirst(template[..<open].count).prefix { $0 != "/" && $0 != ":" }
    guard !value.isEmpty else { return false }
    return matches(path[value.endIndex...], template[template.index(after: close)...])
  }
}
