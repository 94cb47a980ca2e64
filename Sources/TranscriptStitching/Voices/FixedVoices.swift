internal import TranscriptModel

/// The voices that a merge table puts together, as far as the pieces have them.
struct FixedVoices {
  /// The numbers with their voices.
  let groups: [(Int, [VoiceNode])]

  init(_ table: VoiceMergeTable, _ pieces: [PieceRows], _ voices: [PieceVoices]) {
    groups = table.voices.map { voice in
      let nodes = voice.from.compactMap { member -> VoiceNode? in
        guard let piece = Self.piece(of: member, pieces), voices[piece].voices[member.voice] != nil
        else { return nil }
        return VoiceNode(piece: piece, voice: member.voice)
      }
      return (voice.voice, nodes)
    }
  }

  /// The piece of a member: that of its number if it has the clip, else the first that has.
  private static func piece(of member: VoiceMergeTable.Member, _ pieces: [PieceRows]) -> Int? {
    if pieces.indices.contains(member.piece), pieces[member.piece].piece.range == member.clip {
      return member.piece
    }
    return pieces.firstIndex { $0.piece.range == member.clip }
  }
}
