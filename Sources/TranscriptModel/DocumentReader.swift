package import OrderedJSON

/// A value of a transcript document.
typealias DocumentReader = JSONCursor<TranscriptDocumentError>

extension TranscriptDocumentError: JSONFault {
  /// An error at a place of a document.
  package init(at path: JSONPath, problem: String) {
    self.init(path: path.description, problem: problem)
  }
}

extension JSONCursor<TranscriptDocumentError> {
  /// The number of a row or a cell.
  func index() throws(Fault) -> Int {
    let number = try int()
    guard number.magnitude <= Self.greatestIndex else { throw fault("no list is so long") }
    return number
  }

  /// What JSON readers agree on as whole numbers (RFC 7493, section 2.2).
  static var greatestIndex: Int { 1 << 53 }

  /// A count of tokens, or a length in milliseconds.
  func amount() throws(Fault) -> Int { try int().asAmount }

  func time() throws(Fault) -> Timecode {
    let milliseconds = try int()
    guard milliseconds >= 0 else { throw fault("a time is 0 or later") }
    return Timecode(milliseconds: milliseconds.asAmount)
  }
}
