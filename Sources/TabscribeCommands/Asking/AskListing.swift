internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptRecipes

/// What one transcript answers to a question.
struct AskListing {
  private let turn: AskedTurn
  private let transcript: AskedTranscript

  init(_ turn: AskedTurn, of transcript: AskedTranscript) {
    (self.turn, self.transcript) = (turn, transcript)
  }

  /// The answers for people, each with the words it rests on.
  ///
  /// - Parameter isNamed: Whether the transcript is named, as where there are several.
  func lines(_ style: TextStyle, isNamed: Bool) -> [String] {
    var lines = isNamed ? [style.bold(SafeText.line(transcript.title))] : []
    let known = turn.answers.filter { $0.text != nil || !$0.citations.isEmpty }
    if known.isEmpty { lines.append("The transcript does not answer that.") }
    for answer in known {
      lines.append(SafeText.line(answer.text ?? "?"))
      for citation in answer.citations {
        lines += CitationText(citation, of: transcript).lines(style)
      }
    }
    return lines
  }

  /// The answers for machines.
  var json: JSONValue {
    [
      "transcript": .string(transcript.spelling),
      "title": .string(transcript.title),
      "answers": .array(
        turn.answers.map { answer in
          [
            "answer": answer.text.map { .string($0) } ?? .null,
            "citations": .array(
              answer.citations.map { .object(CitationText($0, of: transcript).json) }
            ),
          ]
        }
      ),
    ]
  }
}
