/// Something that goes wrong on purpose.
package struct Fault: Hashable, Sendable {
  /// What goes wrong.
  package var kind: Kind
  /// The row at which an answer is cut or begins to repeat, from 1.
  package var row: Int
  /// Seconds a client is asked to wait, or a slow body takes.
  package var seconds: Double

  /// A fault of its parts.
  package init(_ kind: Kind, row: Int = 4, seconds: Double = 1) {
    self.kind = kind
    self.row = row
    self.seconds = seconds
  }
}
