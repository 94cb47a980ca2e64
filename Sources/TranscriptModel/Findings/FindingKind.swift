/// What a code means: a row of the catalogue of findings.
public struct FindingKind: Sendable {
  /// The code as printed.
  public let code: Finding.Code
  /// How much such a finding matters, unless the place that makes it knows better.
  public let severity: Finding.Severity
  /// What was found, as a sentence without a full stop.
  public let sentence: String
  /// What to do about it, as a sentence.
  public let remedy: String

  init(
    _ code: Finding.Code,
    _ severity: Finding.Severity,
    _ sentence: String,
    remedy: String
  ) {
    self.code = code
    self.severity = severity
    self.sentence = sentence
    self.remedy = remedy
  }

  /// The row of a code; `nil` for a code of another version.
  public static func of(_ code: Finding.Code) -> FindingKind? { byCode[code] }

  private static let byCode = Dictionary(
    catalogue.map { ($0.code, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}

extension Finding.Code {
  /// How much such a finding usually matters; a warning for codes that are not in the catalogue.
  public var defaultSeverity: Finding.Severity { FindingKind.of(self)?.severity ?? .warning }
}

extension Finding {
  /// A finding with the severity usual for its code.
  public init(_ code: Code, _ message: String, rows: [Row] = [], table: String? = nil) {
    self.init(code, code.defaultSeverity, message, rows: rows, table: table)
  }
}
