package import OrderedJSON

/// Why something asked for is not done: what was found, and what to do about it.
///
/// Options are named as settings, "the setting mediaResolution", which whoever shows it puts into words of
/// its own.
package struct Refusal: Error, Hashable {
  /// What kind of failure it is.
  package enum Kind: Hashable, Sendable {
    /// What was asked for cannot be understood, or cannot be done so.
    case usage
    /// It could be, but failed.
    case failed
    /// A limit would be passed.
    case limit
  }

  /// What happened: one sentence that names the file, setting or row it concerns.
  package let message: String
  /// What to do: one sentence.
  package let remedy: String
  /// What kind of failure it is.
  package let kind: Kind
  /// Further facts for machines, such as a path.
  package let details: JSONObject

  /// A refusal; both sentences end with a full stop.
  package init(
    _ message: String,
    remedy: String,
    kind: Kind = .failed,
    details: JSONObject = [:]
  ) {
    (self.message, self.remedy, self.kind, self.details) = (message, remedy, kind, details)
  }

  /// What was asked for cannot be understood, or cannot be done so.
  package static func usage(_ message: String, remedy: String) -> Refusal {
    Refusal(message, remedy: remedy, kind: .usage)
  }
}
