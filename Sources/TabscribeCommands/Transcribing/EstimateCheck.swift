internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// Whether what a run will take can be said before anything is sent.
struct EstimateCheck {
  private let work: [NamedWork]
  private let context: CommandContext

  init(_ work: [NamedWork], _ context: CommandContext) {
    self.work = work
    self.context = context
  }

  /// Refuses models of which nothing is known; that a length is not known is only said.
  func check(_ catalog: ModelCatalog) throws(PlanError) {
    for item in work where catalog.resolve(item.prepared.model) == nil {
      throw PlanError(code: .unknownModel(item.prepared.model))
    }
    let endless = Set(
      work.filter { $0.prepared.recipe == nil && $0.prepared.planRequest.source.range == nil }
        .map(\.prepared.source.uri)
    )
    guard let first = endless.first else { return }
    let sources =
      endless.count == 1
      ? "The length of \(SafeText.line(first)) is not known"
      : "The lengths of \(endless.count) sources are not known"
    context.status.message("\(sources), so there is no estimate; --duration gives one.")
  }
}
