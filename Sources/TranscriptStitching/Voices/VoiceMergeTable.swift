package import TranscriptModel

/// Which voices of which pieces are one voice of the whole, and why; can be edited and applied again.
///
/// Pieces are counted in source time, so that the order in which replies came makes no difference.
package struct VoiceMergeTable: Hashable, Sendable {
  /// A voice of a piece.
  package struct Member: Hashable, Sendable {
    /// The piece, counted from 0 in source time.
    package var piece: Int
    /// The range of the piece.
    package var clip: TimeRange
    /// The number that the piece gives the voice.
    package var voice: Int
    /// Why it belongs here, such as `4 shared rows, same name`; empty for the first of its kind.
    package var why: String

    /// A voice of a piece.
    package init(piece: Int, clip: TimeRange, voice: Int, why: String = "") {
      self.piece = piece
      self.clip = clip
      self.voice = voice
      self.why = why
    }
  }

  /// A voice of the whole.
  package struct Voice: Hashable, Sendable {
    /// Its number in the stitched tables.
    package var voice: Int
    /// What rows show for it, for people who read the table.
    package var label: String
    /// The voices it is made of, in the order of pieces.
    package var from: [Member]

    /// A voice of the whole.
    package init(voice: Int, label: String, from: [Member]) {
      self.voice = voice
      self.label = label
      self.from = from
    }
  }

  /// Two voices of the whole that may be one, and were left apart.
  package struct Doubt: Hashable, Sendable {
    /// Their numbers.
    package var voices: [Int]
    /// What speaks for one voice, and what against.
    package var why: String

    /// Two voices that may be one.
    package init(voices: [Int], why: String) {
      self.voices = voices
      self.why = why
    }
  }

  /// Why a voice belongs where a person has put it.
  package static let byHand = "by hand"

  /// The voices of the whole, by their numbers.
  package var voices: [Voice]
  /// The voices that were left apart in doubt.
  package var apart: [Doubt]

  /// A table of voices.
  package init(voices: [Voice] = [], apart: [Doubt] = []) {
    self.voices = voices
    self.apart = apart
  }

  /// Moves a voice of a piece to another voice of the whole; a number that is new makes a new one.
  ///
  /// - Returns: Whether the piece has such a voice.
  @discardableResult
  package mutating func move(piece: Int, voice: Int, to target: Int) -> Bool {
    var moved: Member?
    for index in voices.indices {
      guard
        let position = voices[index].from.firstIndex(where: {
          $0.piece == piece && $0.voice == voice
        })
      else { continue }
      moved = voices[index].from.remove(at: position)
      break
    }
    guard var moved else { return false }
    moved.why = Self.byHand
    if let index = voices.firstIndex(where: { $0.voice == target }) {
      voices[index].from.append(moved)
      voices[index].from.sort { ($0.piece, $0.voice) < ($1.piece, $1.voice) }
    } else {
      voices.append(Voice(voice: target, label: "[voice \(target)]", from: [moved]))
    }
    voices.removeAll { $0.from.isEmpty }
    voices.sort { $0.voice < $1.voice }
    return true
  }

  /// Makes one voice of two; the second number is no more.
  ///
  /// - Returns: Whether there are two such voices.
  @discardableResult
  package mutating func merge(_ voice: Int, with other: Int) -> Bool {
    guard voice != other, voices.contains(where: { $0.voice == voice }),
      let members = voices.first(where: { $0.voice == other })?.from
    else { return false }
    for member in members { move(piece: member.piece, voice: member.voice, to: voice) }
    apart.removeAll { $0.voices.contains(voice) && $0.voices.contains(other) }
    return true
  }
}
