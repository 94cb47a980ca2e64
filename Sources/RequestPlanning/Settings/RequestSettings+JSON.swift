public import OrderedJSON

extension RequestSettings {
  /// The version of how an identity is spelled; another one makes all earlier work unknown, so that
  /// it goes up only where an old spelling would be mistaken for something else.
  public static let identityVersion = 2

  /// The settings as a record: everything that is said or always has a value.
  public var json: JSONValue {
    .object(object { $0.json(self) })
  }

  /// What makes work the same at another time, in stable spellings: what is unusual of the settings
  /// that an answer depends on, so that a usual value given in words is none.
  public var identityJSON: JSONValue {
    .object(object { $0.isIdentity && !$0.isUsual(self) ? $0.json(self) : nil })
  }

  /// What is said and unusual of all settings, from which ``init(json:)`` makes them again.
  package var unusualJSON: JSONValue {
    .object(object { $0.isUsual(self) ? nil : $0.json(self) })
  }

  /// What a result names among the parameters of its run: what is said and unusual.
  public var unusualParameters: JSONObject {
    object { $0.isParameter && !$0.isUsual(self) ? $0.json(self) : nil }
  }

  /// The settings of a record; what is not there is as usual, what is not known is passed over.
  ///
  /// - Returns: `nil` when the record is no object, or a value is not one of its setting.
  public init?(json: JSONValue) {
    self.init()
    guard let members = json.object else { return nil }
    for field in Self.fields {
      guard let value = members[field.key] else { continue }
      guard field.read(value, &self) else { return nil }
    }
  }

  private func object(_ value: (SettingField) -> JSONValue?) -> JSONObject {
    JSONObject(
      Self.fields.compactMap { field in
        guard let value = value(field), value != .null else { return nil }
        return (field.key, value)
      }
    )
  }
}
