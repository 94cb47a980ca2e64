internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI
internal import HostSystem
internal import ObjectStorage
internal import PlainText
internal import RequestPlanning

/// The client that a command line asks for: of the service, recorded on the way, or of a recording.
struct ServiceConnection {
  /// Sends what the command sends.
  let client: GeminiClient
  /// Whether the conversation is recorded or comes from a recording.
  let isTaped: Bool
  /// Whether it comes from a recording.
  let isReplayed: Bool

  /// Connects as the settings ask; nothing is sent yet.
  ///
  /// - Throws: `GeminiError`, `CommandError`.
  init(_ settings: Settings) throws {
    if let folder = try settings.folder(of: TranscriptionOptions.replay) {
      if try settings.folder(of: TranscriptionOptions.record) != nil {
        throw CommandError.usage(
          "--record and --replay cannot be given together.",
          remedy: "Record first, then replay."
        )
      }
      var configuration = try GeminiConfiguration(recordingIn: folder)
      configuration.api = try settings.generationAPI
      client = GeminiClient(
        configuration: configuration,
        transport: settings.narrated(try ReplayingTransport(folder: folder)),
        secrets: settings.secrets
      )
      isTaped = true
      isReplayed = true
      return
    }
    let configuration = try Self.configuration(settings)
    var transport: any HTTPTransport = Self.transport(try settings.providerVariables().environment)
    let folder = try settings.folder(of: TranscriptionOptions.record)
    if let folder {
      transport = try RecordingTransport(
        transport,
        folder: folder,
        configuration: configuration,
        known: settings.secrets
      )
    }
    let narrated = settings.narrated(transport)
    var client = GeminiClient(
      configuration: configuration,
      transport: narrated,
      secrets: settings.secrets
    )
    // A recording holds what was said to the service and by it, and no videos.
    if folder == nil { client.objects = try settings.objectStorage(over: narrated) }
    self.client = client
    isTaped = folder != nil
    isReplayed = false
  }

  fileprivate static func configuration(_ settings: Settings) throws -> GeminiConfiguration {
    let variables = try settings.providerVariables()
    var configuration = try GeminiConfiguration(
      environment: variables.environment,
      dotEnv: variables.dotEnv,
      overrides: .init(
        backend: try settings.value(of: TranscriptionOptions.backend),
        project: try settings.value(of: TranscriptionOptions.project),
        location: try settings.value(of: TranscriptionOptions.location)
      )
    )
    configuration.api = try settings.generationAPI
    return configuration
  }

  /// The network, by the rules that curl's own variables set.
  static func transport(_ environment: [String: String]) -> CurlTransport {
    CurlTransport(
      configuration: .init(
        environment: environment,
        userAgent: "tabscribe/\(TabscribeProgram.version)"
      )
    )
  }
}

extension Settings {
  /// Objects in buckets, by what the settings name.
  func objectStorage(over transport: any HTTPTransport) throws -> ObjectStorage {
    let variables = try providerVariables()
    let tell = tell
    return ObjectStorage(
      environment: variables.environment,
      dotEnv: variables.dotEnv,
      baseURL: try baseURL,
      transport: transport,
      secrets: secrets,
      onRetry: { notice in
        tell(
          "\(SafeText.line(notice.error.description)); trying again in "
            + NumberText.duration(notice.delay)
        )
      }
    )
  }

  /// Where results go; `nil` for a folder of this machine.
  func objectStorage(forResultsIn folder: String) throws -> ObjectStorage? {
    guard StorageService(of: folder) != nil else { return nil }
    let transport = ServiceConnection.transport(try providerVariables().environment)
    return try objectStorage(over: narrated(transport))
  }

  /// Where the service is that models answer at; Google's own where the command has none.
  private var baseURL: String {
    get throws {
      if declares(TranscriptionOptions.backend) {
        return try ServiceConnection.configuration(self).baseURL
      }
      let (environment, dotEnv) = try providerVariables()
      let configuration = try? GeminiConfiguration(environment: environment, dotEnv: dotEnv)
      return configuration?.baseURL ?? GeminiConfiguration.aiStudioURL
    }
  }

  /// The interface to ask through; the usual one also when the command has no such option.
  var generationAPI: GenerationAPI {
    get throws {
      try SettingArgument.requestSettings(self).api
    }
  }

  /// A transport that is told about where that was asked for.
  func narrated(_ transport: any HTTPTransport) -> any HTTPTransport {
    narrator.map { NarratingTransport(transport, $0) } ?? transport
  }

  /// The absolute path of a folder; `nil` also when the command has no such option.
  func folder(of option: ValueOption<String>) throws -> String? {
    guard declares(option), let path = try value(of: option) else { return nil }
    return FilePath.joined(workingFolder, path)
  }
}
