/// What a path names.
struct Route: Hashable, Sendable {
  /// A thing of the API, with the verb after its colon or last slash.
  enum Resource: Hashable, Sendable {
    case models
    case model(String, verb: String?)
    case upload
    case files(verb: String?)
    case file(String, verb: String?)
    case caches
    case cache(String)
    case batches
    case batch(String, verb: String?)
    case jobs
    case job(String, verb: String?)
    case interactions
    case interaction(String, verb: String?)
  }

  let version: String
  let backend: Backend
  /// `projects/P/locations/L` where the path names them.
  let scope: String?
  let resource: Resource

  private static let versions: Set = ["v1", "v1beta", "v1alpha", "v1beta1"]

  /// Reads a path; `nil` when the service has nothing there.
  init?(path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: true)[...]
    if parts.first == "resumable" { parts.removeFirst() }
    let prefix = parts.first
    if prefix == "upload" || prefix == "download" { parts.removeFirst() }
    guard let version = parts.popFirst(), Self.versions.contains(String(version)) else {
      return nil
    }
    var scope: String?
    var backend = Backend.aiStudio
    if parts.first == "projects", parts.count >= 4, parts.dropFirst(2).first == "locations" {
      scope = parts.prefix(4).joined(separator: "/")
      backend = .agentPlatform
      parts.removeFirst(4)
    }
    if parts.starts(with: ["publishers", "google"]) {
      backend = .agentPlatform
      parts.removeFirst(2)
    }
    guard let resource = Self.resource(parts.map(String.init), isUpload: prefix == "upload") else {
      return nil
    }
    self.version = String(version)
    self.backend = backend
    self.scope = scope
    self.resource = resource
  }

  private static func resource(_ parts: [String], isUpload: Bool) -> Resource? {
    guard let collection = parts.first else { return nil }
    if isUpload { return parts == ["files"] ? .upload : nil }
    if parts.count == 1 {
      let (name, verb) = split(collection)
      switch name {
      case "files": return .files(verb: verb)
      case "models": return verb == nil ? .models : nil
      case "cachedContents": return .caches
      case "batches": return .batches
      case "batchPredictionJobs": return .jobs
      case "interactions": return .interactions
      default: return nil
      }
    }
    let (id, verb) = split(parts[1])
    let slashVerb = parts.count == 3 ? parts[2] : nil
    guard parts.count == 2 || (parts.count == 3 && collection == "interactions") else { return nil }
    switch collection {
    case "models", "endpoints": return .model(id, verb: verb)
    case "files": return .file(id, verb: verb)
    case "cachedContents": return verb == nil ? .cache(id) : nil
    case "batches": return .batch(id, verb: verb)
    case "batchPredictionJobs": return .job(id, verb: verb)
    case "interactions": return .interaction(id, verb: slashVerb)
    default: return nil
    }
  }

  /// `id:verb` in two.
  private static func split(_ part: String) -> (String, String?) {
    guard let colon = part.lastIndex(of: ":") else { return (part, nil) }
    return (String(part[..<colon]), String(part[part.index(after: colon)...]))
  }
}
