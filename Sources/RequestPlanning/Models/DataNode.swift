internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A value of the model data with the way to it, so that every fault can say where it is.
struct DataNode {
  let value: JSONValue
  let path: JSONPath

  func fault(_ reason: String) -> ModelDataFault { ModelDataFault(path: path, reason: reason) }

  /// The member of a key; `nil` when it is missing or `null`.
  func member(_ key: String) -> DataNode? {
    guard let value = value[key], !value.isNull else { return nil }
    return DataNode(value: value, path: path.appending(.member(key)))
  }

  func required(_ key: String) throws(ModelDataFault) -> DataNode {
    guard let node = member(key) else { throw fault("\"\(key)\" is missing") }
    return node
  }

  func members() throws(ModelDataFault) -> [(key: String, node: DataNode)] {
    guard let object = value.object else { throw fault("an object is due") }
    return object.members.map {
      ($0.key, DataNode(value: $0.value, path: path.appending(.member($0.key))))
    }
  }

  func elements() throws(ModelDataFault) -> [DataNode] {
    guard let elements = value.array else { throw fault("a list is due") }
    return elements.enumerated().map {
      DataNode(value: $1, path: path.appending(.element($0)))
    }
  }

  /// The elements of a member; none when it is missing.
  func list<Element>(
    _ key: String,
    _ read: (DataNode) throws(ModelDataFault) -> Element
  ) throws(ModelDataFault) -> [Element] {
    var result: [Element] = []
    for element in try member(key)?.elements() ?? [] { result.append(try read(element)) }
    return result
  }

  /// Refuses members that nothing reads: a misspelt key would otherwise be ignored.
  func allowOnly(_ keys: [String]) throws(ModelDataFault) {
    for (key, node) in try members() where !keys.contains(key) {
      throw node.fault("unknown key; known are \(keys.joined(separator: ", "))")
    }
  }

  func string() throws(ModelDataFault) -> String {
    guard let text = value.string, !text.isEmpty else { throw fault("a text is due") }
    return text
  }

  func bool() throws(ModelDataFault) -> Bool {
    guard let flag = value.bool else { throw fault("true or false is due") }
    return flag
  }

  /// A count, `0...`.
  func count() throws(ModelDataFault) -> Int {
    guard let number = value.int, number >= 0 else {
      throw fault("a whole number of 0 or more is due, not \(value.rendered())")
    }
    return number
  }

  func day() throws(ModelDataFault) -> CalendarDay {
    guard let day = value.string.flatMap(CalendarDay.init(parsing:)) else {
      throw fault("a day such as \"2026-11-20\" is due, not \(value.rendered())")
    }
    return day
  }

  /// An amount of money, `0...`.
  ///
  /// Read from its digits: a price that passed through binary floating point is no longer exact.
  func amount() throws(ModelDataFault) -> Decimal {
    guard let text = value.string ?? number, let amount = Decimal(exactly: text) else {
      throw fault(
        "an amount in US dollars such as \"0.75\" is due, not \(value.rendered())"
      )
    }
    return amount
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type
  ) throws(ModelDataFault) -> Choice where Choice.RawValue == String {
    if let choice = Choice.allCases.first(where: { $0.rawValue == value.string }) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw fault("one of \(known) is due, not \(value.rendered())")
  }

  private var number: String? {
    if case .number(let number) = value { number.text } else { nil }
  }
}

extension Decimal {
  /// An amount from plain digits with at most one point; `nil` for signs, exponents and the rest.
  init?(exactly text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, text.utf8.count <= 30,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let amount = Decimal(string: text)
    else { return nil }
    self = amount
  }
}
