public import OrderedJSON

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A run that begins: one use of a command that sends.
public struct NewRun: Sendable {
  /// The id, such as `20261120T101500Z-3f9ac2`.
  public var id: String
  /// When it begins.
  public var startedAt: Date
  /// The program and version.
  public var tool: String
  /// The command line without the program's name; must hold no secrets.
  public var arguments: [String]
  /// The absolute path of the folder that relative paths start from.
  public var workingFolder: String
  /// The speakers known from elsewhere as its requests tell of them, one a line; `nil` when its
  /// requests say nothing of the kind.
  public var knownSpeakers: String?
  /// The most that it may cost, in US dollars, also when it is taken up again.
  public var costLimit: Decimal?
  /// What it is to do, for a run that is taken up without its command line; `nil` for others.
  public var work: JSONValue?

  /// A run of this process.
  public init(
    id: String,
    startedAt: Date,
    tool: String,
    arguments: [String],
    workingFolder: String,
    knownSpeakers: String? = nil,
    costLimit: Decimal? = nil,
    work: JSONValue? = nil
  ) {
    self.id = id
    self.startedAt = startedAt
    self.tool = tool
    self.arguments = arguments
    self.workingFolder = workingFolder
    self.knownSpeakers = knownSpeakers
    self.costLimit = costLimit
    self.work = work
  }
}
