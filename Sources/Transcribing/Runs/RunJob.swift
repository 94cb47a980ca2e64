internal import RequestPlanning
internal import RunStore
internal import TranscriptModel
internal import TranscriptStitching

/// A prepared transcription as an item of a run.
public struct RunJob: Sendable {
  /// What is to be done.
  public internal(set) var prepared: PreparedTranscription
  /// The item's number in the store.
  public let item: Int64
  /// What it was expected to cost when its run began; `nil` when that was not known.
  let estimate: CostRange?
  /// What results call the run that made them.
  let resultID: String
  /// What the item sent before, when the run is taken up.
  let earlier: EarlierReplies
  /// Which voices of which replies are one, where a person has decided that.
  let merges: VoiceMergeTable?
  /// What answers in the place of the service; `nil` for the service itself.
  let standIn: StandIn?

  /// The same job as far as a part of it goes.
  func heard(inPart index: Int) -> RunJob {
    var job = self
    job.prepared = prepared.heard(inPart: index)
    return job
  }
}
