internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RequestPlanning
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// `lab restore`: writes a variant as it was, in every letter.
enum LabRestoreCommand {
  private static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for prompts/ and schemas/ (default: here)"
  )

  static let command = Command(
    "restore",
    abstract: "Write a variant's prompt, schema and settings as they were",
    examples: [
      .init("tabscribe lab restore lab.yaml -o best", "the best of all rounds"),
      .init("tabscribe lab restore lab.yaml --round 3 --variant now -o old", "that of a round"),
    ],
    discussion: """
      The prompt goes to prompts/, with the partials that it uses, schemas to schemas/, and a variant \
      with the settings to VARIANT.yaml, for a lab. Asked again, it is the same work: answers that are \
      there are used.
      """,
    operands: [LabOperand.operand],
    options: [
      OptionGroup("What", [LabHistoryCommand.metric, LabHistoryCommand.variant, LabOperand.round]),
      OptionGroup("Results", [folder, OutputOptions.force]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context)
    let (round, variant) = try chosen(arguments, of: lab)
    let output = try OutputFolder(
      arguments[folder] ?? ".",
      force: arguments[OutputOptions.force],
      in: context.workplace
    )
    let files = try RestoredVariant(variant).files
    try output.checkFree(files.map(\.name))
    for name in Set(files.map { FilePath.parent(of: $0.name) }) where name != "." {
      try HostFiles.createFolder(FilePath.joined(output.path, name))
    }
    let written = try files.map { try output.write($0.bytes, to: $0.name) }
    if context.isJSON {
      context.print(
        json: [
          "round": .init(Int(round.id)), "variant": .string(variant.name),
          "settings": variant.settings,
          "files": .array(written.map { .string(output.display($0)) }),
        ]
      )
    } else {
      context.print(
        "\(SafeText.line(variant.name)) of round \(round.id): "
          + written.map(output.display).joined(separator: "  ")
      )
    }
    return .done
  }

  /// The variant that is asked for, else the best of all rounds.
  private static func chosen(
    _ arguments: ParsedArguments,
    of lab: LabOperand
  ) throws -> (LabRound, LabRound.Variant) {
    if let number = arguments[LabOperand.round] {
      let round = try lab.round(number)
      guard let name = arguments[LabHistoryCommand.variant] ?? round.onlyVariant else {
        throw CommandError.usage(
          "Round \(round.id) has \(round.variants.count) variants.",
          remedy: "Give --variant: \(round.variants.map(\.name).joined(separator: ", "))."
        )
      }
      return (round, round.variants[try round.variant(name)])
    }
    guard let best = try LabHistoryCommand.history(arguments, of: lab).best else {
      throw CommandError(
        "No round has all its results, so that none is the best.",
        remedy: "Name one with --round and --variant."
      )
    }
    return (best.round, best.variant)
  }
}

extension LabRound {
  /// The name of the only variant; `nil` when there are several.
  var onlyVariant: String? { variants.count == 1 ? variants[0].name : nil }
}

/// A variant as files.
struct RestoredVariant {
  private let variant: LabRound.Variant
  private let name: String

  /// - Throws: `CommandError` when the store does not hold its prompt.
  init(_ variant: LabRound.Variant) throws(CommandError) {
    guard let name = variant.prompt["name"]?.string, variant.prompt["text"]?.string != nil else {
      throw CommandError(
        "The prompt of \(SafeText.quoted(variant.name)) is not in the store.",
        remedy: "tabscribe runs check looks whether the store is sound."
      )
    }
    self.variant = variant
    self.name = FileStem.cleaned(name)
  }

  /// The files by their paths below the folder.
  var files: [(name: String, bytes: [UInt8])] {
    let text = variant.prompt["text"]?.string ?? ""
    var files: [(name: String, bytes: [UInt8])] = [("prompts/\(name).prompt", Array(text.utf8))]
    for (partial, text) in variant.prompt["partials"]?.object?.members ?? [] {
      let path = "prompts/_\(FileStem.cleaned(partial)).prompt"
      files.append((path, Array((text.string ?? "").utf8)))
    }
    for (schema, json) in LabPromptText.schemas(of: variant.prompt) {
      files.append(("schemas/\(FileStem.cleaned(schema)).json", json.renderedBytes(.pretty)))
    }
    files.append(("\(FileStem.cleaned(variant.name)).yaml", Array(block.utf8)))
    return files
  }

  /// The variant as a lab has it.
  private var block: String {
    var lines = [
      "variants:", "  - name: \(Self.quoted(variant.name))", "    prompt: prompts/\(name).prompt",
    ]
    if let schema = variant.prompt["schema"]?["name"]?.string {
      lines.append("    schema: schemas/\(FileStem.cleaned(schema)).json")
    }
    for (key, value) in variant.settings.object?.members ?? [] {
      if key == "parameters" {
        lines.append("    param:")
        for (name, value) in value.object?.members ?? [] {
          lines.append(
            "      \(Self.quoted(name)): \(Self.quoted(value.string ?? value.rendered()))"
          )
        }
      } else if let option = RequestSettings.field(key)?.option {
        lines.append("    \(option.name): \(Self.quoted(Self.text(value, of: key)))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A setting as a person writes it: times are kept in milliseconds.
  private static func text(_ value: JSONValue, of key: String) -> String {
    let isTime = key.hasSuffix("MS") || key == "sharding"
    if isTime, let milliseconds = value.int {
      return Timecode(milliseconds: milliseconds).renderedExactly
    }
    return value.string ?? value.rendered()
  }

  /// A text in double quotation marks, which YAML reads as JSON does.
  private static func quoted(_ text: String) -> String { JSONValue.string(text).rendered() }
}
