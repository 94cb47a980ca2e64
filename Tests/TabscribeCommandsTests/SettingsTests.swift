internal import CommandLineInterface
import Testing
import TranscriptionRuns

@testable internal import TabscribeCommands

@Suite struct SettingsTests {
  static let model = ValueOption("model", .text("MODEL"), help: "which")
  static let jobs = ValueOption("jobs", .integer("N", in: 1...64), help: "at once")
  static let format = RepeatedOption("format", .text("FORMAT"), help: "what")

  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Runs the body as a command with the settings of the folder and environment.
  private func withSettings(
    _ line: [String] = [],
    environment: [String: String] = [:],
    _ body: @escaping @Sendable (Settings) throws -> Void
  ) async -> CommandRun {
    let program = Program(
      Command(
        "sample",
        abstract: "A sample",
        examples: [],
        subcommands: [
          Command(
            "act",
            abstract: "Act",
            examples: [],
            options: [OptionGroup("All", [Self.model, Self.jobs, Self.format])]
          ) { arguments, context in
            try body(try Settings(arguments, context))
            return .done
          }
        ]
      ),
      version: "1"
    ) { CommandError("\($0)", remedy: "") }
    let output = TextBuffer()
    let errors = TextBuffer()
    let context = CommandContext(
      standardOutput: output,
      standardError: errors,
      environment: ["TABSCRIBE_HOME": folder.path + "/home"].merging(environment) { $1 },
      workingFolder: folder.path
    )
    let code = await program.run(["act"] + line, in: context)
    return CommandRun(code: code, output: output.text, errors: errors.text)
  }

  private func model(_ line: [String], _ environment: [String: String] = [:]) async -> String? {
    let found = TextBuffer()
    let run = await withSettings(line, environment: environment) { settings in
      found.write(try settings.value(of: Self.model) ?? "none")
    }
    return run.code == .done ? found.text : nil
  }

  @Test func theNearestSettingWins() async throws {
    #expect(await model([]) == "none")
    try folder.write(#"{"model": "configured", "jobs": 4}"#, to: "home/config.json")
    #expect(await model([]) == "configured")
    try folder.write("TABSCRIBE_MODEL=dotted\n", to: ".env")
    #expect(await model([]) == "dotted")
    let environment = ["TABSCRIBE_MODEL": "environmental"]
    #expect(await model([], environment) == "environmental")
    #expect(await model(["--model", "flagged"], environment) == "flagged")
  }

  @Test func anEmptyVariableIsNoSetting() async throws {
    try folder.write("TABSCRIBE_MODEL=\n", to: ".env")
    #expect(await model([], ["TABSCRIBE_MODEL": ""]) == "none")
  }

  @Test func listsComeFromVariablesWithCommasAndFromArrays() async throws {
    try folder.write(#"{"format": ["html", "a,b"]}"#, to: "home/config.json")
    let configured = await withSettings { settings in
      let formats = try settings.values(of: Self.format)
      #expect(formats == ["html", "a,b"])
    }
    #expect(configured.code == .done)
    let set = await withSettings(environment: ["TABSCRIBE_FORMAT": "srt, vtt"]) { settings in
      let formats = try settings.values(of: Self.format)
      #expect(formats == ["srt", "vtt"])
    }
    #expect(set.code == .done)
  }

  @Test func aCommaIsPartOfASingleValue() async {
    #expect(await model([], ["TABSCRIBE_MODEL": "a,b"]) == "a,b")
  }

  @Test func aValueThatDoesNotFitNamesItsPlace() async throws {
    try folder.write(#"{"jobs": 400}"#, to: "home/config.json")
    let run = await withSettings { _ = try $0.value(of: Self.jobs) }
    #expect(run.code == .usage)
    #expect(
      run.errors == """
        error: "jobs" in \(folder.path)/home/config.json: found "400", expected a whole number \
        from 1 to 64.
        Mend it there, or give --jobs.

        """
    )
    let variable = await withSettings(environment: ["TABSCRIBE_JOBS": "x"]) {
      _ = try $0.value(of: Self.jobs)
    }
    #expect(variable.errors.hasPrefix("error: TABSCRIBE_JOBS in the environment: found \"x\""))
  }

  @Test(arguments: [
    ("[1]", "is not a JSON object"), ("{", "is not JSON"),
    (#"{"modle": "x"}"#, #"has the key "modle", which is no option; did you mean "model"?"#),
    (#"{"model": true}"#, #"must give "model" a text"#),
  ])
  func anUnreadableConfigurationIsRefused(_ text: String, _ complaint: String) async throws {
    try folder.write(text, to: "home/config.json")
    let run = await withSettings { _ in }
    #expect(run.code == .usage)
    #expect(run.errors.contains(complaint), "\(run.errors)")
  }

  @Test func anUnreadableLineOfDotEnvIsNamedWithoutItsText() async throws {
    try folder.write("A=1\nAIzaSecretKey\n", to: ".env")
    let run = await withSettings { _ in }
    #expect(run.code == .usage)
    #expect(run.errors.contains("/.env, line 2: expected NAME=VALUE."))
    #expect(!run.errors.contains("AIza"))
  }

  @Test func aFolderNamedDotEnvIsIgnored() async throws {
    try folder.write("", to: ".env/pyvenv.cfg")
    #expect(await withSettings { _ in }.code == .done)
  }

  @Test func dotEnvGivesOnlyVariablesOfThisProgramAndNeverItsHome() async throws {
    try folder.write(
      "PATH=/evil\nTABSCRIBE_HOME=/evil\nGEMINI_API_KEY=k\nGOOGLE_API_KEY=dotted\n",
      to: ".env"
    )
    let run = await withSettings(environment: ["GOOGLE_API_KEY": "own"]) { settings in
      let (environment, dotEnv) = try settings.providerVariables()
      #expect(dotEnv == ["GEMINI_API_KEY": "k", "GOOGLE_API_KEY": "dotted"])
      #expect(environment["GOOGLE_API_KEY"] == "own")
      #expect(environment["TABSCRIBE_HOME"]?.hasSuffix("/home") == true)
      #expect(settings.variable("GEMINI_API_KEY")?.origin == .dotEnv)
    }
    #expect(run.code == .done)
  }

  @Test(arguments: [
    ("https://elsewhere.example", false), ("http://127.0.0.1:x@elsewhere.example/", false),
    ("http://localhost.elsewhere.example", false), ("http://127.0.0.1:8080", true),
    ("http://[::1]:80/v1", true), ("http://localhost/", true),
  ])
  func aStrangersDotEnvDoesNotGetYourKey(_ address: String, _ isAllowed: Bool) async throws {
    try folder.write("GOOGLE_GEMINI_BASE_URL=\(address)\n", to: ".env")
    let run = await withSettings(environment: ["GEMINI_API_KEY": "mine"]) {
      _ = try $0.providerVariables()
    }
    #expect(run.code == (isAllowed ? .done : .credentials))
    #expect(!run.errors.contains("mine"))
  }

  @Test func aDotEnvWithItsOwnKeyMaySayWhereItGoes() async throws {
    try folder.write("GOOGLE_GEMINI_BASE_URL=https://proxy.example\nGEMINI_API_KEY=k\n", to: ".env")
    #expect(await withSettings { _ = try $0.providerVariables() }.code == .done)
  }

  @Test func theUsersFoldersFollowTheSpecification() {
    let home = UserFolders(environment: ["TABSCRIBE_HOME": "/t", "XDG_CONFIG_HOME": "/c"])
    #expect(home.configuration == "/t")
    #expect(home.data == "/t/data")
    let given = UserFolders(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "/c"])
    #expect(given.configuration == "/c/tabscribe")
    #expect(given.data == "/h/.local/share/tabscribe")
    let relative = UserFolders(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "c"])
    #expect(relative.configuration == "/h/.config/tabscribe")
  }

  @Test func aFolderThatDoesNotCountIsTold() async throws {
    let folder = try TemporaryFolder()
    let run = await CommandRun.tabscribe(
      ["runs", "path"],
      in: folder,
      environment: ["TABSCRIBE_HOME": "data/here"]
    )
    #expect(run.code == .done)
    #expect(run.errors.contains("TABSCRIBE_HOME"))
    #expect(run.output == folder.path + "/.local/share/tabscribe/tabscribe.db\n")
  }
}
