internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI

/// Whether the provider could be asked, and with whose key.
enum ServiceChecks {
  /// Settings, key and address, without the network.
  static func offline(_ arguments: ParsedArguments, _ context: CommandContext) -> [Check] {
    do {
      let settings = try Settings(arguments, context)
      let configuration = try configuration(settings)
      return [
        .fine("settings", summary(of: settings)), credentials(configuration, settings),
        service(configuration, settings),
      ]
    } catch {
      return [.missing("settings", error)]
    }
  }

  /// Asks for one page of models.
  static func online(_ arguments: ParsedArguments, _ context: CommandContext) async -> Check {
    do {
      let settings = try Settings(arguments, context)
      let configuration = try configuration(settings)
      let transport = CurlTransport(configuration: .init(environment: context.environment))
      var client = GeminiClient(
        configuration: configuration,
        transport: transport,
        secrets: context.secrets
      )
      // A check tells what is the case now.
      client.retryPolicy = RetryPolicy(maximumAttempts: 1)
      context.status.stage("asking \(configuration.baseURL)")
      let began = ContinuousClock.now
      let page = try await client.models(
        pageSize: 50,
        options: CallOptions(deadline: .seconds(20))
      )
      context.status.clear()
      let took = NumberText.duration(ContinuousClock.now - began)
      return .fine("online", "\(page.elements.count) models listed in \(took)")
    } catch {
      context.status.clear()
      return .missing("online", error)
    }
  }

  private static func configuration(_ settings: Settings) throws -> GeminiConfiguration {
    let variables = try settings.providerVariables()
    return try GeminiConfiguration(environment: variables.environment, dotEnv: variables.dotEnv)
  }

  private static func summary(of settings: Settings) -> String {
    let sources = [settings.dotEnvPath, settings.configurationPath].compactMap(\.self)
    return sources.isEmpty
      ? "no .env here and no config.json; the environment and flags count"
      : "read " + sources.joined(separator: " and ")
  }

  private static func credentials(
    _ configuration: GeminiConfiguration,
    _ settings: Settings
  ) -> Check {
    switch configuration.credentials {
    case .none:
      return .missing(
        "key",
        "no API key is set",
        remedy: "Set GEMINI_API_KEY in the environment or in .env; "
          + "https://aistudio.google.com/apikey makes a key.",
        .credentials
      )
    case .apiKey:
      let origins = ["GOOGLE_API_KEY", "GEMINI_API_KEY"].compactMap { name in
        settings.variable(name).map { (name: name, origin: $0.origin) }
      }
      // A key of the environment counts before any key of `.env`.
      let first = origins.first { $0.origin == .environment } ?? origins.first
      return .fine("key", first.map { "\($0.name) is set \($0.origin.description)" } ?? "is set")
    case .accessToken: return .fine("key", "an access token is set")
    case .applicationDefault(let location):
      do {
        let found = try ApplicationDefaultCredentials.find(at: location)
        return .fine("key", "Google's application default credentials: \(found.summary)")
      } catch {
        return .missing("key", error)
      }
    }
  }

  private static func service(
    _ configuration: GeminiConfiguration,
    _ settings: Settings
  ) -> Check {
    let backend =
      if case .aiStudio = configuration.backend { "Gemini API" } else { "Agent Platform" }
    return .fine("service", "\(backend) at \(configuration.baseURL)")
  }
}
