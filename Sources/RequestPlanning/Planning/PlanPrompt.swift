public import TabularExtraction

/// A prompt, as far as planning goes.
public struct PlanPrompt: Hashable, Sendable {
  /// What people call it.
  public var name: String
  /// What makes its system instruction and tools the same to the service; empty for none.
  public var systemIdentity: String
  /// What makes the text before the media the same; empty for none, as it should be.
  public var leadingIdentity: String
  /// Tokens of the system instruction and of the text before the media.
  public var leadingTokens: Int
  /// Tokens of all text, the leading ones included.
  public var textTokens: Int
  /// Whether the service counted the text.
  public var textIsCounted: Bool
  private var json: OutputShape
  private var tsv: OutputShape

  /// A prompt whose replies hold some tables; none for free text.
  public init(
    name: String,
    tables: [TableDefinition],
    textTokens: Int,
    textIsCounted: Bool = false,
    leadingTokens: Int = 0,
    systemIdentity: String = "",
    leadingIdentity: String = ""
  ) {
    self.name = name
    self.systemIdentity = systemIdentity
    self.leadingIdentity = leadingIdentity
    self.leadingTokens = leadingTokens
    self.textTokens = textTokens
    self.textIsCounted = textIsCounted
    json = OutputShape(tables: tables, encoding: .json)
    tsv = OutputShape(tables: tables, encoding: .tsv)
  }

  /// What a speech model is asked: every word, without any text of a prompt.
  public static let words: PlanPrompt = {
    var prompt = PlanPrompt(name: "words", tables: [], textTokens: 0)
    prompt.json.isEveryWord = true
    prompt.tsv.isEveryWord = true
    return prompt
  }()

  /// Notes that it gives rows of a transcript before everything else, and is answered about them.
  ///
  /// - Parameters:
  ///   - rows: What it is answered about.
  ///   - tokens: The tokens of all rows that it gives, those that a part repeats of the one before included.
  public mutating func isAbout(_ rows: GivenRows, shown tokens: Int) {
    json.given = rows
    tsv.given = rows
    textTokens += tokens
    leadingTokens = tokens
  }

  /// The shape of its replies in an encoding.
  public func output(_ encoding: ReplyEncoding) -> OutputShape {
    encoding == .json ? json : tsv
  }
}
