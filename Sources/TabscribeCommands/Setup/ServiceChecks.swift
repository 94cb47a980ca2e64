internal import CommandLineInterface
internal import CurlHTTP
internal import GeminiAPI
internal import ObjectStorage
internal import PlainText
internal import RequestPlanning

/// Whether the provider could be asked, and with whose key.
enum ServiceChecks {
  /// Settings, key and address, without the network.
  static func offline(_ arguments: ParsedArguments, _ context: CommandContext) -> [Check] {
    do {
      let settings = try Settings(arguments, context)
      let configuration = try configuration(settings)
      return [
        .fine("settings", summary(of: settings)), credentials(configuration, settings),
        service(configuration, settings), s3(settings), cloudStorage(configuration, settings),
      ].compactMap(\.self)
    } catch {
      return [.missing("settings", error)]
    }
  }

  /// Asks for one page of models.
  static func online(_ arguments: ParsedArguments, _ context: CommandContext) async -> [Check] {
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
        pageSize: 200,
        options: CallOptions(deadline: .seconds(20))
      )
      context.status.clear()
      let took = NumberText.duration(ContinuousClock.now - began)
      let online = Check.fine("online", "\(page.elements.count) models listed in \(took)")
      return [online]
        + [
          models(page.elements, try ModelsFile.catalog(settings.folders), ModelsFile.today(context))
        ].compactMap(\.self)
    } catch {
      context.status.clear()
      return [.missing("online", error)]
    }
  }

  /// The days after which data about models are worth a doubt.
  private static let freshDays = 7

  /// Whether the service contradicts what is known of models; recent data are believed.
  static func models(
    _ listed: [GeminiModel],
    _ catalog: ModelCatalog,
    _ day: CalendarDay
  ) -> Check? {
    guard let asOf = catalog.asOf, day.daysSince1970 - asOf.daysSince1970 > freshDays else {
      return nil
    }
    let doubts = catalog.contradictions(to: listed)
    guard !doubts.isEmpty else {
      return .fine("models", "known as of \(asOf); what the service lists agrees")
    }
    let more = doubts.count > 3 ? ", and \(doubts.count - 3) more" : ""
    return .note(
      "models",
      "known as of \(asOf), and the service says otherwise: "
        + doubts.prefix(3).joined(separator: "; ") + more,
      remedy: "Take newer data with tabscribe models update FILE|URL."
    )
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

  /// Whether there is a key for S3; nothing is asked.
  private static func s3(_ settings: Settings) -> Check {
    do {
      let found = try S3Settings(environment: settings.providerVariables().environment)
      settings.secrets.add(found.secrets)
      let place = found.endpoint ?? "Amazon's, region \(found.region)"
      return .fine("s3", "a key is set in \(found.origin); \(place)")
    } catch let error as GeminiError where error.code == .missingCredentials {
      return .note(
        "s3",
        "no key is set for sources and results in s3://",
        remedy: ErrorExplanation.commandError(error).remedy
      )
    } catch {
      return .missing("s3", error)
    }
  }

  /// Whether there are credentials for Cloud Storage; `nil` where they are those of the service.
  private static func cloudStorage(
    _ configuration: GeminiConfiguration,
    _ settings: Settings
  ) -> Check? {
    guard configuration.backend == .aiStudio else { return nil }
    do {
      let variables = try settings.providerVariables()
      let access = try GeminiConfiguration.cloudStorage(
        environment: variables.environment,
        dotEnv: variables.dotEnv,
        baseURL: configuration.baseURL
      )
      guard case .applicationDefault(let location) = access.credentials else {
        return .fine("gs", "an access token is set; \(access.url)")
      }
      guard location.isSet else {
        return .note(
          "gs",
          "no credentials are set for sources and results in gs://",
          remedy:
            "Run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS; "
            + "a machine of Google's has its own."
        )
      }
      let found = try ApplicationDefaultCredentials.find(at: location)
      return .fine(
        "gs",
        "Google's application default credentials: \(found.summary); \(access.url)"
      )
    } catch {
      return .missing("gs", error)
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
