internal import CommandLineInterface
internal import OrderedJSON
internal import TranscriptModel
internal import TranscriptScoring

/// A transcript that is scored, or scored against: of Tabscribe, or a file by another tool.
struct SpokenOperand {
  let name: String
  let record: SpokenRecord
  /// The whole transcript, when it is one of Tabscribe's.
  let transcript: TranscriptOperand?

  static let help = TranscriptOperands.help + "; or SRT, VTT, STM, RTTM, SegLST, text"

  /// The transcripts that a text names: a file in any format, or all of a run.
  static func all(_ text: String, _ context: CommandContext) throws -> [SpokenOperand] {
    let path = context.absolutePath(text)
    if HostFiles.kind(of: path) == .file, let foreign = try foreign(text, at: path) {
      return [foreign]
    }
    return try TranscriptOperands([text], context).found.map { operand in
      SpokenOperand(
        name: operand.spelling,
        record: SpokenRecord(operand.document.transcript),
        transcript: operand
      )
    }
  }

  /// A file that is no transcript of Tabscribe's, which is an object of JSON.
  private static func foreign(_ text: String, at path: String) throws -> SpokenOperand? {
    let bytes = try HostFiles.read(path, limit: 1 << 30)
    let content = String(decoding: bytes, as: UTF8.self)
    if content.first(where: { !$0.isWhitespace }) == "{" { return nil }
    do throws(ScoringError) {
      return SpokenOperand(name: text, record: try .read(content), transcript: nil)
    } catch {
      throw CommandError(
        "\(SafeText.quoted(text)) cannot be read: \(SafeText.line(error.description)).",
        remedy: "Known by their content are SRT, VTT, STM, RTTM, SegLST, text, and what transcribe "
          + "writes with --format json.",
        details: ["path": .string(path)]
      )
    }
  }
}
