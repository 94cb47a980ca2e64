internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI
internal import HostSystem
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
    client = GeminiClient(
      configuration: configuration,
      transport: settings.narrated(transport),
      secrets: settings.secrets
    )
    isTaped = folder != nil
    isReplayed = false
  }

  private static func configuration(_ settings: Settings) throws -> GeminiConfiguration {
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
