internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptRecipes

/// Words that an answer rests on, as they are shown.
struct CitationText {
  private let citation: AskedTurn.Citation
  private let transcript: AskedTranscript?

  /// - Parameter transcript: Where the words stand; `nil` where that cannot be told.
  init(_ citation: AskedTurn.Citation, of transcript: AskedTranscript?) {
    (self.citation, self.transcript) = (citation, transcript)
  }

  /// Time, speaker and words, and below them the way to the moment.
  ///
  /// - Parameter isNamed: Whether the transcript is named, as where those of several stand together.
  func lines(_ style: TextStyle, isNamed: Bool = false) -> [String] {
    let time = DisplayWidth.padded(citation.start?.rendered ?? "?", to: 7, alignment: .right)
    var line = time + "  "
    if isNamed { line += SafeText.line(transcript?.title ?? "?") + ", " }
    if let speaker = citation.speaker { line += SafeText.line(speaker) + ": " }
    line += citation.text.map { "“\(SafeText.line($0))”" } ?? "no words"
    if let remark { line += "  " + style.yellow(remark) }
    guard let link else { return [line] }
    return [line, String(repeating: " ", count: 9) + style.dim(SafeText.line(link))]
  }

  /// What is wrong with it; `nil` where nothing is.
  private var remark: String? {
    guard citation.row != nil else { return "no such row" }
    guard let match = citation.match, match < QuoteScore.least else { return nil }
    return "only \(Int((match * 100).rounded())) % of the words stand so in the row"
  }

  private var link: String? {
    citation.row == nil ? nil : transcript?.link(to: citation.start)
  }

  /// The same for machines.
  var json: JSONObject {
    [
      // As everywhere in JSON counted from 0.
      "row": citation.row.map { JSONValue($0 - 1) } ?? .null,
      "startMS": citation.start.map { JSONValue($0.milliseconds) } ?? .null,
      "speaker": citation.speaker.map { .string($0) } ?? .null,
      "text": citation.text.map { .string($0) } ?? .null,
      "match": citation.match.map { JSONValue(floatLiteral: $0) } ?? .null,
      "link": link.map { .string($0) } ?? .null,
    ]
  }
}

extension GatheredAnswer.Answer {
  /// The answer for people, with the words of all transcripts that it rests on.
  func lines(_ style: TextStyle) -> [String] {
    [SafeText.line(text ?? "?")]
      + citations.flatMap {
        CitationText($0.citation, of: $0.transcript).lines(style, isNamed: true)
      }
  }

  /// The same for machines.
  var json: JSONValue {
    [
      "answer": text.map { .string($0) } ?? .null,
      "citations": .array(
        citations.map { transcript, citation in
          var object: JSONObject = [
            "transcript": transcript.map { .string($0.spelling) } ?? .null
          ]
          for (key, value) in CitationText(citation, of: transcript).json.members {
            object[key] = value
          }
          return .object(object)
        }
      ),
    ]
  }
}
