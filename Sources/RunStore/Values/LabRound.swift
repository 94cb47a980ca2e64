public import OrderedJSON

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A use of a lab: variants of a prompt over clips of videos, several times each.
public struct LabRound: Hashable, Sendable {
  /// A variant in every letter.
  public struct Variant: Hashable, Sendable {
    /// Its name, one of its kind in the round.
    public var name: String
    /// The prompt with everything that it refers to.
    public var prompt: JSONValue
    /// The settings, in the form of their record.
    public var settings: JSONValue

    /// A variant.
    public init(name: String, prompt: JSONValue, settings: JSONValue) {
      (self.name, self.prompt, self.settings) = (name, prompt, settings)
    }
  }

  /// What a variant made of a clip in one of its repeats.
  public struct Cell: Hashable, Sendable {
    /// The position of the variant, `0...`.
    public var variant: Int
    /// The name of the video.
    public var video: String
    /// The clip, as `0:00-1:00`; empty for all of the video.
    public var clip: String
    /// Which repeat, `1...`.
    public var repetition: Int
    /// The item with the result; `nil` when there is none, or no longer.
    public var item: Int64?
    /// The scores by metric: a numerator and a denominator each.
    public var scores: JSONValue

    /// A cell.
    public init(
      variant: Int,
      video: String,
      clip: String,
      repetition: Int,
      item: Int64?,
      scores: JSONValue
    ) {
      (self.variant, self.video, self.clip) = (variant, video, clip)
      (self.repetition, self.item, self.scores) = (repetition, item, scores)
    }
  }

  /// The number that the store gave it; 0 before.
  public internal(set) var id: Int64 = 0
  /// What the lab is called.
  public var lab: String
  /// When it began.
  public var startedAt: Date
  /// The folder that the paths of its sources start from.
  public var folder: String
  /// Further facts of the lab, as its owner writes them.
  public var facts: JSONValue
  /// The variants.
  public var variants: [Variant]
  /// The cells, in the order of the lab.
  public var cells: [Cell]

  /// A round.
  public init(
    lab: String,
    startedAt: Date,
    folder: String,
    facts: JSONValue,
    variants: [Variant],
    cells: [Cell]
  ) {
    (self.lab, self.startedAt, self.folder, self.facts) = (lab, startedAt, folder, facts)
    (self.variants, self.cells) = (variants, cells)
  }
}

extension LabRound {
  /// Whether another round of the lab has the same variants with the same results, scored alike.
  public func isSame(as other: LabRound) -> Bool {
    lab == other.lab && facts == other.facts && variants == other.variants && cells == other.cells
  }
}

/// A variant that others are measured by.
public struct LabBaseline: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The round.
  public let round: Int64
  /// The position of the variant in the round.
  public let variant: Int
  /// When it was set.
  public let setAt: Date
}
