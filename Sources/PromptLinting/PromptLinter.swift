package import PromptTemplates
package import RequestPlanning

/// Finds in prompts what would cost money or quality, before a request is paid for.
package struct PromptLinter: Sendable {
  private let catalog: ModelCatalog

  /// A linter that knows models by a catalogue.
  package init(catalog: ModelCatalog) { self.catalog = catalog }

  /// What is wrong with one prompt, in the order of the rules; empty when nothing is.
  package func findings(_ subject: PromptSubject) -> [LintFinding] {
    guard !TemplateRules.isEmpty(subject.template) else {
      return [subject.finding(.emptyPrompt, "the prompt is empty")]
    }
    var findings = TemplateRules(subject: subject).findings
    if let schema = subject.schema {
      findings += FieldRules(subject, schema).findings
      findings += CertaintyRules(subject: subject, schema: schema).findings
    }
    if let schema = subject.template.metadata.outputSchema {
      let name = subject.template.metadata.outputSchemaName ?? "output.schema"
      findings += SchemaLinter.findings(schema, name: "\(subject.name), \(name)")
    }
    findings += WordingRules(subject: subject).findings
    findings += MediaRules(subject: subject).findings
    findings += PrefixRules(subject: subject).findings
    findings += InputRules(subject: subject).findings
    return findings + SettingRules(subject: subject, catalog: catalog).findings
  }

  /// That a prompt cannot be read, which must not keep the others from being looked at.
  package static func finding(_ error: PromptError, in name: String) -> LintFinding {
    LintFinding(.unreadable, in: name, error.message, at: error.location)
  }

  /// What keeps prompts from sharing a cache: those that begin with media need the same system
  /// instruction.
  package func findings(among subjects: [PromptSubject]) -> [LintFinding] {
    let sharing = subjects.filter { !$0.mediaInputs.isEmpty }
    guard let first = sharing.first else { return [] }
    return sharing.dropFirst().filter { $0.systemText != first.systemText }.map { other in
      other.finding(
        .systemDiffers,
        "the system instruction differs from that of \(first.name), so they share no cache"
      )
    }
  }
}

extension PromptSubject {
  /// The text between `{{role "system"}}` and the next role.
  fileprivate var systemText: String {
    var text = ""
    var isSystem = false
    for use in uses {
      switch use.kind {
      case .helper("role"): isSystem = use.location.lineText.contains("system")
      case .text(let piece) where isSystem: text += piece
      default: break
      }
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
