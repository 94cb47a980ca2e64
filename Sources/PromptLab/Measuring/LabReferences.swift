internal import PlainText
package import RunStore
internal import TranscriptModel
package import TranscriptScoring
package import TranscriptionRuns

/// What was really said in the videos of a lab, cut to its clips.
package struct LabReferences {
  private let file: LabFile
  private let records: [SpokenRecord?]

  /// - Throws: `Refusal` when a reference cannot be read.
  package init(_ file: LabFile, _ place: Workplace) throws {
    self.file = file
    records = try file.videos.map { video in
      try video.reference.map { try Self.record($0, of: video, place) }
    }
  }

  private static func record(
    _ text: String,
    of video: LabFile.Video,
    _ place: Workplace
  ) throws -> SpokenRecord {
    let found = try SpokenOperand.all(text, isReference: true, place)
    guard found.count == 1 else {
      throw Refusal.usage(
        "The reference \(SafeText.quoted(text)) of \(SafeText.quoted(video.name)) has "
          + "\(found.count) transcripts.",
        remedy: "Name one of them, such as \(text).1."
      )
    }
    return found[0].record
  }

  /// The part of a video's reference that a clip has; `nil` where there is none, or its rows have no
  /// times to cut it by.
  package func record(video: Int, clip: LabFile.Clip?) -> SpokenRecord? {
    guard var record = records[video] else { return nil }
    guard let clip else { return record }
    guard record.utterances.allSatisfy({ $0.start != nil }) else { return nil }
    let (start, end) = (
      Double(clip.start.milliseconds) / 1000, Double(clip.end.milliseconds) / 1000
    )
    record.utterances.removeAll { utterance in
      let begins = utterance.start ?? 0
      return begins < start || begins >= end
    }
    return record
  }

  /// The same by the names that a round has.
  package func record(of place: LabRound.Place) -> SpokenRecord? {
    guard let video = file.videos.firstIndex(where: { $0.name == place.video }) else { return nil }
    if place.clip.isEmpty { return record(video: video, clip: nil) }
    let clip = file.videos[video].clips.first { $0.name == place.clip }
    return clip.flatMap { record(video: video, clip: $0) }
  }

  /// What keeps references from being used, a sentence each.
  package var notes: [String] {
    zip(file.videos, records).compactMap { video, record in
      guard let record, !video.clips.isEmpty, record.utterances.contains(where: { $0.start == nil })
      else { return nil }
      return
        "The reference of \(SafeText.quoted(video.name)) has no times, so that clips of it are "
        + "not scored against it."
    }
  }
}
