import TestSupport
import Testing

/// What keeps a store.
enum StoreEngine: String, CaseIterable, Sendable {
  case sqlite = "SQLite"
  case postgresql = "PostgreSQL"

  /// The one that the test under way is about.
  @TaskLocal static var current = StoreEngine.sqlite

  /// The one of the second store, where a test has two.
  @TaskLocal static var other = StoreEngine.sqlite

  static var installed: [StoreEngine] {
    PostgreSQLServer.isInstalled ? allCases : [.sqlite]
  }
}

/// Runs every test of a suite with each engine that is installed.
///
/// `ServerTests` is reported as skipped where no server is.
struct EachEngine: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable () async throws -> Void
  ) async throws {
    for engine in StoreEngine.installed {
      await StoreEngine.$current.withValue(engine) {
        do {
          try await function()
        } catch {
          Issue.record(error, "with \(engine.rawValue)")
        }
      }
    }
  }
}

/// Runs a test of two stores with each pair of engines.
struct EachPairOfEngines: TestTrait, TestScoping {
  func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable () async throws -> Void
  ) async throws {
    for engine in StoreEngine.installed {
      try await StoreEngine.$other.withValue(engine) {
        try await EachEngine().provideScope(for: test, testCase: testCase, performing: function)
      }
    }
  }
}

extension Trait where Self == EachPairOfEngines {
  static var eachPairOfEngines: Self { Self() }
}

extension Trait where Self == EachEngine {
  static var eachEngine: Self { Self() }
}
