internal import CommandLineInterface
internal import HostSystem
internal import ModelContextProtocol
internal import OrderedJSON
internal import RunStore
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A call of `derive` that spends of an allowance.
struct DeriveCall {
  let command: CommandTool
  let context: CommandContext
  let allowance: DeriveAllowance

  /// Asks, and notes what it cost, however it ended.
  func run(_ options: [String], _ operands: [String]) async throws(ToolFailure) -> JSONObject {
    let left = try allowance.take()
    let before = runs()
    let outcome: Result<JSONObject, ToolFailure>
    do throws(ToolFailure) {
      outcome = .success(try await command.run(options + ["--cost-limit=\(left)"], operands))
    } catch {
      outcome = .failure(error)
    }
    // What is not known counts as all that was allowed.
    let rest = allowance.settle(spent(since: before) ?? left)
    var result = try outcome.get()
    result["leftUSD"] = .string("\(rest)")
    return result
  }

  /// The ids of the newest runs that this process made; `nil` when the store does not tell.
  private func runs() -> Set<String>? {
    let user = UserStore(context)
    guard user.isThere else { return [] }
    // One call makes one run; more than these never lie between two looks.
    let found = try? user.reading().runs(limit: 1000)
    let own = found?.filter { $0.process == .current }
    return own.map { Set($0.map(\.id)) }
  }

  /// What runs cost that were not there before; `nil` when the store does not tell.
  private func spent(since before: Set<String>?) -> Decimal? {
    guard let before, let after = runs() else { return nil }
    var sum = Decimal(0)
    for run in after.subtracting(before) {
      guard let cost = try? UserStore(context).reading().spending(of: run) else { return nil }
      sum += cost
    }
    return sum
  }
}
