/// Options that serve one purpose, under one heading in the help.
public struct OptionGroup: Sendable {
  /// The purpose, as a heading.
  public let title: String
  /// The options in the order shown.
  public let options: [OptionDeclaration]

  /// A group of flags and options that take values.
  public init(_ title: String, _ options: [any CommandOption]) {
    self.title = title
    self.options = options.map(\.declaration)
  }
}
