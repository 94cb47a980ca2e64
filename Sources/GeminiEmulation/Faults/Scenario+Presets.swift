extension Scenario {
  /// The names of the presets.
  package static let presetNames = presets.map(\.name)

  /// The preset of a name; also every fault's own name, which hits each request's first try.
  package static func preset(named name: String) -> Scenario? {
    if let preset = presets.first(where: { $0.name == name }) { return preset.scenario }
    guard let kind = Fault.Kind(rawValue: name) else { return nil }
    return Scenario(rules: [rule(kind, share: 1)])
  }

  private static let presets: [(name: String, scenario: Scenario)] = [
    ("storm", storm), ("outage", outage), ("cuts", cuts), ("quota-day", quotaDay),
    ("drift", drift),
    ("inventions", inventions),
  ]

  /// Everything a client must live through, each on a part of the first two tries of a request.
  private static let storm = Scenario(
    rules: [
      rule(.quota, share: 0.1, seconds: 0.2), rule(.quotaBare, share: 0.05),
      rule(.internalError, share: 0.08), rule(.unavailable, share: 0.12),
      rule(.htmlError, share: 0.05), rule(.resetBody, share: 0.1),
      rule(.truncatedStream, share: 0.1), rule(.streamError, share: 0.1),
      rule(.malformedJSON, share: 0.05), rule(.slowDrip, share: 0.05, seconds: 0.2),
      rule(.duplicateKeys, share: 0.05), rule(.unknownEnums, share: 0.1),
      rule(.emptyCandidates, share: 0.05), rule(.unknownStatus, share: 0.05),
      rule(.resetHeaders, share: 0.05), rule(.overloadInside, share: 0.05),
      rule(.rowsThenError, share: 0.05), uploads(.resetUpload, share: 0.3),
      uploads(.unavailable, share: 0.2),
    ].map { rule in
      var rule = rule
      rule.attempts = 2
      return rule
    }
  )

  /// Nothing but 503, for ever.
  private static let outage = Scenario(rules: [rule(.unavailable, share: 1)].map { $0.forEver })

  /// Answers that end too soon: by the output limit, in a loop, by a filter.
  private static let cuts = Scenario(
    rules: [
      rule(.maxTokens, share: 0.4), rule(.loop, share: 0.5), rule(.recitation, share: 0.5),
    ]
  )

  /// A quota per day that is used up.
  private static let quotaDay = Scenario(rules: [rule(.quotaPerDay, share: 1)].map { $0.forEver })

  /// Times that run ahead of the sound, by a twentieth.
  private static let drift: Scenario = {
    var scenario = Scenario()
    var reply = ScriptedReply(words: "")
    reply.drift = 3
    scenario.replies = [reply]
    return scenario
  }()

  /// Answers about transcripts that name rows which are not there, and copy words badly.
  private static let inventions: Scenario = {
    var scenario = Scenario()
    var reply = ScriptedReply(words: "<transcript>")
    (reply.invents, reply.mishears) = (0.5, 0.4)
    scenario.replies = [reply]
    return scenario
  }()

  /// A fault on a share of the first tries.
  private static func rule(_ kind: Fault.Kind, share: Double, seconds: Double = 1) -> Rule {
    var rule = Rule(Fault(kind, seconds: seconds))
    rule.share = share
    rule.attempts = 1
    if let operations = kind.strike.ownOperations { rule.operations = operations }
    return rule
  }

  private static func uploads(_ kind: Fault.Kind, share: Double) -> Rule {
    var rule = rule(kind, share: share)
    rule.operations = [.upload]
    return rule
  }
}

extension Scenario.Rule {
  /// The rule for every try of a request.
  fileprivate var forEver: Scenario.Rule {
    var copy = self
    copy.attempts = nil
    return copy
  }
}
