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

  /// Something that is missing.
  public init(code: Code) { self.code = code }

  /// What is missing, in one sentence.
  public var message: String {
    switch code {
    case .unknownModel(let name): "The model \(name) is not known, so nothing can be estimated."
    case .unknownLength(let source): "The length of \(source) is not known."
    case .unknownPrice(let error): error.description
    }
  }

  /// What to do, in one sentence.
  public var remedy: String {
    switch code {
    case .unknownModel:
      "Go on without an estimate (the setting noEstimate), or describe the model in a models file."
    case .unknownLength: "State it with the setting duration."
    case .unknownPrice: "Go on without the price with the setting noEstimate."
    }
  }

  /// What is missing, and what to do.
  public var description: String { "\(message) \(remedy)" }
}
