internal import OrderedJSON
internal import PromptTemplates

/// Whether inputs are declared and used.
struct InputRules {
  let subject: PromptSubject

  var findings: [LintFinding] { unused + undeclared }

  private var declared: [String] {
    subject.template.metadata.inputSchema?["properties"]?.object?.keys ?? []
  }

  private var unused: [LintFinding] {
    let used = Set(
      subject.uses.compactMap { use in
        if case .input(let name) = use.kind { name } else { nil }
      }
    )
    return declared.filter { !used.contains($0) }.map { name in
      subject.finding(.unusedInput, "the input \(name) is declared and never used")
    }
  }

  private var undeclared: [LintFinding] {
    var seen = Set(declared)
    return subject.uses.compactMap { use in
      guard case .input(let name) = use.kind, seen.insert(name).inserted else { return nil }
      return subject.finding(
        .undeclaredInput,
        "the input \(name) is used and not declared",
        at: use.location
      )
    }
  }
}
