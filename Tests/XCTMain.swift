import Testing

/// Where the test program begins.
///
/// There is no XCTest here: Swift Testing finds its tests by itself, so that no build has to index every
/// source to look for any.
@main
struct AllTests {
  static func main() async {
    // `swift test` asks for the tests of both libraries, one after the other.
    guard !CommandLine.arguments.contains("xctest") else { return }
    await Testing.__swiftPMEntryPoint() as Never
  }
}
