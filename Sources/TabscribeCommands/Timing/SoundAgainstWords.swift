internal import AudioTiming
internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptionRuns

/// Times that another tool's words gave, held against the sound where it is at hand.
struct SoundAgainstWords {
  /// Half of the rows that fit worse than this belong elsewhere: a disagreement with them says nothing.
  private static let leastConfidence = 0.5
  /// What is a disagreement, in milliseconds: more than whole seconds leave open.
  private static let most = 1000

  private let operand: TranscriptOperand
  private let language: String?

  /// - Parameter language: The language of rows that state none; `nil` guesses it.
  init(_ operand: TranscriptOperand, language: String?) {
    (self.operand, self.language) = (operand, language)
  }

  /// The rows that stand elsewhere by the sound, as a finding; that nobody can listen is said.
  func findings(
    on words: AlignedTranscript,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> [Finding] {
    let isAskedFor = arguments[SoundOperand.media] != nil
    let isHere = operand.media(context.workplace).map { HostFiles.kind(of: $0) == .file } ?? false
    guard isAskedFor || isHere else { return [] }
    do {
      let speaker = try await SoundOperand.speaker()
      let sound = try await SoundOperand.listen(to: operand, detail: true, arguments, context)
      let heard = await AlignedTranscript(
        operand.document,
        language: language,
        in: sound,
        by: speaker
      )
      return findings(words, heard)
    } catch let error as CommandError where !isAskedFor {
      context.status.message("The words were not held against the sound. \(error.message)")
      return []
    }
  }

  private func findings(_ words: AlignedTranscript, _ heard: AlignedTranscript) -> [Finding] {
    let apart = zip(words.rows, heard.rows).compactMap { word, sound -> (row: Int, apart: Int)? in
      let distance = abs(word.time.startMS - sound.time.startMS)
      let isKnown = word.time.isFound && sound.time.confidence >= Self.leastConfidence
      return isKnown && distance > Self.most ? (word.number, distance) : nil
    }
    guard let furthest = apart.map(\.apart).max() else { return [] }
    let table = TranscriptTables(operand.document.tables).rows?.name ?? "transcripts"
    let rows = NumberText.counted(apart.count, "row")
    return [
      Finding(
        "words-disagree",
        "The other tool's words put \(rows) elsewhere than the sound, by up to "
          + "\(furthest / 1000).\(furthest % 1000 / 100) s.",
        rows: apart.map { Finding.Row(table: table, index: $0.row) }
      )
    ]
  }
}
