internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI
internal import HostSystem
internal import Redacting
internal import RequestPlanning
internal import Transcribing
internal import TranscriptionRuns

/// What a command needs in order to transcribe: a client, the models, and where replies are kept.
enum TranscriptionSession {
  /// A transcriber as the settings ask for it.
  static func transcriber(_ settings: Settings) throws -> Transcriber {
    let connection = try ServiceConnection(settings)
    var transcriber = try transcriber(connection.client)
    transcriber.now = settings.now
    transcriber.soundFolder = FilePath.joined(settings.folders.data, "sound")
    if !connection.isReplayed { transcriber.service = connection.client.configuration.service }
    transcriber.learned = rates(of: transcriber.service, settings)
    transcriber.catalog = try ModelsFile.catalog(settings.folders)
    // A recording holds the whole conversation, also how the file got to the service.
    if !connection.isTaped { transcriber.uploads = uploads(settings) }
    return transcriber
  }

  /// What is remembered of uploads.
  static func uploads(_ settings: Settings) -> UploadRegistry {
    let store = UserStore(settings)
    return UploadRegistry(in: { try store.opened() })
  }

  /// What was learnt about a service; what cannot be read costs the precision of some estimates.
  static func rates(of service: String?, _ settings: Settings) -> LearnedRates {
    let store = UserStore(settings)
    guard service != nil, store.isThere else { return LearnedRates() }
    return (try? store.reading().rates(of: service)) ?? LearnedRates()
  }

  /// A transcriber that talks to the service of a configuration.
  ///
  /// - Parameter narrated: Makes a transport one that is told about.
  static func transcriber(
    _ configuration: GeminiConfiguration,
    environment: [String: String],
    secrets: KnownSecrets = KnownSecrets(),
    narrated: (any HTTPTransport) -> any HTTPTransport = { $0 }
  ) throws -> Transcriber {
    let client = GeminiClient(
      configuration: configuration,
      transport: narrated(ServiceConnection.transport(environment)),
      secrets: secrets
    )
    return try transcriber(client)
  }

  private static func transcriber(_ client: GeminiClient) throws -> Transcriber {
    var transcriber = Transcriber(client: client, catalog: try .builtIn())
    transcriber.tool = TabscribeProgram.tool
    return transcriber
  }
}
