internal import OrderedJSON

/// What a speech model hears in a stretch of sound.
public struct AudioTranscription: Hashable, Sendable {
  /// A word and when it is spoken; times count from the start of the sound.
  public struct Word: Hashable, Sendable {
    /// The word with the signs behind it.
    public var text: String
    /// When it begins; `nil` when the service does not say.
    public var start: Duration?
    /// When it ends; `nil` when the service does not say.
    public var end: Duration?

    /// A word and when it is spoken.
    public init(text: String, start: Duration?, end: Duration?) {
      (self.text, self.start, self.end) = (text, start, end)
    }
  }

  /// What is said.
  public var text: String
  /// Whose voice it is, such as `spk_1`; only where voices were asked to be told apart.
  public var speakerLabel: String?
  /// The language, a BCP 47 tag, when the service tells it.
  public var languageCode: String?
  /// The words; only where their times were asked for.
  public var words: [Word]

  /// What a speech model hears.
  public init(
    text: String,
    speakerLabel: String? = nil,
    languageCode: String? = nil,
    words: [Word] = []
  ) {
    self.text = text
    self.speakerLabel = speakerLabel
    self.languageCode = languageCode
    self.words = words
  }

  init(_ wire: WireObject) {
    self.init(
      text: wire.string("text") ?? "",
      speakerLabel: wire.string("speakerLabel"),
      languageCode: wire.string("languageCode"),
      words: wire.list("words") { word in
        Word(
          text: word.string("word") ?? "",
          start: word.string("startOffset").flatMap(WireDuration.duration),
          end: word.string("endOffset").flatMap(WireDuration.duration)
        )
      }
    )
  }

  var json: JSONValue {
    var object: JSONObject = ["text": .string(text)]
    object["speakerLabel"] = speakerLabel.map { .string($0) }
    object["languageCode"] = languageCode.map { .string($0) }
    object.setList(
      "words",
      words.map { word in
        var object: JSONObject = ["word": .string(word.text)]
        object["startOffset"] = word.start.map { .string(WireDuration.text($0)) }
        object["endOffset"] = word.end.map { .string(WireDuration.text($0)) }
        return .object(object)
      }
    )
    return .object(object)
  }
}
