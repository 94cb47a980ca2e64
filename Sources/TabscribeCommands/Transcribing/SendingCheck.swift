internal import CommandLineInterface
internal import GeminiAPI
internal import PlainText
internal import Transcribing
internal import TranscriptionRuns

/// What commands that send say and check before they do.
struct SendingCheck {
  let work: [NamedWork]
  let context: CommandContext

  /// Says what should be known of the work, each thing once.
  func tellNotices() {
    for notice in Set(work.flatMap(\.prepared.notices)).sorted() {
      context.status.message(SafeText.line(SettingWords.flags(in: notice)))
    }
  }

  /// Refuses models of which nothing is known, and a service without credentials; what comes from the
  /// store needs neither.
  func check(
    _ transcriber: Transcriber,
    _ arguments: ParsedArguments,
    takingUp earlier: EarlierRun?
  ) throws {
    guard earlier?.isOffline != true else { return }
    if !arguments[PlanningOptions.noEstimate] {
      try EstimateCheck(work, context).check(transcriber.catalog)
    }
    try transcriber.client.requireCredentials()
  }
}
