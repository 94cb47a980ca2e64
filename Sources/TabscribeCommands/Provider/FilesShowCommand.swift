internal import CommandLineInterface
internal import GeminiAPI

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `files show`: everything the service says about one file.
enum FilesShowCommand {
  private static let name = RequiredOperand(FilesCommand.nameReader, help: "files/ID, or the ID")

  static let command = Command(
    "show",
    abstract: "Show what the service says about a file",
    examples: [.init("tabscribe files show files/abc-123", "its type, length, state and expiry")],
    operands: [name],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try FilesCommand.session(arguments, context)
    let file = try await session.client.file(arguments[name], options: session.options)
    if context.isJSON {
      context.print(json: file.facts)
    } else {
      context.print(table(file, now: context.now()))
    }
    return .done
  }

  private static func table(_ file: GeminiFile, now: Date) -> TextTable {
    var table = TextTable([.words(""), .words("")])
    table.add(["name", file.name])
    if let title = file.displayName { table.add(["title", title]) }
    table.add(["type", file.mimeType ?? "?"])
    table.add(["size", file.sizeBytes.map(NumberText.bytes) ?? "?"])
    if let length = file.videoDuration { table.add(["length", NumberText.duration(length)]) }
    table.add(["state", file.stateWords])
    if let failure = file.failure { table.add(["failure", failure]) }
    table.add(["created", file.createTime ?? "?"])
    let words = ExpiryText.words(file.expirationTime, now: now)
    table.add(["expires", "\(words) (\(file.expirationTime ?? "?"))"])
    table.add(["address", Redaction.url(file.uri)])
    return table
  }
}
