internal import OrderedJSON

/// An object as the service sent it, whose names may be spelled in camelCase or snake_case.
struct WireObject {
  let object: JSONObject
  private let hasSnakeCase: Bool

  init(_ object: JSONObject) {
    self.object = object
    hasSnakeCase = object.hasSnakeCase
  }

  /// `nil` when the value is no object.
  init?(_ value: JSONValue?) {
    guard let object = value?.object else { return nil }
    self.init(object)
  }

  /// The member of a camelCase name in either spelling; `nil` also for null.
  subscript(name: String) -> JSONValue? {
    let value = object[name] ?? (hasSnakeCase ? object[Self.snakeCase(name)] : nil)
    return value?.isNull == true ? nil : value
  }

  /// The text of a member.
  func string(_ name: String) -> String? { self[name]?.string }

  /// The largest integer that is taken from the wire: the last one that JSON numbers hold exactly.
  static let largest = 1 << 53

  /// The integer of a member, held within 0…2^53, so that no sum of some can overflow; also when it
  /// is written as a string, as 64-bit ones are.
  func int(_ name: String) -> Int? { signed(name).map { min(max($0, 0), Self.largest) } }

  /// The integer of a member as it was written.
  func signed(_ name: String) -> Int? {
    let value = self[name]
    return value?.int ?? value?.string.flatMap { Int($0) }
  }

  /// The objects of a list; anything else in it is passed over.
  func list<Element>(_ name: String, _ read: (WireObject) -> Element) -> [Element] {
    self[name]?.array?.compactMap { WireObject($0).map(read) } ?? []
  }

  /// The object of a member.
  func object(_ name: String) -> WireObject? { WireObject(self[name]) }

  static func snakeCase(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      if scalar.properties.isUppercase {
        result.unicodeScalars.append("_")
        result += scalar.properties.lowercaseMapping
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension JSONObject {
  /// Whether a key holds an underscore; asked of every object, so it walks the keys alone.
  fileprivate var hasSnakeCase: Bool {
    for index in members.indices {
      let key = members[index].key.utf8
      let found = key.withContiguousStorageIfAvailable { $0.contains(UInt8(ascii: "_")) }
      if found ?? key.contains(UInt8(ascii: "_")) { return true }
    }
    return false
  }

  /// Adds a list unless it is empty.
  mutating func setList(_ name: String, _ elements: [JSONValue]) {
    self[name] = elements.isEmpty ? nil : .array(elements)
  }
}
