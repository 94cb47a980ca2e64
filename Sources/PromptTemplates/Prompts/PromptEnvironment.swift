/// What a prompt may refer to outside its own file, and how strictly it is read.
public struct PromptEnvironment: Sendable {
  /// How mistakes that the format tolerates are treated.
  public enum Mode: Sendable {
    /// Unknown variables, objects printed as text and keys of the wrong type are errors.
    case strict
    /// As the Dotprompt specification says: what is missing is empty.
    case lenient
  }

  /// How mistakes that the format tolerates are treated.
  public var mode: Mode
  /// Finds the text of a partial.
  public var partials: PartialResolver
  /// Finds a JSON Schema by the name used in front matter.
  public var schemas: SchemaResolver
  /// Helpers in addition to those of Handlebars and Dotprompt; an equal name replaces one.
  public var helpers: [String: PromptHelper]
  /// Takes what `{{log …}}` says.
  public var log: (@Sendable (String) -> Void)?

  /// An environment; without resolvers there are no partials and no named schemas.
  public init(
    mode: Mode = .strict,
    partials: @escaping PartialResolver = { _ in nil },
    schemas: @escaping SchemaResolver = { _ in nil },
    helpers: [String: PromptHelper] = [:],
    log: (@Sendable (String) -> Void)? = nil
  ) {
    self.mode = mode
    self.partials = partials
    self.schemas = schemas
    self.helpers = helpers
    self.log = log
  }
}
