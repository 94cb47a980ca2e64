package import OrderedJSON

extension TranscriptDocument {
  /// Says who made the corrections that were not there before, of those that people make.
  ///
  /// Who is named already stays: corrections come from elsewhere with their names.
  package mutating func sign(correctionsBesides before: [JSONValue], as author: String) {
    let old = Set(before)
    for (index, correction) in corrections.enumerated()
    where !old.contains(correction) && correction["kind"]?.string != "times"
      && correction["by"] == nil && correction["carried"] == nil
    {
      corrections[index] = correction.signed(by: author)
    }
  }
}

extension JSONValue {
  /// A correction as somebody's own, whoever it named before; `nil` for nobody's.
  package func signed(by author: String?) -> JSONValue {
    guard let members = object else { return self }
    // Behind the moment, as corrections are written.
    var signed = JSONObject()
    for (name, value) in members.members where name != "by" {
      signed[name] = value
      if name == "at", let author { signed["by"] = .string(author) }
    }
    if let author, signed["by"] == nil { signed["by"] = .string(author) }
    return .object(signed)
  }

  /// A correction without the name of who made it.
  var unsigned: JSONValue { self["by"] == nil ? self : signed(by: nil) }
}
