internal import CommandLineInterface
internal import RequestPlanning

/// The platforms by the names options have for them.
enum ModelPlatformName {
  static let all = ModelPlatform.allCases.map(\.rawValue)

  /// The platform of an option's value; AI Studio when it is not given.
  static func platform(_ name: String?) -> ModelPlatform {
    name.flatMap(ModelPlatform.init(rawValue:)) ?? .aiStudio
  }
}
