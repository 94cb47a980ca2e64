/// The interfaces through which the service answers.
public enum GenerationAPI: String, CaseIterable, Hashable, Sendable {
  /// `generateContent`: a request holds all that it is about.
  case generateContent = "generate-content"
  /// The Interactions API, which keeps conversations at the service.
  case interactions
}
