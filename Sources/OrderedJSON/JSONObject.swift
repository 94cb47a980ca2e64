/// The members of a JSON object, in order.
///
/// Lookups walk the members: objects on the wire and in schemas are small.
public struct JSONObject: Sendable {
  /// The members in the order they were written or added.
  public private(set) var members: [(key: String, value: JSONValue)]

  /// An object without members.
  public init() { members = [] }

  /// An object of the members given; of two with the same key the later value stays.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    self.members = []
    var keys = DistinctKeys()
    for (key, value) in members {
      if let index = keys.add(key, to: self.members) {
        self.members[index].value = value
      } else {
        self.members.append((key, value))
      }
    }
  }

  /// An object of members whose keys the caller knows to differ.
  public init(uniqueMembers: [(key: String, value: JSONValue)]) { members = uniqueMembers }

  /// The number of members.
  public var count: Int { members.count }

  /// Whether the object has no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The keys in order.
  public var keys: [String] { members.map(\.key) }

  /// The value of a key; setting `nil` removes the member, a new key goes to the end.
  public subscript(key: String) -> JSONValue? {
    get { members.position(of: key).map { members[$0].value } }
    set {
      switch (members.position(of: key), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  /// A copy without the members that the predicate names by key.
  public func removing(where predicate: (String) -> Bool) -> JSONObject {
    JSONObject(uniqueMembers: members.filter { !predicate($0.key) })
  }
}

extension [(key: String, value: JSONValue)] {
  /// Where the member of a key stands; walks the keys without touching the values.
  func position(of key: String) -> Int? {
    // Most keys differ in length already, which is cheaper to see than a difference in text.
    let count = key.utf8.count
    for index in indices where self[index].key.utf8.count == count && self[index].key == key {
      return index
    }
    return nil
  }
}

/// Finds keys that an object has already.
///
/// Walking is quickest in the small objects that are the rule, and would take time with the square
/// of the keys in an object that has very many.
struct DistinctKeys {
  /// The members up to which keys are walked; beyond it a table costs less than the walk.
  private static let walkedCount = 32

  private var positions: [String: Int] = [:]

  /// Where the key stands among the members; `nil` for a new one, which is to be added next.
  mutating func add(_ key: String, to members: [(key: String, value: JSONValue)]) -> Int? {
    guard members.count >= Self.walkedCount else { return members.position(of: key) }
    if positions.isEmpty {
      for (index, member) in members.enumerated() { positions[member.key] = index }
    }
    if let position = positions[key] { return position }
    positions[key] = members.count
    return nil
  }
}

extension JSONObject: Hashable {
  /// Equal members in any order, as JSON defines objects.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    // Objects are seldom written in two orders, and then they are small.
    let isSameOrder = left.members.elementsEqual(right.members) { $0.key == $1.key }
    return isSameOrder
      ? left.members.elementsEqual(right.members) { $0.value == $1.value }
      : left.members.allSatisfy { right[$0.key] == $0.value }
  }

  /// Hashes the members regardless of their order.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in members {
      var member = Hasher()
      member.combine(key)
      member.combine(value)
      sum &+= member.finalize()
    }
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object with its members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
