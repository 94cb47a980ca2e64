/// Why a prompt could not be read or rendered, and where.
public struct PromptError: Error, Hashable, Sendable {
  /// The kind of a failure; callers may catch one with `~=`.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the kind, as printed with `--json`.
    public let rawValue: String

    /// A kind of a name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text is not UTF-8.
    public static let encoding = Self(rawValue: "encoding")
    /// The front matter is no YAML, or a key in it has a value of the wrong type.
    public static let frontMatter = Self(rawValue: "front-matter")
    /// The template breaks the grammar.
    public static let syntax = Self(rawValue: "syntax")
    /// A variable is neither given nor declared.
    public static let unknownVariable = Self(rawValue: "unknown-variable")
    /// A tag calls a helper that does not exist.
    public static let unknownHelper = Self(rawValue: "unknown-helper")
    /// A tag includes a partial that does not exist.
    public static let unknownPartial = Self(rawValue: "unknown-partial")
    /// The front matter names a schema that does not exist.
    public static let unknownSchema = Self(rawValue: "unknown-schema")
    /// A value cannot be used where the template uses it.
    public static let value = Self(rawValue: "value")
    /// A size, a depth or an amount of work passed its limit.
    public static let limit = Self(rawValue: "limit")

    /// Whether an error is of the kind, for `catch`.
    public static func ~= (code: Self, error: any Error) -> Bool {
      (error as? PromptError)?.code == code
    }
  }

  /// The kind of the failure.
  public let code: Code
  /// What was found or missing, one sentence without its place.
  public let message: String
  /// What to do about it, when there is a remedy.
  public let hint: String?
  /// Where it stands; `nil` when no file is involved.
  public let location: PromptLocation?

  /// A failure.
  public init(
    _ code: Code,
    _ message: String,
    hint: String? = nil,
    at location: PromptLocation? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.location = location
  }
}

extension PromptError: CustomStringConvertible {
  /// The place and the message on one line.
  public var description: String {
    location.map { "\($0): \(message)" } ?? message
  }

  /// The message with its place, the line and a caret below the fault, then the hint.
  public var rendered: String {
    var lines = [description]
    if let location { lines += location.excerpt }
    if let hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}
