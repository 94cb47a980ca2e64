internal import OrderedJSON

/// A value of a document with its place, so that errors can say where.
struct DocumentReader {
  let value: JSONValue
  let path: String

  typealias Fault = TranscriptDocumentError

  /// A member; `nil` when it is missing or null.
  func member(_ key: String) throws(Fault) -> DocumentReader? {
    guard let object = value.object else { throw fault("an object is due") }
    guard let value = object[key], !value.isNull else { return nil }
    return DocumentReader(value: value, path: path.isEmpty ? key : path + "." + key)
  }

  func required(_ key: String) throws(Fault) -> DocumentReader {
    guard let member = try member(key) else { throw fault("the member “\(key)” is missing") }
    return member
  }

  func elements() throws(Fault) -> [DocumentReader] {
    guard let array = value.array else { throw fault("a list is due") }
    return array.enumerated().map { DocumentReader(value: $1, path: "\(path)[\($0)]") }
  }

  /// The elements of a list; none when it is missing.
  func list(_ key: String) throws(Fault) -> [DocumentReader] { try member(key)?.elements() ?? [] }

  func string() throws(Fault) -> String {
    guard let text = value.string else { throw fault("a text is due") }
    return text
  }

  func int() throws(Fault) -> Int {
    guard let number = value.int else { throw fault("a whole number is due") }
    return number
  }

  /// The number of a row or a cell.
  func index() throws(Fault) -> Int {
    let number = try int()
    guard number.magnitude <= Self.greatestIndex else { throw fault("no list is so long") }
    return number
  }

  /// What JSON readers agree on as whole numbers (RFC 7493, section 2.2).
  private static let greatestIndex = 1 << 53

  /// A count of tokens, or a length in milliseconds.
  func amount() throws(Fault) -> Int { try int().asAmount }

  func bool() throws(Fault) -> Bool {
    guard let flag = value.bool else { throw fault("true or false is due") }
    return flag
  }

  func time() throws(Fault) -> Timecode {
    let milliseconds = try int()
    guard milliseconds >= 0 else { throw fault("a time is 0 or later") }
    return Timecode(milliseconds: milliseconds.asAmount)
  }

  func string(_ key: String) throws(Fault) -> String { try required(key).string() }

  func optionalString(_ key: String) throws(Fault) -> String? { try member(key)?.string() }

  func fault(_ problem: String) -> Fault { Fault(path: path, problem: problem) }
}
