import OrderedJSON

/// Fields that google-genai 3.6.1 sends and no published document has.
enum NewestFields {
  /// Additions to the definitions of the Interactions API.
  static let interactions: JSONValue = [
    "AudioContent": ["properties": ["processing": ["$ref": "#/definitions/Processing"]]],
    "StaticMediaProcessing": [
      "properties": ["content_layers": ["type": "array", "items": ["type": "string"]]]
    ],
  ]

  /// Additions to the schemas of an interface whose names begin in some way.
  static func schemas(_ prefix: String = "") -> JSONValue {
    let clip: JSONValue = [
      "startOffset": ["type": "string", "format": "google-duration"],
      "endOffset": ["type": "string", "format": "google-duration"],
    ]
    let layers: JSONValue = [
      "type": "array",
      "items": [
        "type": "string", "enum": ["CONTENT_LAYER_UNSPECIFIED", "FRAMES", "AUDIO", "TRANSCRIPT"],
      ],
    ]
    return .object([
      prefix + "Part": [
        "properties": ["audioMetadata": ["$ref": .string(prefix + "AudioMetadata")]]
      ],
      prefix + "VideoMetadata": ["properties": ["contentLayers": layers]],
      prefix + "AudioMetadata": [
        "id": .string(prefix + "AudioMetadata"), "type": "object", "properties": clip,
      ],
    ])
  }
}
