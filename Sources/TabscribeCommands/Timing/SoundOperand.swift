internal import AudioTiming
internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// The sound that a transcript is held against.
enum SoundOperand {
  static let media = ValueOption(
    "media",
    .file(),
    help: "the recording (default: where the transcript says)"
  )

  /// Listens to the recording of a transcript.
  ///
  /// - Parameter detail: Whether to remember what speech sounds like.
  static func listen(
    to transcript: TranscriptOperand,
    detail: Bool = false,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> SoundProfile {
    let path = try path(of: transcript, arguments, context)
    do throws(SoundError) {
      return try await SoundProfile.listening(to: path, detail: detail)
    } catch {
      throw CommandError(
        "\(SafeText.quoted(path)) cannot be listened to: \(SafeText.line("\(error)")).",
        remedy: error.reason == .decoderMissing
          ? MachineChecks.installFFmpeg
          : "Give the recording that was transcribed with --media.",
        details: ["path": .string(path)]
      )
    }
  }

  /// Who speaks rows, so that they are found in the sound.
  static func speaker() async throws(CommandError) -> RowSpeaker {
    do throws(SoundError) {
      return try await RowSpeaker()
    } catch {
      throw CommandError(
        "Rows cannot be set by the sound: \(error).",
        remedy: MachineChecks.installSpeaker
      )
    }
  }

  private static func path(
    of transcript: TranscriptOperand,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> String {
    if let given = arguments[media] {
      let path = context.absolutePath(given)
      guard HostFiles.kind(of: path) == .file else {
        throw CommandError(
          "There is no file \(SafeText.quoted(given)).",
          remedy: "Give the recording that was transcribed with --media."
        )
      }
      return path
    }
    let uri = SafeText.quoted(transcript.document.source.uri)
    guard let path = transcript.media(context.workplace) else {
      throw CommandError(
        "\(uri) is no local file, so nobody can listen to it here.",
        remedy: "Give a copy of the recording with --media."
      )
    }
    guard HostFiles.kind(of: path) == .file else {
      throw CommandError(
        "The recording \(uri) is not there any more.",
        remedy: "Say where it is with --media."
      )
    }
    return path
  }
}
