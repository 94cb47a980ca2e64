internal import OrderedJSON

/// Where in a recording somebody speaks, as finely as a screen shows it.
public struct SpeechMap: Hashable, Sendable {
  /// More units than any screen has columns for, so that the map of a day is as small as that of an hour.
  private static let mostUnits = 4000
  /// A tenth of a second: no pause between words that is shorter is worth showing.
  private static let leastUnit = 100

  /// The milliseconds of a unit, `1...`.
  public let unitMS: Int
  /// The stretches with speech in units, in order; none touches the next.
  public let stretches: [Range<Int>]

  /// A map of stretches, in order.
  ///
  /// - Parameters:
  ///   - ranges: The stretches; those that share a unit become one.
  ///   - durationMS: The length of the recording, in milliseconds.
  public init(_ ranges: [TimeRange], durationMS: Int) {
    let unit = max(Self.leastUnit, (durationMS + Self.mostUnits - 1) / Self.mostUnits)
    var stretches: [Range<Int>] = []
    for range in ranges {
      let start = range.start.milliseconds / unit
      let end = max(start + 1, (range.end.milliseconds + unit - 1) / unit)
      if let last = stretches.last, last.upperBound >= start {
        stretches[stretches.count - 1] = last.lowerBound..<max(last.upperBound, end)
      } else {
        stretches.append(start..<end)
      }
    }
    (unitMS, self.stretches) = (unit, stretches)
  }

  /// The stretches in milliseconds.
  public var ranges: [Range<Int>] {
    stretches.map { $0.lowerBound * unitMS..<$0.upperBound * unitMS }
  }

  /// Reads what ``json`` writes.
  init(reader: DocumentReader) throws(TranscriptDocumentError) {
    let unit = try reader.required("unitMS")
    unitMS = try unit.amount()
    guard unitMS > 0 else { throw unit.fault("a length is due") }
    let list = try reader.required("edges")
    var edges: [Int] = []
    for edge in try list.elements() {
      let place = try edge.amount()
      guard place > edges.last ?? -1, edges.count < 2 * Self.mostUnits,
        !place.multipliedReportingOverflow(by: unitMS).overflow
      else { throw edge.fault("speech begins and ends in turn") }
      edges.append(place)
    }
    guard edges.count.isMultiple(of: 2) else { throw list.fault("speech that begins ends") }
    stretches = stride(from: 0, to: edges.count, by: 2).map { edges[$0]..<edges[$0 + 1] }
  }

  /// The map: where speech begins and ends in turn, in units.
  var json: JSONValue {
    let edges = stretches.flatMap { [JSONValue($0.lowerBound), JSONValue($0.upperBound)] }
    return ["unitMS": .init(unitMS), "edges": .array(edges)]
  }
}
