internal import CommandLineInterface
internal import ModelContextProtocol
internal import OrderedJSON

/// A tool that runs a command of the program, so that both do the same.
struct CommandTool {
  let program: Program
  let command: Command
  let context: CommandContext
  let folder: SharedFolder

  /// Runs the command.
  ///
  /// - Parameters:
  ///   - options: Words that begin with a dash.
  ///   - operands: Words that are none of an option, whatever they begin with.
  /// - Throws: `ToolFailure` with what the command says of its own failure.
  func run(_ options: [String], _ operands: [String]) async throws(ToolFailure) -> JSONObject {
    let (code, answer) = await program.answer(
      to: [command.name] + options + ["--"] + operands,
      in: context
    )
    guard let answer else {
      throw ToolFailure("\(command.name) ended without an answer, with exit code \(code.rawValue).")
    }
    guard let error = answer["error"] else { return folder.hiding(.object(answer)).object ?? [:] }
    let sentences = [error["message"], error["remedy"]].compactMap { $0?.string }
    throw ToolFailure(folder.hiding(sentences.joined(separator: " ")))
  }

  /// Parameters that stand for options of the command, with its own help.
  ///
  /// - Parameter kinds: By the long name of the option.
  func parameters(_ kinds: KeyValuePairs<String, ToolParameter.Kind>) -> [ToolParameter] {
    let known = command.optionGroups.flatMap(\.options)
    return kinds.compactMap { name, kind in
      guard let option = known.first(where: { $0.name == name }) else { return nil }
      if case .text = kind, case .words(let words)? = option.value?.completion {
        return ToolParameter(name, .choice(words), option.help)
      }
      return ToolParameter(name, kind, option.help)
    }
  }

  /// The words of the command line that say what arguments do.
  static func words(_ arguments: ToolArguments, _ parameters: [ToolParameter]) -> [String] {
    parameters.flatMap { parameter -> [String] in
      let name = "--" + parameter.name
      return if arguments.flag(parameter.name) {
        [name]
      } else if let value = arguments.text(parameter.name) {
        ["\(name)=\(value)"]
      } else if let value = arguments.number(parameter.name) {
        ["\(name)=\(value)"]
      } else {
        arguments.texts(parameter.name).map { "\(name)=\($0)" }
      }
    }
  }
}
