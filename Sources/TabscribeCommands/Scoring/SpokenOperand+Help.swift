internal import PromptLab
internal import TranscriptionRuns

extension SpokenOperand {
  static let help = TranscriptOperands.help + "; or what tabscribe help imports lists"
}
