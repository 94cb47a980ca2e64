internal import CommandLineInterface
internal import LoopbackHTTP
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns
internal import WebAddresses

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
  private static let site = ValueOption(
    "site",
    ValueReader("URL") { text throws(ValueProblem) in
      guard let address = WebAddress(text), ["", "/"].contains(address.path), address.query == nil
      else {
        throw ValueProblem(
          expected: "scheme and name of a site, such as https://videos.example.org"
        )
      }
      // As browsers write it.
      let usual = address.scheme == "https" ? 443 : 80
      return address.port == usual
        ? String(address.origin.dropLast(":\(usual)".count)) : address.origin
    },
    help: "the site that a reverse proxy serves this as"
  )
  private static let socket = ValueOption(
    "socket",
    .file("PATH"),
    help: "listen on a Unix socket, which only the proxy can reach"
  )
  private static let userHeader = ValueOption(
    "user-header",
    ValueReader("NAME") { text throws(ValueProblem) in
      let isName = text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
          || byte == UInt8(ascii: "-")
      }
      guard isName, !text.isEmpty else {
        throw ValueProblem(expected: "the name of a header, such as X-Tabscribe-User")
      }
      return text
    },
    help: "the header in which the proxy names the user; needed of all requests"
  )
  private static let allows = Flag(
    "allow-corrections",
    help: "take corrections from users of the site, each under their name"
  )
  private static let starts = Flag(
    "allow-transcribe",
    help: "transcribe what pages ask for, which costs; needs --cost-limit"
  )
  private static let costLimit = ValueOption(
    "cost-limit",
    .dollars,
    help: "the most that everything begun through it may cost"
  )

  static let command = Command(
    "serve",
    abstract: "Browse and search everything that was transcribed in a browser",
    examples: [
      .init("tabscribe serve --open", "lists, search, reports beside their videos"),
      .init("tabscribe serve --port 8080", "at an address that stays the same"),
      .init(
        "tabscribe serve --allow-transcribe --cost-limit 5",
        "transcribe from the browser, too"
      ),
    ],
    discussion: """
      The first line of standard output is the address, which only this machine can reach. Corrections \
      made in a report are saved in the run store, where report, export and correct find them, and taken back again; \
      nothing else can be changed through it. A transcription that is under way shows its rows as \
      they arrive. With --allow-transcribe a page begins new ones: files by path or dropped, addresses, planned \
      as they are chosen, stopped and taken up like any run. Runs until it is interrupted.

      With --site it is for a group: a reverse proxy has the name, the certificate and the users, and only what \
      comes by that name is answered, for reading unless --allow-corrections. Each correction says who made it; \
      who comes second to a row is told of the first before anything changes. The proxy must set the header of \
      --user-header itself, whatever a browser sent; whoever can reach the port can name anybody, so that a socket \
      is better. The documentation has a configuration of nginx.
      """,
    options: [
      OptionGroup("Server", [port, opens]),
      OptionGroup("Transcribing", [starts, costLimit]),
      OptionGroup("Group", [site, socket, userHeader, allows]),
    ],
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

  /// Who may do what, as the options say.
  private static func access(_ arguments: ParsedArguments) throws(CommandError) -> LibraryAccess {
    guard let site = arguments[site] else {
      let given: [(String, Bool)] = [
        ("--socket", arguments[socket] != nil), ("--user-header", arguments[userHeader] != nil),
        ("--allow-corrections", arguments[allows]),
      ]
      guard let first = given.first(where: \.1) else { return LibraryAccess() }
      throw CommandError(
        "\(first.0) is for a site that a proxy serves, and none is named.",
        remedy:
          "Add --site https://NAME; without any of them, this machine alone is answered, and may correct.",
        exitCode: .usage
      )
    }
    guard arguments[userHeader] != nil || !arguments[allows] else {
      throw CommandError(
        "--allow-corrections needs to know who corrects.",
        remedy: "Add --user-header NAME, the header in which the proxy names the user.",
        exitCode: .usage
      )
    }
    return LibraryAccess(
      site: site,
      userHeader: arguments[userHeader],
      takesCorrections: arguments[allows]
    )
  }

  /// Begins what pages ask for; `nil` where they may not.
  private static func desk(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    _ access: LibraryAccess,
    _ store: RunStore
  ) throws(CommandError) -> TranscriptionDesk? {
    switch (arguments[starts], arguments[costLimit]) {
    case (true, nil):
      throw .usage(
        "--allow-transcribe needs a limit: a page may begin as many as it likes.",
        remedy: "Add --cost-limit, such as --cost-limit 5."
      )
    case (false, nil): return nil
    case (false, _):
      throw .usage(
        "--cost-limit has no effect: without --allow-transcribe nothing costs anything.",
        remedy: "Add --allow-transcribe, or leave it out."
      )
    case (true, let limit?):
      guard access.site == nil || access.userHeader != nil else {
        throw .usage(
          "--allow-transcribe needs to know who transcribes.",
          remedy: "Add --user-header NAME, the header in which the proxy names the user."
        )
      }
      return TranscriptionDesk(
        arguments.program,
        context,
        store: store,
        limit: limit,
        takesPaths: access.site == nil
      )
    }
  }

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let access = try access(arguments)
    let options = LoopbackServer.Options(
      port: UInt16(arguments[port] ?? 0),
      socket: arguments[socket].map(context.absolutePath),
      site: access.site,
      idleSeconds: idle
    )
    let store = try store(context)
    let desk = try desk(arguments, context, access, store)
    let library = LibraryServer(store: store, access: access, transcriptions: desk)
    let server: LoopbackServer
    do {
      server = try LoopbackServer(options: options, handler: library)
    } catch {
      throw CommandError(
        "No server could be started on \(SafeText.line(error.place)): \(error.reason).",
        remedy: options.socket == nil
          ? "Choose another with --port, or 0 for a free one."
          : "Choose another path with --socket, in a folder that is there and may be written to."
      )
    }
    if context.isJSON {
      context.print(json: ["baseURL": .string(server.baseURL)])
    } else {
      context.print(server.baseURL)
    }
    if arguments[opens] { try BrowserLauncher.desktop.open(page: access.site ?? server.baseURL) }
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    await desk?.close()
    await server.stop()
    return .done
  }
}
