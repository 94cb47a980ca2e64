internal import OrderedJSON
internal import PromptTemplates

/// Whether a prompt is one at all: has words, partials that are there, and a turn of the user.
struct TemplateRules {
  let subject: PromptSubject

  var findings: [LintFinding] {
    partials + foreignSyntax + [trailingModelTurn].compactMap(\.self)
  }

  /// Whether there is nothing to send; then no other rule has anything to say.
  static func isEmpty(_ template: PromptTemplate) -> Bool {
    template.body.allSatisfy(\.isWhitespace)
  }

  private var partials: [LintFinding] {
    var seen: Set<String> = []
    let missing = subject.uses.compactMap { use -> LintFinding? in
      guard case .missingPartial(let name) = use.kind, seen.insert(name).inserted else {
        return nil
      }
      return subject.finding(.unknownPartial, "no partial has the name \(name)", at: use.location)
    }
    return missing + (missing.isEmpty ? endless : [])
  }

  /// Whether the prompt comes to an end, with every optional input given and with none.
  private var endless: [LintFinding] {
    for input in [sample(optional: true), sample(optional: false)] {
      do throws(PromptError) {
        _ = try subject.template.render(PromptData(input: input))
      } catch  where error.code == .limit {
        return [subject.finding(.endlessPartial, error.message, at: error.location)]
      } catch {
        continue  // Whatever else fails depends on the values, which are not known here.
      }
    }
    return []
  }

  /// A value for each input, of the kind it is declared as.
  private func sample(optional: Bool) -> JSONObject {
    let schema = subject.template.metadata.inputSchema
    let required = schema?["required"]?.array?.compactMap(\.string) ?? []
    var input = JSONObject()
    for (name, property) in schema?["properties"]?.object?.members ?? []
    where optional || required.contains(name) {
      input[name] = Self.value(of: property)
    }
    return input
  }

  private static func value(of property: JSONValue) -> JSONValue {
    if let choice = property["enum"]?.array?.first { return choice }
    let type = property["type"]?.string ?? property["type"]?.array?.first?.string
    return switch type {
    case "boolean": true
    case "integer", "number": 1
    case "array": .array([])
    case "object": .object(JSONObject())
    default: "x"
    }
  }

  /// `{name}`, `${name}`, `<<name>>`, `[[name]]` of an input, and `{% … %}`.
  private var foreignSyntax: [LintFinding] {
    let inputs = subject.template.metadata.inputSchema?["properties"]?.object?.keys ?? []
    let forms = inputs.flatMap { ["{\($0)}", "<<\($0)>>", "[[\($0)]]"] } + ["{%"]
    return subject.lines().compactMap { line, location in
      guard line.utf8.contains(where: "{<[".utf8.contains) else { return nil }
      return forms.first(where: line.contains).map { form in
        subject.finding(.foreignSyntax, "\(form) is no variable here", at: location())
      }
    }
  }

  private var trailingModelTurn: LintFinding? {
    let roles = subject.uses.filter { $0.kind == .helper("role") }
    guard let last = roles.last, last.location.lineText.contains("\"model\"") else { return nil }
    return subject.finding(
      .trailingModelTurn,
      "the prompt ends with the model's turn",
      at: last.location
    )
  }
}
