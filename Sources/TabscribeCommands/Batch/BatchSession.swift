internal import CommandLineInterface
internal import GeminiAPI
internal import Transcribing

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the commands about batches need: the records, and a client for the service of a record.
struct BatchSession {
  let settings: Settings
  let context: CommandContext
  let store: BatchStore

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    settings = try Settings(arguments, context)
    self.context = context
    store = BatchStore(folder: FilePath.joined(settings.folders.data, "batches"))
  }

  /// The files the service keeps, by their contents.
  var uploads: UploadRegistry {
    TranscriptionSession.uploads(settings.folders)
  }

  /// A transcriber for the service, project and location of a record.
  func transcriber(for record: BatchRecord) throws -> Transcriber {
    let variables = try settings.providerVariables()
    var overrides = GeminiConfiguration.Overrides(backend: "ai-studio")
    if case .agentPlatform(let project, let location) = record.backend {
      overrides = .init(backend: "agent-platform", project: project, location: location)
    }
    let configuration = try GeminiConfiguration(
      environment: variables.environment,
      dotEnv: variables.dotEnv,
      overrides: overrides
    )
    var transcriber = try TranscriptionSession.transcriber(
      configuration,
      environment: variables.environment,
      secrets: settings.secrets
    )
    transcriber.now = context.now
    transcriber.catalog = try ModelsFile.catalog(settings.folders)
    transcriber.service = configuration.service
    transcriber.learned = TranscriptionSession.rates(of: transcriber.service, settings.folders)
    return transcriber
  }

  /// The questions to the service of a record.
  func collection(for record: BatchRecord) throws -> BatchCollection {
    let transcriber = try transcriber(for: record)
    try transcriber.client.configuration.requireCredentials()
    return BatchCollection(transcriber, store: store)
  }

  /// The moment, in seconds since 1970.
  var now: Int { Int(context.now().timeIntervalSince1970) }
}
