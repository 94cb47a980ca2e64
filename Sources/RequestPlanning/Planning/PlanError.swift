/// Why requests cannot be planned.
public struct PlanError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing.
  public enum Code: Hashable, Sendable {
    /// The catalogue does not know the model.
    case unknownModel(String)
    /// The length of a source is not known.
    case unknownLength(source: String)
    /// The price of a request is not known.
    case unknownPrice(PricingError)
  }

  /// What is missing.
  public let code: Code

  /// What is missing, and what to do.
  public var description: String {
    switch code {
    case .unknownModel(let name):
      "The model \(name) is not known, so nothing can be estimated; send without an estimate "
        + "(--no-estimate), or describe the model in a models file."
    case .unknownLength(let source):
      "The length of \(source) is not known; state it with --duration."
    case .unknownPrice(let error): error.description
    }
  }
}
