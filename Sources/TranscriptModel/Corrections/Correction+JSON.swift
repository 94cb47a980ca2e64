public import OrderedJSON

extension Correction {
  /// Reads one element of a list of corrections; members it does not know are passed over.
  ///
  /// - Parameter index: Its position in the list, for the problem.
  public init(json: JSONValue, index: Int) throws(CorrectionProblem) {
    let id = json["id"]?.string
    guard let id, !id.isEmpty else {
      throw CorrectionProblem(index: index, id: nil, .malformed, "It has no id.")
    }
    let change: Change?
    let (kind, date): (String, String)
    do throws(TranscriptDocumentError) {
      let reader = DocumentReader(json)
      (kind, date) = (try reader.string("kind"), try reader.string("at"))
      change = try Change(kind: kind, reader)
    } catch {
      throw CorrectionProblem(index: index, id: id, .malformed, "It cannot be read: \(error).")
    }
    guard let change else {
      let message = "Corrections of the kind “\(kind.prefix(40))” are not known here."
      throw CorrectionProblem(index: index, id: id, .unknownKind, message)
    }
    self.init(id: id, date: date, change: change, author: json["by"]?.string)
  }

  /// The correction as it stands in a list.
  public var json: JSONValue {
    var object: JSONObject = ["id": .string(id), "at": .string(date)]
    object["by"] = author.map { .string($0) }
    object["kind"] = .string(change.kind)
    for (key, value) in change.members.members { object[key] = value }
    return .object(object)
  }
}
