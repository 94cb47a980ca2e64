public import OrderedJSON
public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An amount of US dollars that could only be guessed: the least, the likeliest and the most.
public struct MoneyRange: Hashable, Sendable {
  /// The least.
  public var low: Decimal
  /// The likeliest.
  public var expected: Decimal
  /// The most.
  public var high: Decimal

  /// A guess.
  public init(low: Decimal, expected: Decimal, high: Decimal) {
    self.low = low
    self.expected = expected
    self.high = high
  }
}

/// One source of a run with one prompt and one set of settings.
public struct NewItem: Hashable, Sendable {
  /// A text with the name it goes by; equal texts are stored once.
  public struct NamedText: Hashable, Sendable {
    /// The name for people.
    public var name: String
    /// The text.
    public var text: String

    /// A text and its name.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Its place in the run, from 1.
  public var position: Int
  /// What is transcribed.
  public var source: StoredSource
  /// A digest that is equal for the same content, prompt, schema, config and model.
  public var identity: String
  /// The model asked for.
  public var model: String
  /// The prompt with its partials put in.
  public var prompt: NamedText
  /// The schema.
  public var schema: NamedText
  /// The prompt's config as sent.
  public var config: JSONValue
  /// What else is needed to send and to read the item's requests.
  public var settings: JSONValue
  /// What it was expected to cost when its run began; `nil` when that was not known.
  public var estimate: MoneyRange?
  /// What answers in the place of the service; `nil` for the service itself, and where it is not known.
  public var standIn: StandIn?

  /// An item that waits.
  public init(
    position: Int,
    source: StoredSource,
    identity: String,
    model: String,
    prompt: NamedText,
    schema: NamedText,
    config: JSONValue,
    settings: JSONValue,
    estimate: MoneyRange? = nil,
    standIn: StandIn? = nil
  ) {
    self.position = position
    self.source = source
    self.identity = identity
    self.model = model
    self.prompt = prompt
    self.schema = schema
    self.config = config
    self.settings = settings
    self.estimate = estimate
    self.standIn = standIn
  }
}
