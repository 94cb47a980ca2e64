internal import HostSystem
internal import OrderedJSON

extension GeminiConfiguration {
  private static let recordingName = "service.json"

  /// Whom a recording was made with; nobody asks, since nothing will be sent.
  ///
  /// - Throws: ``GeminiError`` with the code `notRecorded` when the recording does not say.
  public init(recordingIn folder: String) throws {
    let path = "\(folder)/\(Self.recordingName)"
    guard let bytes = try? LocalFile(path: path).bytes(upTo: 1 << 20),
      let json = try? JSONValue(parsing: bytes), let baseURL = json["baseURL"]?.string,
      let apiVersion = json["apiVersion"]?.string
    else {
      throw GeminiError(
        .notRecorded,
        "\(folder) holds no recording: \(Self.recordingName) is missing or damaged",
        remedy: "record into it first"
      )
    }
    self.init(apiKey: Secret(""), baseURL: baseURL, apiVersion: apiVersion)
    credentials = .none
    isReplay = true
    if let location = json["location"]?.string {
      backend = .agentPlatform(project: json["project"]?.string, location: location)
    }
  }

  /// Notes whom a recording is made with, without who asks.
  func write(toRecording folder: String) throws {
    var object: JSONObject = [
      "baseURL": .string(baseURL), "apiVersion": .string(apiVersion),
    ]
    if case .agentPlatform(let project, let location) = backend {
      object["location"] = .string(location)
      if let project { object["project"] = .string(project) }
    }
    let text = JSONValue.object(object).rendered(.pretty) + "\n"
    let path = "\(folder)/\(Self.recordingName)"
    try HostFiles.write(text.utf8, to: path, replacing: true, for: .user)
  }
}
