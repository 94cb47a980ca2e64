public import OrderedJSON

extension Correction {
  /// What is not to go out of reports and exports; the transcript itself stays as it is.
  public enum Restriction: Hashable, Sendable {
    /// Words wherever they stand, whatever their case, accents and blanks; not empty.
    case words(String)
    /// All that is said in some rows; at least one.
    case rows([Place])
    /// The names of the speakers as they are when something goes out, and the parts of these.
    case speakers
    /// What the recipe `redact` found last.
    case redactions
  }
}

extension Correction.Restriction {
  /// Reads the one member of `words`, `rows` and `all` that says what is withheld.
  init(_ reader: DocumentReader) throws(TranscriptDocumentError) {
    if let all = try reader.optionalString("all") {
      switch all {
      case "speakers": self = .speakers
      case "redactions": self = .redactions
      default: throw try reader.required("all").fault("speakers or redactions is due")
      }
    } else if let words = try reader.optionalString("words") {
      guard words.contains(where: { !$0.isWhitespace }) else {
        throw try reader.required("words").fault("words are due")
      }
      self = .words(words)
    } else {
      let list = try reader.required("rows")
      var places: [Correction.Place] = []
      for row in try list.elements() { places.append(try .init(row)) }
      guard !places.isEmpty else { throw list.fault("at least one row is due") }
      self = .rows(places)
    }
  }

  var members: JSONObject {
    switch self {
    case .words(let words): ["words": .string(words)]
    case .rows(let places): ["rows": .array(places.map { .object($0.json([:])) })]
    case .speakers: ["all": "speakers"]
    case .redactions: ["all": "redactions"]
    }
  }
}

extension TranscriptDocument {
  /// Whether people said that something of it is not to go out.
  ///
  /// Also where that cannot be read: what is not understood is not passed over.
  public var hasRestrictions: Bool {
    corrections.contains { json in
      Correction.isRestriction(json) && CarriedCorrection(json)?.outcome != .obsolete
    }
  }
}

extension Correction {
  /// The kind of corrections that withhold.
  static let withholding = "withhold"

  /// Whether an element of a list of corrections withholds something, or means to.
  public static func isRestriction(_ json: JSONValue) -> Bool {
    json["kind"]?.string == withholding
  }
}
