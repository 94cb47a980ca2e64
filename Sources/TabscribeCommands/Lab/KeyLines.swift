internal import Dispatch
internal import PromptLab

/// Lines of standard input, read on a thread of their own, since reading blocks.
enum KeyLines {
  /// - Parameter receive: Gets each line without blanks, and `nil` at the end of input.
  static func read(_ receive: @escaping @Sendable (String?) -> Void) {
    DispatchQueue(label: "tabscribe.keys").async {
      while let line = readLine() { receive(line.filter { $0 != " " && $0 != "\t" }) }
      receive(nil)
    }
  }
}
