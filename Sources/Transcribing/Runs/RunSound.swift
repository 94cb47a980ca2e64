internal import AudioTiming
internal import GeminiAPI
internal import MediaProbing
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

/// The sound of a run's sources, listened to once each, while the service is asked.
actor RunSound {
  /// What listening gave.
  typealias Heard = Result<SpeechActivity, SoundError>

  private let isWanted: Bool
  private var tasks: [String: Task<Heard, Never>] = [:]
  /// Work that is still to ask about each source.
  private var askers: [String: Int]

  /// - Parameters:
  ///   - isWanted: Whether anybody is to listen.
  ///   - work: All the work of the run.
  init(isWanted: Bool, work: [PreparedTranscription]) {
    self.isWanted = isWanted
    askers = Dictionary(work.compactMap(\.soundPath).map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Begins to listen to a source, if it is a file here and has sound.
  func begin(_ prepared: PreparedTranscription) {
    guard isWanted, let path = prepared.soundPath, tasks[path] == nil else { return }
    tasks[path] = Task {
      do throws(SoundError) {
        return .success(try await SoundProfile.listening(to: path).activity)
      } catch {
        return .failure(error)
      }
    }
  }

  /// What is heard in a source; `nil` when nobody listens.
  func heard(_ prepared: PreparedTranscription) async -> Heard? {
    begin(prepared)
    return await prepared.soundPath.flatMap { tasks[$0] }?.value
  }

  /// Forgets what was heard once nobody asks any more: an hour takes half a megabyte, and a run may have a
  /// thousand of them.
  func leave(_ prepared: PreparedTranscription) {
    guard let path = prepared.soundPath, let left = askers[path] else { return }
    askers[path] = left - 1
    if left <= 1 { tasks[path] = nil }
  }

  /// The stretches in which nobody speaks; `nil` when nobody listens, or nothing can be heard.
  func silences(_ prepared: PreparedTranscription) async -> [TimeRange]? {
    guard case .success(let activity) = await heard(prepared) else { return nil }
    return activity.silences
  }

  /// What the sound says of the rows of a document.
  func findings(
    about document: TranscriptDocument,
    of prepared: PreparedTranscription
  ) async -> [Finding] {
    guard document.transcript.segments.contains(where: { $0.start != nil }) else { return [] }
    switch await heard(prepared) {
    case nil: return []
    case .failure(let error):
      return [Finding("time-unchecked", "The times were not held against the sound: \(error).")]
    case .success(let activity):
      return TimeFindings(
        document.transcript,
        table: TranscriptTables(document.tables).rows?.name ?? "transcripts",
        in: activity,
        of: prepared.clip
      ).findings
    }
  }
}

extension PreparedTranscription {
  /// The path of the sound, where the service hears it and it is a file here.
  fileprivate var soundPath: String? {
    guard facts?.hasAudio != false, effective.layers != .frames else { return nil }
    return switch delivery {
    case .inline(let file, _): file.path
    case .upload(let upload): upload.path
    case .reference, .uploaded: nil
    }
  }
}
