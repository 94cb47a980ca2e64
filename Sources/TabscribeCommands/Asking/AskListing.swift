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
      for citation in answer.citations { lines += self.lines(of: citation, style) }
    }
    return lines
  }

  private func lines(of citation: AskedTurn.Citation, _ style: TextStyle) -> [String] {
    let time = DisplayWidth.padded(citation.start?.rendered ?? "?", to: 7, alignment: .right)
    var line = time + "  "
    if let speaker = citation.speaker { line += SafeText.line(speaker) + ": " }
    line += citation.text.map { "“\(SafeText.line($0))”" } ?? "no words"
    if let remark = remark(citation) { line += "  " + style.yellow(remark) }
    guard let link = link(to: citation) else { return [line] }
    return [line, String(repeating: " ", count: 9) + style.dim(SafeText.line(link))]
  }

  /// What is wrong with a citation; `nil` where nothing is.
  private func remark(_ citation: AskedTurn.Citation) -> String? {
    guard citation.row != nil else { return "no such row" }
    guard let match = citation.match, match < QuoteScore.least else { return nil }
    return "only \(Int((match * 100).rounded())) % of the words stand so in the row"
  }

  private func link(to citation: AskedTurn.Citation) -> String? {
    citation.row == nil ? nil : transcript.link(to: citation.start)
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
            "citations": .array(answer.citations.map(json)),
          ]
        }
      ),
    ]
  }

  private func json(_ citation: AskedTurn.Citation) -> JSONValue {
    [
      // As everywhere in JSON counted from 0.
      "row": citation.row.map { JSONValue($0 - 1) } ?? .null,
      "startMS": citation.start.map { JSONValue($0.milliseconds) } ?? .null,
      "speaker": citation.speaker.map { .string($0) } ?? .null,
      "text": citation.text.map { .string($0) } ?? .null,
      "match": citation.match.map { JSONValue(floatLiteral: $0) } ?? .null,
      "link": link(to: citation).map { .string($0) } ?? .null,
    ]
  }
}
