package import OrderedJSON
package import PromptTemplates

/// Something in a prompt or schema that costs money or quality.
package struct LintFinding: Hashable, Sendable {
  /// How much a finding matters.
  package enum Severity: String, Hashable, Sendable {
    /// Worth a thought.
    case warning
    /// Will fail or mislead.
    case error
  }

  /// The rule that was broken.
  package let rule: LintRule
  /// The prompt or schema.
  package let subject: String
  /// What was found, one sentence without a full stop.
  package let message: String
  /// Where it stands, when it has a place.
  package let location: PromptLocation?

  /// A finding.
  package init(
    _ rule: LintRule,
    in subject: String,
    _ message: String,
    at location: PromptLocation? = nil
  ) {
    self.rule = rule
    self.subject = subject
    self.message = message
    self.location = location
  }

  /// `PLACE: SEVERITY: MESSAGE [RULE]`, as editors expect it.
  package var line: String {
    let place = location.map(\.description) ?? subject
    return "\(place): \(rule.severity.rawValue): \(message) [\(rule.rawValue)]"
  }

  /// The finding for machines.
  package var json: JSONValue {
    var object: JSONObject = [
      "code": .string(rule.rawValue),
      "severity": .string(rule.severity.rawValue),
      "subject": .string(subject),
      "message": .string(message),
      "why": .string(rule.why),
      "fix": .string(rule.fix),
    ]
    if let location {
      object["file"] = .string(location.file)
      object["line"] = JSONValue(location.line)
      object["column"] = JSONValue(location.column)
    }
    return .object(object)
  }
}
