import GeminiEmulation
import Testing

@Suite struct ScenarioTests {
  @Test func aFileSaysWhichFaultHitsWhat() throws {
    let scenario = try Scenario(
      yaml: """
        # two rules
        rules:
          - fault: quota
            on: [generate, stream]
            share: 0.25
            attempts: 2
            seconds: 1.5
          - { fault: max-tokens, row: 5, times: 1, skip: 2, model: gemini-3.5-flash, on: stream }
          - { fault: reset-upload }
        """
    )
    var quota = Scenario.Rule(Fault(.quota, seconds: 1.5))
    quota.operations = [.generate, .stream]
    quota.share = 0.25
    quota.attempts = 2
    var cut = Scenario.Rule(Fault(.maxTokens, row: 5))
    cut.operations = [.stream]
    cut.times = 1
    cut.skip = 2
    cut.model = "gemini-3.5-flash"
    var upload = Scenario.Rule(Fault(.resetUpload))
    upload.operations = [.upload]
    #expect(scenario.rules == [quota, cut, upload])
  }

  @Test(arguments: [
    ("rules:\n  - fault: quotas", "line 2: unknown fault"), ("faults: []", "`rules`"),
    ("rules:\n  - { fault: quota, share: 2 }", "line 2: `share` is a number from 0.0 to 1.0"),
    ("rules:\n  - fault: quota\n    when: now", "line 3: unknown key `when`"),
    ("rules:\n  - { fault: quota, on: lunch }", "unknown operation lunch"),
    ("rules: [", "line 2"), ("rules:\n  - 5", "line 2: a rule names a `fault`"),
  ])
  func whatCannotBeReadIsNamedWithItsLine(_ text: String, _ problem: String) {
    #expect {
      try Scenario(yaml: text)
    } throws: { error in
      "\(error)".contains(problem)
    }
  }

  @Test func presetsAndSingleFaultsHaveNames() {
    #expect(Scenario.preset(named: "storm")?.rules.isEmpty == false)
    for kind in Fault.Kind.allCases {
      #expect(Scenario.preset(named: kind.rawValue)?.rules.map(\.fault.kind) == [kind])
    }
    #expect(Scenario.preset(named: "calm") == nil)
  }
}
