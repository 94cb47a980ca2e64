internal import CommandLineInterface
internal import LoopbackHTTP
internal import OrderedJSON
internal import RunStore

/// `serve`: the run store in a browser, until it is interrupted.
enum ServeCommand {
  private static let port = ValueOption(
    "port",
    .integer("PORT", in: 0...65_535),
    help: "port on 127.0.0.1; 0, the default, takes a free one"
  )
  /// Seconds after which a connection is closed that nobody uses, so that others find room; a
  /// browser that goes on playing a video asks again where it was.
  private static let idle = 30
  private static let opens = Flag("open", help: "open the browser")

  static let command = Command(
    "serve",
    abstract: "Browse and search everything that was transcribed in a browser",
    examples: [
      .init("tabscribe serve --open", "lists, search, reports beside their videos"),
      .init("tabscribe serve --port 8080", "at an address that stays the same"),
    ],
    discussion: """
      The first line of standard output is the address, which only this machine can reach. Corrections \
      made in a report are saved in the run store, where report, export and correct find them, and taken back again; \
      nothing else can be changed through it. A transcription that is under way shows its rows as \
      they arrive. Runs until it is interrupted.
      """,
    options: [OptionGroup("Server", [port, opens])],
    run: run
  )

  /// The store for changes, made where there is none yet; where it cannot be changed, corrections
  /// cannot be saved.
  private static func store(_ context: CommandContext) throws -> RunStore {
    let store = UserStore(context)
    do { return try store.opened() } catch {
      guard store.isThere else { throw error }
      return try store.reading()
    }
  }

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let library = LibraryServer(store: try store(context))
    let options = LoopbackServer.Options(port: UInt16(arguments[port] ?? 0), idleSeconds: idle)
    let server: LoopbackServer
    do {
      server = try LoopbackServer(options: options, handler: library)
    } catch {
      throw CommandError(
        "No server could be started on port \(error.port): \(error.reason).",
        remedy: "Choose another with --port, or 0 for a free one."
      )
    }
    if context.isJSON {
      context.print(json: ["baseURL": .string(server.baseURL)])
    } else {
      context.print(server.baseURL)
    }
    if arguments[opens] { try BrowserLauncher.desktop.open(page: server.baseURL) }
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    await server.stop()
    return .done
  }
}
