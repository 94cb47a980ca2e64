internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A kind of thing that the service keeps: what `list`, `show`, `delete` and `purge` say of it.
struct ProviderResource<Thing: Sendable>: Sendable {
  /// One of them, such as `file`; its plural has an s.
  let noun: String
  /// What its name looks like, for help.
  let nameHelp: String
  /// The abstracts of the four commands.
  let abstracts: (list: String, show: String, delete: String, purge: String)
  /// What an example shows of one.
  let shown: String
  /// Whom what is purged may belong to besides, for an example.
  let others: String
  /// What the help of `show` adds.
  var discussion = ""
  /// The columns of a list, and what stands in them.
  let columns: [TextTable.Column]
  let row: @Sendable (Thing, _ now: Date) -> [String]
  /// What is known of one, a line each.
  let lines: @Sendable (Thing, _ now: Date) -> [[String]]
  let name: @Sendable (Thing) -> String
  let json: @Sendable (Thing) -> JSONValue
  /// When one came to be, as the service says it.
  let createdAt: @Sendable (Thing) -> String?
  /// How much there is in all, for the consent to purge: `3 MB`.
  let amount: @Sendable ([Thing]) -> String
  /// Whether the service keeps such things at all.
  var require: @Sendable (ProviderSession) throws -> Void = { _ in }
  let all: @Sendable (ProviderSession) async throws -> [Thing]
  let one: @Sendable (ProviderSession, _ name: String) async throws -> Thing
  let delete: @Sendable (ProviderSession, _ name: String) async throws -> Void
}

// MARK: Commands

extension ProviderResource {
  private var plural: String { "\(noun)s" }
  private var nameReader: ValueReader<String> { .text("NAME") }
  private var example: String {
    "\(nameHelp.prefix { $0 != "," })".replacing("ID", with: "abc-123")
  }

  func session(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> ProviderSession {
    let session = try ProviderSession(arguments, context)
    try require(session)
    return session
  }

  /// Lists what is kept, a line each.
  var listCommand: Command {
    Command(
      "list",
      abstract: abstracts.list,
      examples: [.init("tabscribe \(plural) list", "every \(noun) of the project")],
      options: ProviderSession.groups
    ) { arguments, context in
      let session = try session(arguments, context)
      let things = try await all(session)
      list(things, as: plural, context)
      if things.isEmpty { context.status.message("The service keeps no \(plural).") }
      return .done
    }
  }

  /// Shows everything the service says about one.
  var showCommand: Command {
    let name = RequiredOperand(nameReader, help: nameHelp)
    return Command(
      "show",
      abstract: abstracts.show,
      examples: [.init("tabscribe \(plural) show \(example)", shown)],
      discussion: discussion,
      operands: [name],
      options: ProviderSession.groups
    ) { arguments, context in
      let session = try session(arguments, context)
      let thing = try await one(session, arguments[name])
      if context.isJSON {
        context.print(json: json(thing))
      } else {
        var table = TextTable([.words(""), .words("")])
        for line in lines(thing, context.now()) { table.add(line) }
        context.print(table)
      }
      return .done
    }
  }

  /// Removes some by name.
  var deleteCommand: Command {
    let names = RepeatedOperand(nameReader, help: nameHelp)
    return Command(
      "delete",
      abstract: abstracts.delete,
      examples: [.init("tabscribe \(plural) delete \(example)", "removes one \(noun)")],
      operands: [names],
      options: ProviderSession.groups
    ) { arguments, context in
      let session = try session(arguments, context)
      return await session.remove(arguments[names]) { try await delete(session, $0) }
    }
  }

  /// Removes all, with consent.
  ///
  /// - Parameters:
  ///   - options: Options beside the consent.
  ///   - instead: What is done instead, where one of them asks for it.
  func purgeCommand(
    options: [any CommandOption] = [],
    instead: @escaping @Sendable (ParsedArguments, ProviderSession) async throws -> ExitCode? = {
      _,
      _ in nil
    }
  ) -> Command {
    Command(
      "purge",
      abstract: abstracts.purge,
      examples: [
        .init("tabscribe \(plural) purge --older-than 12h --dry-run", "lists what would go"),
        .init("tabscribe \(plural) purge --yes", "deletes it, also what other programs \(others)"),
      ],
      options: [OptionGroup("Purging", PurgeConsent.options + options)] + ProviderSession.groups
    ) { arguments, context in
      let session = try session(arguments, context)
      if let code = try await instead(arguments, session) { return code }
      let things = try await chosen(arguments, session)
      let count = "\(NumberText.counted(things.count, noun)) of \(amount(things)) in all"
      if arguments[PurgeConsent.dryRun] {
        list(things, as: "wouldDelete", context)
        context.status.message("This would delete \(count); nothing was deleted.")
        return .done
      }
      try PurgeConsent.require(arguments, count)
      return await session.remove(things.map(name)) { try await delete(session, $0) }
    }
  }

  /// Prints things, a line each, or as JSON under a name.
  private func list(_ things: [Thing], as name: String, _ context: CommandContext) {
    guard !context.isJSON else {
      return context.print(json: .object(JSONObject([(name, .array(things.map(json)))])))
    }
    guard !things.isEmpty else { return }
    var table = TextTable(columns)
    for thing in things { table.add(row(thing, context.now())) }
    context.print(table)
  }

  /// All that is kept, or what has the age asked for; what does not say its age is spared.
  private func chosen(
    _ arguments: ParsedArguments,
    _ session: ProviderSession
  ) async throws -> [Thing] {
    let things = try await all(session)
    guard let age = arguments[PurgeConsent.age] else { return things }
    let end = session.context.now().addingTimeInterval(-Double(age))
    return things.filter { thing in
      createdAt(thing).flatMap(MomentText.date).map { $0 < end } ?? false
    }
  }
}
