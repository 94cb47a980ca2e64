internal import AudioTiming
internal import GeminiAPI
internal import HostSystem
internal import MediaProbing
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

/// The sound of a run's sources, listened to once each, while the service is asked.
actor RunSound {
  /// What listening gave.
  typealias Heard = Result<SoundProfile, SoundError>

  private let isChecked: Bool
  private let speaker: RowSpeaker?
  private var tasks: [String: Task<Heard, Never>] = [:]
  /// Work that is still to ask about each source.
  private var askers: [String: Int]

  /// - Parameters:
  ///   - options: Say what is listened for.
  ///   - work: All the work of the run.
  init(_ options: RunOptions, work: [PreparedTranscription]) {
    (isChecked, speaker) = (options.listens, options.rowSpeaker)
    askers = Dictionary(work.compactMap(\.soundPath).map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Begins to listen to a source, if it is a file here and has sound.
  func begin(_ prepared: PreparedTranscription) {
    guard isChecked || speaker != nil, let path = prepared.soundPath, tasks[path] == nil
    else { return }
    let detail = speaker != nil
    tasks[path] = Task {
      do throws(SoundError) {
        return .success(try await SoundProfile.listening(to: path, detail: detail))
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

  /// Forgets what was heard once nobody asks any more: an hour takes up to three megabytes, and a run may have a
  /// thousand of them.
  func leave(_ prepared: PreparedTranscription) {
    guard let path = prepared.soundPath, let left = askers[path] else { return }
    askers[path] = left - 1
    if left <= 1 { tasks[path] = nil }
  }

  /// The stretches in which nobody speaks; `nil` when nobody listens, or nothing can be heard.
  func silences(_ prepared: PreparedTranscription) async -> [TimeRange]? {
    guard isChecked, case .success(let sound) = await heard(prepared) else { return nil }
    return sound.activity.silences
  }

  /// Where the recording has speech; `nil` when nobody listens, or nothing can be heard.
  func speech(_ prepared: PreparedTranscription) async -> SpeechMap? {
    guard case .success(let sound) = await heard(prepared) else { return nil }
    let ranges = sound.activity.intervals.map(\.range)
    return SpeechMap(ranges, durationMS: sound.activity.durationMS)
  }

  /// The rows of a document where the sound has them; `nil` when nobody asks, or nothing can be heard.
  func alignment(
    of document: TranscriptDocument,
    _ prepared: PreparedTranscription
  ) async -> AlignedTranscript? {
    guard let speaker, case .success(let sound) = await heard(prepared) else { return nil }
    return await AlignedTranscript(document, in: sound, by: speaker)
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
    case .success(let sound):
      guard isChecked else { return [] }
      return TimeFindings(
        document.transcript,
        table: TranscriptTables(document.tables).rows?.name ?? "transcripts",
        in: sound.activity,
        of: prepared.clip
      ).findings
    }
  }
}

extension PreparedTranscription {
  /// The path of the sound, where the service hears it and it is a file here; work that was kept may be of a file
  /// that is gone, or of another machine.
  public var soundPath: String? {
    guard facts?.hasAudio != false, effective.layers != .frames else { return nil }
    switch delivery {
    case .inline(let file, _): return file.path
    case .upload(let upload):
      return HostFiles.kind(of: upload.path) == .file ? upload.path : nil
    case .reference, .inlineObject, .uploaded, .nothing: return nil
    }
  }
}
