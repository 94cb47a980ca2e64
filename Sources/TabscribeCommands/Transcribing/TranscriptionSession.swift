internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI
internal import RequestPlanning
internal import Transcribing

/// What a command needs in order to transcribe: a client, the models, and where replies are kept.
enum TranscriptionSession {
  /// A transcriber as the settings ask for it.
  static func transcriber(_ settings: Settings) throws -> Transcriber {
    let variables = try settings.providerVariables()
    let configuration = try GeminiConfiguration(
      environment: variables.environment,
      dotEnv: variables.dotEnv,
      overrides: .init(
        backend: try settings.value(of: TranscriptionOptions.backend),
        project: try settings.value(of: TranscriptionOptions.project),
        location: try settings.value(of: TranscriptionOptions.location)
      )
    )
    var transcriber = try transcriber(
      configuration,
      data: settings.folders.data,
      environment: variables.environment
    )
    transcriber.catalog = try ModelsFile.catalog(settings.folders)
    return transcriber
  }

  /// A transcriber that talks to the service of a configuration.
  static func transcriber(
    _ configuration: GeminiConfiguration,
    data: String,
    environment: [String: String]
  ) throws -> Transcriber {
    let transport = CurlTransport(
      configuration: .init(
        environment: environment,
        userAgent: "tabscribe/\(TabscribeProgram.version)"
      )
    )
    var transcriber = Transcriber(
      client: GeminiClient(configuration: configuration, transport: transport),
      catalog: try .builtIn(),
      journal: ReplyJournal(folder: FilePath.joined(data, "replies"))
    )
    transcriber.tool = "tabscribe \(TabscribeProgram.version)"
    return transcriber
  }
}
