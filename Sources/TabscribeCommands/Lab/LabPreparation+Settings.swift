internal import CommandLineInterface
internal import PromptLab
internal import TranscriptionRuns

extension LabPreparation {
  /// Prepares a lab as the settings ask for it.
  init(_ file: LabFile, _ settings: Settings, _ context: CommandContext) throws {
    self.init(file, try WorkPreparation(settings, context), context.workplace)
  }
}
