internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A value for a parameter of a statement.
struct SQLValue {
  /// What is missing has a kind, too: servers want to know it.
  enum Storage {
    case integer(Int64?)
    case flag(Bool)
    case text(String?)
    case blob([UInt8])
  }

  let storage: Storage

  static func int(_ value: Int?) -> SQLValue { int(value.map(Int64.init)) }

  static func int(_ value: Int64?) -> SQLValue { SQLValue(storage: .integer(value)) }

  static func flag(_ value: Bool) -> SQLValue { SQLValue(storage: .flag(value)) }

  static func text(_ value: String?) -> SQLValue { SQLValue(storage: .text(value)) }

  static func blob(_ value: [UInt8]) -> SQLValue { SQLValue(storage: .blob(value)) }

  static func json(_ value: JSONValue?) -> SQLValue { .text(value?.rendered()) }

  /// Money is decimal text, exact.
  static func money(_ value: Decimal?) -> SQLValue { .text(value?.description) }

  /// Moments are milliseconds since 1970.
  static func time(_ value: Date?) -> SQLValue { .int(value?.millisecondsSince1970) }
}

extension Date {
  /// A moment beyond all calendars stands for the last one that a number can name exactly.
  var millisecondsSince1970: Int64 {
    let limit = Double(1 << 53)
    let milliseconds = (timeIntervalSince1970 * 1000).rounded()
    return Int64(Swift.min(Swift.max(milliseconds, -limit), limit))
  }

  init(millisecondsSince1970 milliseconds: Int64) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }
}
