internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A value of the model data.
typealias DataNode = JSONCursor<ModelDataFault>

extension JSONCursor<ModelDataFault> {
  /// A text that is not empty.
  func name() throws(ModelDataFault) -> String {
    guard let text = value.string, !text.isEmpty else { throw fault("a text is due") }
    return text
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
