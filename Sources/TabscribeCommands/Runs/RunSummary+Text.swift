internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel

extension RunSummary {
  /// What became of the items: `12 complete`, or `9 of 12 complete, 2 partial, 1 failed`.
  var itemsText: String {
    guard itemCount > 0 else { return "none" }
    let complete = itemCounts[.complete] ?? 0
    let others = [ItemStatus.partial, .failed, .running, .waiting].compactMap { status in
      itemCounts[status].map { "\($0) \(status.rawValue)" }
    }
    guard !others.isEmpty else { return "\(complete) complete" }
    return (["\(complete) of \(itemCount) complete"] + others).joined(separator: ", ")
  }

  /// The command line, with quotation marks where a shell needs them.
  var commandText: String { Self.commandText(arguments) }

  /// A command line without the program's name, likewise.
  static func commandText(_ words: [String]) -> String {
    (["tabscribe"] + words.map(quoted)).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.allSatisfy { character in
        character.isLetter || character.isNumber || "-_./:=,@%+".contains(character)
      }
    return isPlain ? argument : "'" + argument.replacing("'", with: #"'\''"#) + "'"
  }

  /// What was billed, or why nothing was: `0.012`, `emulated`, or nothing when it is not known.
  var moneyText: String {
    guard cost == nil, !standIns.isEmpty else { return cost.map { MoneyText.rendered($0) } ?? "" }
    return standIns.map(\.participle).sorted().joined(separator: ", ")
  }

  /// The run for machines, without its items.
  var json: JSONValue {
    var object: JSONObject = [
      "id": .string(id),
      "status": .string(status.rawValue),
      "startedAt": .string(MomentText.exact(startedAt)),
    ]
    object["endedAt"] = endedAt.map { .string(MomentText.exact($0)) }
    object["tool"] = .string(tool)
    object["arguments"] = .array(arguments.map { .string($0) })
    object["workingFolder"] = .string(workingFolder)
    object["itemCounts"] = .object(
      JSONObject(
        ItemStatus.allCases.compactMap { status in
          itemCounts[status].map { (status.rawValue, JSONValue($0)) }
        }
      )
    )
    object["costLimitUSD"] = costLimit.map { .string("\($0)") }
    object["costUSD"] = cost.map { .string("\($0)") }
    object["standIns"] = .array(standIns.map(\.rawValue).sorted().map { .string($0) })
    object["prompts"] = .array(prompts.map { .string($0) })
    return .object(object)
  }
}
