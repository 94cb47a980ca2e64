/// A model's name as users write it, turned into the path the backend wants.
struct ModelName: Hashable {
  /// The path after the version, such as `models/gemini-3.5-flash`.
  let path: String

  /// - Throws: ``GeminiError`` for a name that could change the address it becomes part of.
  init(_ text: String, backend: GeminiConfiguration.Backend) throws {
    let name = Self.withoutProvider(text)
    guard Self.isPlain(name) else {
      throw GeminiError(
        .invalidConfiguration,
        "\(String(text.prefix(100)).debugDescription) cannot be the name of a model",
        remedy: "write it as in gemini-3.5-flash"
      )
    }
    switch backend {
    case .aiStudio: path = name.contains("/") ? name : "models/\(name)"
    case .agentPlatform(let project, let location):
      path = Self.prefix(project, location) + Self.publisherPath(name)
    }
  }

  /// `projects/…/locations/…/` in front of everything that belongs to a project.
  static func prefix(_ project: String?, _ location: String) -> String {
    project.map { "projects/\($0)/locations/\(location)/" } ?? ""
  }

  private static func publisherPath(_ name: String) -> String {
    if name.hasPrefix("publishers/") || name.hasPrefix("endpoints/") { return name }
    let id = name.hasPrefix("models/") ? String(name.dropFirst(7)) : name
    return "publishers/google/models/\(id)"
  }

  /// Prompt files name the provider in front of the model.
  private static func withoutProvider(_ text: String) -> String {
    for provider in ["googleai/", "vertexai/"] where text.hasPrefix(provider) {
      return String(text.dropFirst(provider.count))
    }
    return text
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.contains("..") && !name.hasPrefix("/") && !name.hasSuffix("/")
      && name.allSatisfy { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || "-_./@".contains(character)
      }
  }
}
