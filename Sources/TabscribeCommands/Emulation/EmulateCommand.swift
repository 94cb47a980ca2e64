internal import CommandLineInterface
internal import GeminiEmulation
internal import MediaProbing
internal import OrderedJSON

/// `emulate`: a local Gemini that runs until it is interrupted.
enum EmulateCommand {
  private static let port = ValueOption(
    "port",
    .integer("PORT", in: 0...65_535),
    help: "port on 127.0.0.1; 0, the default, takes a free one"
  )
  private static let rows = ValueOption(
    "rows",
    .integer("N", in: 0...1_000_000),
    help: "rows of an answer about media other than the sample (default 20)"
  )
  private static let voices = ValueOption(
    "voices",
    .integer("N", in: 1...1000),
    help: "voices heard in such media (default 4)"
  )
  private static let seed = ValueOption(
    "seed",
    .integer("N", in: 0...Int.max),
    help: "what made-up rows, names and faults depend on (default 0)"
  )
  private static let speed = ValueOption(
    "speed",
    .decimal("FACTOR", in: 0.001...1e6),
    help: "take the time a model would, so many times faster; by default answers come at once"
  )
  private static let outputRate = ValueOption(
    "output-rate",
    .decimal("TOKENS", in: 1...1e6),
    help: "tokens written in a second, instead of each model's own pace"
  )
  private static let faults = ValueOption(
    "faults",
    .text("NAME|FILE", completion: .files),
    help:
      "faults to play: a preset (\(Scenario.presetNames.joined(separator: ", "))) or a YAML file"
  )
  private static let log = ValueOption(
    "log",
    .file(),
    help: "append one line of JSON to FILE for each request"
  )
  private static let sampleURI = RepeatedOption(
    "sample-uri",
    .text("URI"),
    help: "address that stands for the sample video"
  )
  private static let storage = ValueOption(
    "storage",
    .folder(),
    help: "folder that plays Cloud Storage: gs://bucket/a is bucket/a in it"
  )

  static let command = Command(
    "emulate",
    abstract: "Serve a local Gemini for trying things out, no key needed",
    examples: [
      .init("tabscribe emulate", "prints its address; point GOOGLE_GEMINI_BASE_URL at it"),
      .init("tabscribe emulate --faults storm --seed 7", "with errors, resets and cut answers"),
      .init(
        "tabscribe emulate --rows 5000 --speed 10",
        "long answers, ten times as fast as a model"
      ),
    ],
    discussion: """
      The first line of standard output is the address. The sample video is answered with its \
      script, everything else with made-up rows of the schema asked for; requests are checked as \
      the service checks them. Any key is taken, except one that begins with "invalid". Point \
      GOOGLE_GEMINI_BASE_URL at it, or GOOGLE_VERTEX_BASE_URL for Agent Platform, which then finds \
      Cloud Storage there too (--storage). It names itself in each reply, by which runs are marked \
      as emulated; anything else on this machine counts as a way to the service. Runs until it is \
      interrupted.
      """,
    options: [
      OptionGroup("Server", [port, log, storage]),
      OptionGroup("Answers", [rows, voices, seed, speed, outputRate, sampleURI]),
      OptionGroup("Faults", [faults]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let emulator = try GeminiEmulator.start(try options(arguments, context))
    if context.isJSON {
      context.print(json: ["baseURL": .string(emulator.baseURL)])
    } else {
      context.print(emulator.baseURL)
    }
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    await emulator.stop()
    return .done
  }

  private static func options(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws
    -> EmulatorOptions
  {
    var options = EmulatorOptions()
    options.port = UInt16(arguments[port] ?? 0)
    options.rows = arguments[rows] ?? options.rows
    options.voices = arguments[voices] ?? options.voices
    options.seed = UInt64(arguments[seed] ?? 0)
    options.speed = arguments[speed]
    options.outputRate = arguments[outputRate]
    options.sampleURIs = arguments[sampleURI]
    options.logPath = arguments[log]
    options.storageFolder = arguments[storage]
    options.prober = MediaProber(server: context.program)
    if let name = arguments[faults] { options.scenario = try scenario(name) }
    return options
  }

  /// The preset of a name, else the scenario in a file.
  private static func scenario(_ name: String) throws -> Scenario {
    if let preset = Scenario.preset(named: name) { return preset }
    do {
      return try Scenario(file: name)
    } catch {
      throw CommandError.usage(
        "--faults \(name): \(error)",
        remedy: "Name a preset (\(Scenario.presetNames.joined(separator: ", "))) or a YAML file."
      )
    }
  }
}
