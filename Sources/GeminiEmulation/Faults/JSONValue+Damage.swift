internal import OrderedJSON

extension JSONValue {
  /// Enumerations that no document lists, as the service adds them without notice.
  var withUnknownEnums: JSONValue {
    guard var object else { return self }
    object["modelStatus"] = ["modelStage": "MODEL_STAGE_OF_TOMORROW"]
    if var usage = object["usageMetadata"]?.object {
      let details =
        (usage["promptTokensDetails"]?.array ?? [])
        + [["modality": "MODALITY_OF_TOMORROW", "tokenCount": 1]]
      usage["promptTokensDetails"] = .array(details)
      object["usageMetadata"] = .object(usage)
    }
    if var candidate = object["candidates"]?[0]?.object {
      candidate["safetyRatings"] = [
        ["category": "HARM_CATEGORY_OF_TOMORROW", "probability": "BARELY"]
      ]
      object["candidates"] = [.object(candidate)]
    }
    return .object(object)
  }

  /// The response with a member set, in an object of it where one is named.
  func with(_ name: String, _ value: JSONValue, in holder: String? = nil) -> JSONValue {
    guard var object else { return self }
    guard let holder else {
      object[name] = value
      return .object(object)
    }
    object[holder] = object[holder]?.with(name, value)
    return .object(object)
  }

  /// Members written twice, first with another value.
  var withDuplicateKeys: JSONValue {
    guard let object else { return self }
    let stale: [(key: String, value: JSONValue)] = [
      ("modelVersion", "stale"), ("usageMetadata", ["promptTokenCount": 1]),
    ]
    return .object(JSONObject(uniqueMembers: stale + object.members))
  }
}
