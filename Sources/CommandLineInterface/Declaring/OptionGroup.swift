/// Options that serve one purpose, under one heading in the help.
package struct OptionGroup: Sendable {
  /// The purpose, as a heading.
  package let title: String
  /// The options in the order shown.
  package let options: [OptionDeclaration]

  /// A group of flags and options that take values.
  package init(_ title: String, _ options: [any CommandOption]) {
    self.title = title
    self.options = options.map(\.declaration)
  }
}
