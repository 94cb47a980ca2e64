import TabularExtraction
import TranscriptModel
import TranscriptStitching

/// Pieces as a test writes them.
enum Sample {
  static func range(_ start: Int, _ end: Int) -> TimeRange {
    TimeRange(
      start: Timecode(milliseconds: start * 1000),
      end: Timecode(milliseconds: end * 1000)
    )
  }

  /// A piece with rows of seconds, text and voice, and names by voice; `?` is an unknown name.
  static func piece(
    _ start: Int,
    _ end: Int,
    _ rows: [(Int, String, Int)],
    names: [Int: String] = [:],
    findings: [Finding] = [],
    ending: ReplyPiece.Ending = .whole
  ) -> ReplyPiece {
    var transcripts = Table(name: "transcripts", columns: SyntheticTranscript.columns)
    for (second, text, voice) in rows {
      transcripts.append([
        .time(Timecode(milliseconds: second * 1000)), .text(text), .integer(voice),
      ])
    }
    var speakers = Table(name: "speakers", columns: SyntheticTranscript.speakerColumns)
    for (voice, name) in names.sorted(by: { $0.key < $1.key }) {
      speakers.append([.integer(voice), name == "?" ? .missing : .text(name), .missing])
    }
    return ReplyPiece(
      range: range(start, end),
      tables: [transcripts, speakers],
      findings: findings,
      ending: ending
    )
  }

  static func stitch(
    _ pieces: [ReplyPiece],
    until end: Int,
    using merges: VoiceMergeTable? = nil
  ) -> StitchedReply {
    TranscriptStitcher(
      assembler: TranscriptAssembler(duration: Timecode(milliseconds: end * 1000))
    ).stitch(pieces, using: merges)
  }
}

extension StitchedReply {
  /// The rows as `second voice text`.
  var lines: [String] {
    transcript.segments.map { segment in
      "\((segment.start?.milliseconds ?? -1000) / 1000) \(segment.voice ?? 0) \(segment.text)"
    }
  }

  func findings(_ code: Finding.Code) -> [Finding] { findings.filter { $0.code == code } }
}
