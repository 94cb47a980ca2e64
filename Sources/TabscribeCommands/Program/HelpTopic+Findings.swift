internal import CommandLineInterface
internal import TranscriptModel

extension HelpTopic {
  /// `help findings`: the catalogue of findings.
  static let findings = HelpTopic(
    "findings",
    "What can be found about a result, how much it matters unless a place says otherwise, and what "
      + "to do about it. An error means that something is missing or wrong.",
    columns: ["code", "severity", "sentence", "remedy"],
    rows: FindingKind.catalogue.map { kind in
      [
        kind.code.rawValue, kind.severity.rawValue, kind.sentence + ".",
        SettingWords.flags(in: kind.remedy),
      ]
    }
  )
}
