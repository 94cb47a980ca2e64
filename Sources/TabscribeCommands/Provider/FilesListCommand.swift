internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `files list`: the files, a line each.
enum FilesListCommand {
  static let command = Command(
    "list",
    abstract: "List the files with size, state and expiry",
    examples: [.init("tabscribe files list", "every file of the key's project")],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try FilesCommand.session(arguments, context)
    let files = try await session.client.allFiles(options: session.options)
    if context.isJSON {
      context.print(json: ["files": .array(files.map(\.facts))])
    } else if files.isEmpty {
      context.status.message("The service keeps no files.")
    } else {
      context.print(table(files, now: context.now()))
    }
    return .done
  }

  private static func table(_ files: [GeminiFile], now: Date) -> TextTable {
    var table = TextTable([
      .words("name"), .words("title", mayShrink: true), .words("type"), .numbers("size"),
      .words("state"), .words("expires"),
    ])
    for file in files {
      table.add([
        file.name, file.displayName ?? "", file.mimeType ?? "?",
        file.sizeBytes.map(NumberText.bytes) ?? "?", file.stateWords,
        ExpiryText.words(file.expirationTime, now: now),
      ])
    }
    return table
  }
}

extension GeminiFile {
  /// The state in small letters.
  var stateWords: String { state?.rawValue.lowercased() ?? "?" }

  /// The file for machines; what the service did not say is left out.
  var facts: JSONValue {
    var object: JSONObject = ["name": .string(name), "uri": .string(Redaction.url(uri))]
    object["displayName"] = displayName.map { .string($0) }
    object["mimeType"] = mimeType.map { .string($0) }
    object["sizeBytes"] = sizeBytes.map { JSONValue($0) }
    object["state"] = state.map { .string($0.rawValue) }
    object["source"] = source.map { .string($0) }
    object["createTime"] = createTime.map { .string($0) }
    object["expirationTime"] = expirationTime.map { .string($0) }
    object["videoDuration"] = videoDuration.map { .string(WireDuration.text($0)) }
    object["failure"] = failure.map { .string($0) }
    return .object(object)
  }
}
