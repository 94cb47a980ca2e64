internal import HostSystem
internal import OrderedJSON
internal import YAMLDocuments

/// Why a scenario's file cannot be used.
package struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problem with its line.
  package let description: String
}

extension Scenario {
  /// Reads a scenario.
  ///
  ///     rules:
  ///       - fault: quota          # a name of Fault.Kind
  ///         on: [generate, stream]
  ///         share: 0.3            # of the requests that match
  ///         attempts: 1           # only the first try of each
  ///         seconds: 2
  ///       - { fault: max-tokens, row: 5, times: 1, skip: 2, model: gemini-3.5-flash }
  ///     replies:
  ///       - prompt: words of a prompt   # answers to it
  ///         forgets: Ada Lindqvist      # have ? in place of that name
  ///         drift: 3                    # run 3 seconds ahead in a minute
  ///         mishears: 0.02              # lack so many of the words
  ///         invents: 0.1                # name rows that are not there, of so many
  ///         omits: 0.1                  # pass over so many of the rows that are given
  ///
  /// - Throws: ``ScenarioError`` with the line of what cannot be read.
  package init(yaml text: String) throws(ScenarioError) {
    let root: YAMLNode?
    do {
      root = try YAMLReader.document(Array(text.utf8))
    } catch {
      throw ScenarioError(description: "\(error)")
    }
    guard let root, root["rules"] != nil || root["replies"] != nil else {
      throw ScenarioError(description: "line 1: a list under `rules` or `replies` is due")
    }
    rules = []
    for node in try Self.list("rules", in: root) { rules.append(try Self.rule(node)) }
    for node in try Self.list("replies", in: root) { replies.append(try Self.reply(node)) }
  }

  private static func list(_ key: String, in root: YAMLNode) throws(ScenarioError) -> [YAMLNode] {
    guard let entry = root[key] else { return [] }
    guard case .sequence(let nodes) = entry.value.content else {
      throw problem("`\(key)` is a list", entry.mark)
    }
    return nodes
  }

  private static func reply(_ node: YAMLNode) throws(ScenarioError) -> ScriptedReply {
    guard case .mapping(let entries) = node.content, let words = node["prompt"]?.value.json.string
    else { throw problem("a reply names words of a `prompt`", node.mark) }
    var reply = ScriptedReply(words: words)
    for entry in entries where entry.key != "prompt" {
      switch entry.key {
      case "forgets": reply.forgets = entry.value.json.string
      case "drift": reply.drift = try number(entry.value.json, in: -60...60, entry)
      case "mishears": reply.mishears = try number(entry.value.json, in: 0...1, entry)
      case "omits": reply.omits = try number(entry.value.json, in: 0...1, entry)
      case "invents": reply.invents = try number(entry.value.json, in: 0...1, entry)
      default: throw problem("unknown key `\(entry.key)`", entry.mark)
      }
    }
    return reply
  }

  /// Reads a scenario's file.
  ///
  /// - Throws: ``ScenarioError`` also when there is no such file.
  package init(file path: String) throws(ScenarioError) {
    let bytes: [UInt8]
    do {
      bytes = try HostFiles.read(path, limit: 1 << 20)
    } catch {
      throw ScenarioError(description: "cannot read \(path): \(error.reason)")
    }
    try self.init(yaml: String(decoding: bytes, as: UTF8.self))
  }

  private static func rule(_ node: YAMLNode) throws(ScenarioError) -> Rule {
    guard case .mapping(let entries) = node.content, let name = node["fault"] else {
      throw problem("a rule names a `fault`", node.mark)
    }
    guard let kind = name.value.json.string.flatMap(Fault.Kind.init(rawValue:)) else {
      let names = Fault.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw problem("unknown fault; there are \(names)", name.mark)
    }
    var rule = Rule(Fault(kind))
    if let operations = kind.strike.ownOperations { rule.operations = operations }
    for entry in entries where entry.key != "fault" { try read(entry, into: &rule) }
    return rule
  }

  private static func read(_ entry: YAMLNode.Entry, into rule: inout Rule) throws(ScenarioError) {
    let value = entry.value.json
    switch entry.key {
    case "on": rule.operations = try operations(value, entry.mark)
    case "model": rule.model = value.string
    case "share": rule.share = try number(value, in: 0...1, entry)
    case "seconds": rule.fault.seconds = try number(value, in: 0...86_400, entry)
    case "row": rule.fault.row = Int(try number(value, in: 1...1e6, entry))
    case "attempts": rule.attempts = Int(try number(value, in: 0...1e6, entry))
    case "times": rule.times = Int(try number(value, in: 0...1e6, entry))
    case "skip": rule.skip = Int(try number(value, in: 0...1e6, entry))
    default: throw problem("unknown key `\(entry.key)`", entry.mark)
    }
  }

  private static func operations(
    _ value: JSONValue,
    _ mark: YAMLMark
  ) throws(ScenarioError)
    -> Set<Operation>
  {
    let names = (value.array ?? [value]).map { $0.string ?? "" }
    if names == ["any"] { return Set(Operation.allCases) }
    var operations: Set<Operation> = []
    for name in names {
      guard let operation = Operation(rawValue: name) else {
        let all = Operation.allCases.map(\.rawValue).joined(separator: ", ")
        throw problem("unknown operation \(name); there are \(all), any", mark)
      }
      operations.insert(operation)
    }
    return operations
  }

  private static func number(
    _ value: JSONValue,
    in range: ClosedRange<Double>,
    _ entry: YAMLNode.Entry
  ) throws(ScenarioError) -> Double {
    guard let number = value.double, range.contains(number) else {
      throw problem(
        "`\(entry.key)` is a number from \(range.lowerBound) to \(range.upperBound)",
        entry.mark
      )
    }
    return number
  }

  private static func problem(_ text: String, _ mark: YAMLMark) -> ScenarioError {
    ScenarioError(description: "line \(mark.line + 1): \(text)")
  }
}
