internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptStitching
internal import TranscriptionRuns

/// `runs voices`: which voices of which clips were taken to be one, to look at and to change.
enum RunsVoicesCommand {
  private static let item = RequiredOperand(
    .run,
    help: "a run, or RUN.N for its Nth source"
  )
  private static let merges = RepeatedOption(
    "merge",
    .voicePair,
    help: "make one voice of two, as in 3=7 (7 becomes 3)"
  )
  private static let moves = RepeatedOption(
    "move",
    .voiceMove,
    help: "give voice V of clip C to voice N: C.V=N"
  )
  private static let file = ValueOption("apply", .file(), help: "take the table from a file")

  static let command = Command(
    "voices",
    abstract: "Show or change which voices of which clips are one",
    examples: [
      .init("tabscribe runs voices last", "the table, with reasons"),
      .init("tabscribe runs voices last --merge 3=7", "voice 7 is voice 3"),
      .init("tabscribe runs voices last --json > voices.json", "to edit and --apply"),
    ],
    discussion: "A change makes the results anew from the replies that were kept; nothing is sent.",
    operands: [item],
    options: [OptionGroup("Changing", [merges, moves, file])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).writing()
    let item = try store.resolveItem(arguments[item])
    let unchanged = try store.changeMerges(of: item.id) { json -> VoiceMergeTable? in
      let table = try VoiceMergeTable(json: json)
      let changed = try changed(table, arguments, context)
      guard changed != table else { return table }
      json = changed.json
      return nil
    }
    guard let unchanged else {
      throw CommandError(
        "\(item.reference) was transcribed with one request, so there are no clips to match.",
        remedy: "tabscribe runs show \(item.run) tells about its voices."
      )
    }
    if let table = unchanged {
      show(table, context)
      return .done
    }
    guard let summary = try store.run(item.run)?.summary else { return .failed }
    return try await EarlierRun(summary, isOffline: true)
      .takeUp(summary, program: arguments.program, context)
  }

  private static func changed(
    _ table: VoiceMergeTable,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> VoiceMergeTable {
    var changed = table
    if let path = arguments[file] {
      let bytes = try HostFiles.read(context.absolutePath(path))
      changed = table.edited(to: try VoiceMergeTable(json: JSONValue(parsing: bytes)))
    }
    for move in arguments[moves] {
      guard changed.move(piece: move.clip - 1, voice: move.voice, to: move.target) else {
        throw CommandError.usage(
          "Clip \(move.clip) has no voice \(move.voice).",
          remedy: "tabscribe runs voices shows the clips and their voices."
        )
      }
    }
    for pair in arguments[merges] {
      guard changed.merge(pair.kept, with: pair.merged) else {
        throw CommandError.usage(
          "There are no two voices \(pair.kept) and \(pair.merged).",
          remedy: "tabscribe runs voices shows the voices."
        )
      }
    }
    return changed
  }

  private static func show(_ table: VoiceMergeTable, _ context: CommandContext) {
    guard !context.isJSON else { return context.print(json: table.json) }
    var listing = TextTable([
      .numbers("voice"), .words("label", mayShrink: true), .numbers("clip"), .words("from"),
      .numbers("its voice"), .words("why", mayShrink: true),
    ])
    for voice in table.voices {
      for (index, member) in voice.from.enumerated() {
        listing.add([
          index == 0 ? "\(voice.voice)" : "", index == 0 ? SafeText.line(voice.label) : "",
          "\(member.piece + 1)", member.clip.start.rendered, "\(member.voice)",
          SafeText.line(member.why),
        ])
      }
    }
    context.print(listing)
    for doubt in table.apart {
      let voices = doubt.voices.map { "\($0)" }.joined(separator: " and ")
      context.print("apart: \(voices): \(SafeText.line(doubt.why))")
    }
  }
}

extension VoiceMergeTable {
  /// The table that a person has made of this one; what was moved is marked as theirs.
  fileprivate func edited(to edited: VoiceMergeTable) -> VoiceMergeTable {
    var owners: [[Int]: Int] = [:]
    for voice in voices {
      for member in voice.from { owners[[member.piece, member.voice]] = voice.voice }
    }
    var result = edited
    for voice in result.voices.indices {
      for member in result.voices[voice].from.indices {
        let place = result.voices[voice].from[member]
        guard owners[[place.piece, place.voice]] != result.voices[voice].voice else { continue }
        result.voices[voice].from[member].why = VoiceMergeTable.byHand
      }
    }
    return result
  }
}

/// Two voices of which one is kept.
struct VoicePair: Hashable {
  let kept: Int
  let merged: Int
}

/// A voice of a clip, and whose it is to be.
struct VoiceMove: Hashable {
  let clip: Int
  let voice: Int
  let target: Int
}

extension ValueReader where Value == VoicePair {
  fileprivate static let voicePair = ValueReader("A=B") { text throws(ValueProblem) in
    let numbers = text.split(separator: "=").map { Int($0) }
    guard numbers.count == 2, let kept = numbers[0], let merged = numbers[1] else {
      throw ValueProblem(expected: "two voices, as in 3=7")
    }
    return VoicePair(kept: kept, merged: merged)
  }
}

extension ValueReader where Value == VoiceMove {
  fileprivate static let voiceMove = ValueReader("C.V=N") { text throws(ValueProblem) in
    let numbers = text.split { $0 == "." || $0 == "=" }.map { Int($0) }
    guard numbers.count == 3, let clip = numbers[0], let voice = numbers[1],
      let target = numbers[2]
    else { throw ValueProblem(expected: "a clip, its voice and a voice, as in 2.1=3") }
    return VoiceMove(clip: clip, voice: voice, target: target)
  }
}
