internal import OrderedJSON

/// What a tag evaluates.
enum Expression: Sendable {
  /// A literal; `nil` is `undefined`.
  case literal(JSONValue?)
  case path(VariablePath)
  case call(HelperInvocation)
}

/// A way to a variable, such as `a.b`, `../name`, `@index` or `this`.
final class VariablePath: Sendable {
  enum Root: Hashable, Sendable {
    /// The context, or the one so many levels out.
    case context(depth: Int)
    /// A variable with `@`, from the data frame so many levels out.
    case data(depth: Int)
    /// A block parameter: the list so many levels out, and the position in it.
    case blockParameter(level: Int, position: Int)
  }

  let root: Root
  /// The names to follow from the root.
  let names: [String]
  /// The path as written, without the brackets of literal segments.
  let original: String
  /// Whether the path begins with `.` or `this` and so names no helper.
  let isScoped: Bool
  let offset: Int

  init(root: Root, names: [String], original: String, isScoped: Bool, offset: Int) {
    self.root = root
    self.names = names
    self.original = original
    self.isScoped = isScoped
    self.offset = offset
  }

  /// The name, when the path is one plain name, which a helper may have.
  var simpleName: String? {
    guard root == .context(depth: 0), names.count == 1, !isScoped else { return nil }
    return names[0]
  }

  /// Whether the path is the context itself.
  var isThis: Bool { root == .context(depth: 0) && names.isEmpty }
}

/// The arguments of a call: values in order, and values by name.
struct Arguments: Sendable {
  var positional: [Expression] = []
  var named: [(name: String, value: Expression)] = []

  var isEmpty: Bool { positional.isEmpty && named.isEmpty }

  func named(_ name: String) -> Expression? { named.first { $0.name == name }?.value }
}

/// A call of a helper with its arguments.
final class HelperInvocation: Sendable {
  let name: String
  let helper: Helper
  let arguments: Arguments
  let offset: Int

  init(name: String, helper: Helper, arguments: Arguments, offset: Int) {
    self.name = name
    self.helper = helper
    self.arguments = arguments
    self.offset = offset
  }
}
