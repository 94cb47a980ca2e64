@testable internal import CommandLineInterface

/// A program that has every kind of option and operand, and prints what it was given.
enum SampleProgram {
  enum Encoding: String, CaseIterable, Sendable {
    case json
    case tsv
  }

  static let model = ValueOption("model", short: "m", .text("MODEL"), help: "which model")
  static let jobs = ValueOption("jobs", short: "j", .integer("N", in: 1...64), help: "at once")
  static let fps = ValueOption("fps", .decimal("FPS", in: 0.1...24), help: "frames a second")
  static let limit = ValueOption("limit", .size(), help: "bytes at most")
  static let encoding = ValueOption(
    "encoding",
    ValueReader<Encoding>.choice("ENCODING"),
    help: "how rows come"
  )
  static let format = RepeatedOption("format", short: "f", .text("FORMAT"), help: "what to write")
  static let param = RepeatedOption("param", .nameAndValue, help: "a variable")
  static let output = ValueOption("output", short: "o", .folder(), help: "where to")
  static let force = Flag("force", short: "x", help: "replace files")
  static let loud = Flag("loud", short: "y", help: "make noise")
  static let sources = RepeatedOperand(.file("SOURCE"), help: "a video")
  static let shown = RequiredOperand(
    .text("NAME", completion: .suggestions(["alpha", "beta"])),
    help: "what to show"
  )
  static let produced = ValueOption(
    "like",
    .text("LIKE", completion: .produced(["last"], by: ["things", "names"])),
    help: "one to be like"
  )
  static let extra = OptionalOperand(.text("EXTRA"), help: "what else")

  static let send = Command(
    "send",
    abstract: "Send videos",
    examples: [.init("sample send talk.mp4", "the common case")],
    discussion: "A paragraph.",
    operands: [sources],
    options: [
      OptionGroup("Model", [model, encoding, param]),
      OptionGroup("Video", [fps]),
      OptionGroup("Result", [format, output, force, limit, jobs, loud]),
    ]
  ) { _, _ in .done }

  static let show = Command(
    "show",
    abstract: "Show a thing",
    examples: [.init("sample things show a", "prints it")],
    operands: [shown, extra],
    options: [OptionGroup("Likeness", [produced])]
  ) { _, _ in .done }

  static let program = Program(
    Command(
      "sample",
      abstract: "A sample",
      examples: [.init("sample send talk.mp4", "the common case")],
      subcommands: [
        send,
        Command(
          "things",
          abstract: "Things",
          examples: [.init("sample things show a", "prints it")],
          subcommands: [show]
        ),
        .help,
      ]
    ),
    version: "1.2.3"
  ) { error in CommandError("\(error)", remedy: "Mend it.") }

  /// Reads a command line that must be one of a command to run.
  static func parsed(_ line: String...) throws -> ParsedArguments {
    var parser = ArgumentParser(program, line)
    guard case .run(let arguments) = try parser.parse() else {
      throw CommandError("not a command", remedy: "")
    }
    return arguments
  }
}
