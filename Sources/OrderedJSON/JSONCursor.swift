/// Why a value of a document cannot be used, and where it stands.
package protocol JSONFault: Error {
  /// A fault at a place; what was due, and what was found.
  init(at path: JSONPath, problem: String)
}

/// A value of a document with the way to it, so that every fault can say where it is.
package struct JSONCursor<Fault: JSONFault> {
  /// The value.
  package let value: JSONValue
  /// The way to it.
  package let path: JSONPath

  /// A value at a place; the root of a document unless told otherwise.
  package init(_ value: JSONValue, at path: JSONPath = JSONPath()) {
    self.value = value
    self.path = path
  }

  /// A fault of this value.
  package func fault(_ problem: String) -> Fault { Fault(at: path, problem: problem) }

  /// A member; `nil` when it is missing or null.
  package func member(_ key: String) throws(Fault) -> JSONCursor? {
    guard let object = value.object else { throw fault("an object is due") }
    guard let value = object[key], !value.isNull else { return nil }
    return JSONCursor(value, at: path.appending(.member(key)))
  }

  /// A member that has to be there.
  package func required(_ key: String) throws(Fault) -> JSONCursor {
    guard let member = try member(key) else { throw fault("the member “\(key)” is missing") }
    return member
  }

  /// All members, in order.
  package func members() throws(Fault) -> [(key: String, cursor: JSONCursor)] {
    guard let object = value.object else { throw fault("an object is due") }
    return object.members.map {
      ($0.key, JSONCursor($0.value, at: path.appending(.member($0.key))))
    }
  }

  /// Refuses members that nothing reads: a misspelt key would otherwise be ignored.
  package func allowOnly(_ keys: [String]) throws(Fault) {
    for (key, cursor) in try members() where !keys.contains(key) {
      throw cursor.fault("unknown key; known are \(keys.joined(separator: ", "))")
    }
  }

  /// The elements of a list.
  package func elements() throws(Fault) -> [JSONCursor] {
    guard let array = value.array else { throw fault("a list is due") }
    return array.enumerated().map { JSONCursor($1, at: path.appending(.element($0))) }
  }

  /// The elements of the list of a member; none when it is missing.
  package func list(_ key: String) throws(Fault) -> [JSONCursor] {
    try member(key)?.elements() ?? []
  }

  /// What the elements of the list of a member are read as; none when it is missing.
  package func list<Element>(
    _ key: String,
    _ read: (JSONCursor) throws(Fault) -> Element
  ) throws(Fault) -> [Element] {
    try member(key)?.elements(read) ?? []
  }

  /// What the elements of a list are read as.
  package func elements<Element>(
    _ read: (JSONCursor) throws(Fault) -> Element
  ) throws(Fault) -> [Element] {
    var result: [Element] = []
    for element in try elements() { result.append(try read(element)) }
    return result
  }

  /// A text.
  package func string() throws(Fault) -> String {
    guard let text = value.string else { throw fault("a text is due") }
    return text
  }

  /// A whole number.
  package func int() throws(Fault) -> Int {
    guard let number = value.int else { throw fault("a whole number is due") }
    return number
  }

  /// A truth value.
  package func bool() throws(Fault) -> Bool {
    guard let flag = value.bool else { throw fault("true or false is due") }
    return flag
  }

  /// The text of a member that has to be there.
  package func string(_ key: String) throws(Fault) -> String { try required(key).string() }

  /// The text of a member; `nil` when it is missing or null.
  package func optionalString(_ key: String) throws(Fault) -> String? { try member(key)?.string() }

  /// The whole number of a member that has to be there.
  package func int(_ key: String) throws(Fault) -> Int { try required(key).int() }
}
