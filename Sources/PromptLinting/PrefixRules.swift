internal import OrderedJSON
internal import PromptTemplates

/// Whether requests made with a prompt can share a cached beginning.
struct PrefixRules {
  /// Letters of fixed text behind a changing value that are worth a cache.
  private static let noticeable = 400

  let subject: PromptSubject

  var findings: [LintFinding] { [lateMedia, earlyVariable].compactMap(\.self) }

  private var lateMedia: LintFinding? {
    var hasText = false
    for use in subject.uses {
      switch use.kind {
      case .text(let text): hasText = hasText || !text.allSatisfy(\.isWhitespace)
      case .helper("role"): hasText = false
      case .helper("media") where hasText:
        return subject.finding(
          .mediaAfterText,
          "the media come after text",
          at: use.location
        )
      default: break
      }
    }
    return nil
  }

  /// A value that changes with each request, and how much fixed text stands behind it.
  private var earlyVariable: LintFinding? {
    let changing = changingInputs
    var behind = 0
    var early: TemplateUse?
    for (index, use) in subject.uses.enumerated() {
      switch use.kind {
      case .input(let name) where changing.contains(name):
        // What a request is about, such as a transcript, comes first on purpose.
        if early == nil, index > 0, hasText(before: index) { early = use }
      case .text(let text) where early != nil && use.depth == 0: behind += text.count
      default: break
      }
    }
    guard let early, behind > Self.noticeable else { return nil }
    return subject.finding(
      .variableBeforeText,
      "a value that changes with each request stands before \(behind) letters that do not",
      at: early.location
    )
  }

  private func hasText(before index: Int) -> Bool {
    subject.uses[..<index].contains { use in
      if case .text(let text) = use.kind { text.count > Self.noticeable } else { false }
    }
  }

  /// Inputs without a default: what has one is a setting that a whole run shares.
  private var changingInputs: Set<String> {
    let declared = subject.template.metadata.inputSchema?["properties"]?.object?.keys ?? []
    let defaults = subject.template.metadata.inputDefaults
    return Set(declared.filter { defaults[$0] == nil && !subject.mediaInputs.contains($0) })
  }
}
