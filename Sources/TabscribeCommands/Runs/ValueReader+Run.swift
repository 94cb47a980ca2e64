internal import CommandLineInterface

extension ValueReader where Value == String {
  /// A run by its id, the beginning of one, or `last`.
  static let run = ValueReader.text(
    "RUN",
    completion: .produced(["last"], by: ["runs", "list", "--ids"])
  )
}
