internal import EmbeddedLibrary
internal import OrderedJSON

extension ModelCatalog {
  /// The data compiled into the program.
  ///
  /// - Throws: `ModelDataError` never in a checked build; a test reads the file.
  public static func builtIn() throws(ModelDataError) -> ModelCatalog { try embedded.get() }

  // Read once in a process: every command asks for it several times.
  private static let embedded = Result { () throws(ModelDataError) in
    try ModelCatalog(
      parsing: EmbeddedLibrary.models.file(named: "models.json")?.bytes ?? [],
      file: "models.json"
    )
  }

  /// A catalogue from a document of its own.
  public init(parsing bytes: [UInt8], file: String) throws(ModelDataError) {
    let object = try Self.object(parsing: bytes, file: file)
    self = try Self.read(object, blaming: bytes, file: file)
  }

  /// This catalogue with a user's file put over it.
  ///
  /// The file has the same shape and may leave out anything: of a model that is already known, the
  /// members given replace those here; new models, aliases, rates and sources are added.
  ///
  /// - Throws: `ModelDataError` with the line of the user's file.
  public func overridden(by bytes: [UInt8], file: String) throws(ModelDataError) -> ModelCatalog {
    let user = try Self.object(parsing: bytes, file: file)
    var merged = document
    for key in ["sources", "mediaRates"] {
      guard let members = user[key]?.object?.members else { continue }
      var all = merged[key]?.object ?? JSONObject()
      for (name, value) in members { all[name] = value }
      merged[key] = .object(all)
    }
    for (key, value) in user.members where !["sources", "mediaRates"].contains(key) {
      merged[key] = value
    }
    // The user's models and aliases come first, so that a fault's place is one of the user's file.
    for key in ["models", "aliases"] {
      merged[key] = Self.merged(user: user[key], base: document[key])
    }
    let catalog = try Self.read(merged, blaming: bytes, file: file)
    return catalog.ordered(like: self)
  }

  private static func object(
    parsing bytes: [UInt8],
    file: String
  ) throws(ModelDataError) -> JSONObject {
    do {
      let value = try JSONValue(parsing: bytes)
      guard let object = value.object else {
        throw ModelDataError(file: file, line: 1, path: "", reason: "an object is due")
      }
      return object
    } catch let error as JSONSyntaxError {
      throw ModelDataError(file: file, line: error.line, path: "", reason: error.problem)
    } catch let error as ModelDataError {
      throw error
    } catch {
      throw ModelDataError(file: file, line: 1, path: "", reason: "\(error)")
    }
  }

  private static func read(
    _ object: JSONObject,
    blaming bytes: [UInt8],
    file: String
  ) throws(ModelDataError) -> ModelCatalog {
    do {
      return try ModelDataReader().catalog(object)
    } catch {
      throw ModelDataError(
        file: file,
        line: error.path.line(in: bytes),
        path: error.path.description,
        reason: error.reason
      )
    }
  }

  /// The user's entries, each over the entry of the same id, then the others.
  private static func merged(user: JSONValue?, base: JSONValue?) -> JSONValue? {
    guard let user else { return base }
    guard let entries = user.array else { return user }
    let known = base?.array ?? []
    let merged = entries.map { entry in
      guard let id = entry["id"], let changes = entry.object,
        var result = known.first(where: { $0["id"] == id })?.object
      else { return entry }
      for (key, value) in changes.members { result[key] = value }
      return .object(result)
    }
    let ids = Set(entries.compactMap { $0["id"] })
    return .array(merged + known.filter { !ids.contains($0["id"] ?? .null) })
  }

  /// The same cards: those known before where they stood, new ones at the end.
  private func ordered(like base: ModelCatalog) -> ModelCatalog {
    let known = Set(base.cards.map(\.id))
    return ModelCatalog(
      asOf: asOf,
      cards: base.cards.compactMap { card($0.id) } + cards.filter { !known.contains($0.id) },
      aliases: aliases,
      sources: sources,
      document: document
    )
  }
}
