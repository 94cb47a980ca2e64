import EmbeddedLibrary
import Foundation
import OrderedJSON
import Testing

/// A folder with the sample, what is said in it, and a lab.
enum LabSample {
  static let clips = ["0:00-0:40", "0:40-1:38"]

  /// The folder; the lab's file is `lab.yaml`.
  static func folder(_ rest: String) throws -> TemporaryFolder {
    let folder = try EmulatedRun.folderWithSample()
    try folder.write(try reference(), to: "sample.stm")
    try folder.write(rest, to: "lab.yaml")
    return folder
  }

  /// What a lab says of the sample.
  static let videos = """
    videos:
      - {source: sample.webm, reference: sample.stm, clips: [\(clips.joined(separator: ", "))]}

    """

  /// The sample's reference in STM.
  static func reference() throws -> String {
    let file = try #require(EmbeddedLibrary.sample.file(named: "sample.json"))
    let json = try JSONValue(parsing: file.bytes)
    var names: [Int: String] = [:]
    for speaker in json["task2_speakers"]?.array ?? [] {
      guard let voice = speaker["voice"]?.int else { continue }
      names[voice] = speaker["name"]?.string.flatMap { $0 == "?" ? nil : $0 } ?? "voice \(voice)"
    }
    return (json["task1_transcripts"]?.array ?? []).map { row in
      let (start, end) = (row["startMS"]?.double ?? 0, row["endMS"]?.double ?? 0)
      let name = (names[row["voice"]?.int ?? 0] ?? "nobody").replacing(" ", with: "_")
      return "sample 1 \(name) \(start / 1000) \(end / 1000) \(row["text"]?.string ?? "")\n"
    }.joined()
  }
}
