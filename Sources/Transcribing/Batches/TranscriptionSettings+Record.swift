internal import OrderedJSON
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension TranscriptionSettings {
  /// The settings as a document; what is not set is left out.
  var recordJSON: JSONValue {
    var object: JSONObject = [
      "parameters": .object(parameters), "encoding": .string(encoding.rawValue),
      "timebase": .string(timebase.rawValue),
    ]
    object["model"] = model.map { .string($0) }
    object["startMS"] = start.map { JSONValue($0.milliseconds) }
    object["endMS"] = end.map { JSONValue($0.milliseconds) }
    object["durationMS"] = duration.map { JSONValue($0.milliseconds) }
    object["fps"] = fps.map { JSONValue($0) }
    object["mediaResolution"] = mediaResolution.map { .string($0) }
    object["thinkingLevel"] = thinkingLevel.map { .string($0) }
    return .object(object)
  }

  /// The settings of a document.
  init(_ reader: RecordReader) throws(TranscriptionError) {
    self.init()
    let value = reader.value
    guard let encoding = ReplyEncoding(rawValue: try reader.text("encoding")),
      let timebase = Timebase(rawValue: try reader.text("timebase"))
    else { throw reader.failure("encoding", "json or tsv, with a time base") }
    (self.encoding, self.timebase) = (encoding, timebase)
    parameters = value["parameters"]?.object ?? [:]
    model = value["model"]?.string
    func time(_ key: String) -> Timecode? {
      value[key]?.int.flatMap { $0 >= 0 ? Timecode(milliseconds: $0) : nil }
    }
    (start, end, duration) = (time("startMS"), time("endMS"), time("durationMS"))
    fps = value["fps"]?.double
    mediaResolution = value["mediaResolution"]?.string
    thinkingLevel = value["thinkingLevel"]?.string
  }
}

extension CostRange {
  /// The amounts of a document; `nil` when they are not there.
  init?(record value: JSONValue?) {
    guard let low = value?["low"]?.decimal, let expected = value?["expected"]?.decimal,
      let high = value?["high"]?.decimal
    else { return nil }
    self.init(low: low, expected: expected, high: high)
  }
}
