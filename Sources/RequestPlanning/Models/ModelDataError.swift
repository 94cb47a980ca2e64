internal import OrderedJSON

/// A file of models and prices that cannot be read: where, and why.
public struct ModelDataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name, as given.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The place inside the document, such as `models[0].prices[1].rows[0].input`.
  public let path: String
  /// What is wrong and what is due.
  public let reason: String

  /// File, line, place and reason.
  public var description: String {
    "\(file):\(line): " + (path.isEmpty ? reason : "\(path): \(reason)")
  }
}

/// A fault at a place of the document, before its line is looked up.
struct ModelDataFault: JSONFault {
  let path: JSONPath
  let reason: String

  init(at path: JSONPath, problem: String) {
    (self.path, reason) = (path, problem)
  }
}
