internal import OrderedJSON

/// A server of the Model Context Protocol that offers tools, between one client and this process.
///
/// It answers what ``receive(_:)`` is given: one message of JSON-RPC 2.0 to the line, in the revisions
/// of ``ProtocolRevision``. Calls of tools run side by side, and answers come as they are ready.
package actor ContextServer {
  /// Who serves, and what it is for.
  package struct Identity: Sendable {
    let name: String
    let version: String
    /// What an assistant should know beside what its tools say of themselves.
    let instructions: String

    /// An identity.
    package init(name: String, version: String, instructions: String) {
      (self.name, self.version, self.instructions) = (name, version, instructions)
    }

    var json: JSONValue { ["name": .string(name), "version": .string(version)] }
  }

  /// The most bytes of a message; arguments are short.
  package static let longestMessage = 1 << 20
  /// How many calls may be under way; a client that asks for more is told to wait.
  static let mostCalls = 8
  /// How long a client may keep the list of tools, which never changes while the server runs.
  private static let lifetimeMS = 3_600_000

  private let identity: Identity
  private let tools: [ContextTool]
  private let write: @Sendable (String) -> Void
  /// What `initialize` agreed on; `nil` before.
  private var agreed: ProtocolRevision?
  private var calls: [JSONValue: Call] = [:]

  private struct Call {
    let task: Task<Void, Never>
    let isReadOnly: Bool
  }

  /// A server; `write` gets one line after the other, each with its line break.
  package init(
    _ identity: Identity,
    tools: [ContextTool],
    write: @escaping @Sendable (String) -> Void
  ) {
    (self.identity, self.tools, self.write) = (identity, tools, write)
  }

  /// Takes a line, and answers it, at once or, where a tool is called, when that is done.
  ///
  /// - Parameter line: `nil` for one that was longer than ``longestMessage``.
  package func receive(_ line: [UInt8]?) {
    guard let line else {
      let limit = Self.longestMessage
      let error = ProtocolError(.invalidRequest, "A message has at most \(limit) bytes.")
      return answer(.null, error)
    }
    switch ProtocolMessage(line) {
    case .invalid(let id, let error): answer(id, error)
    case .answer: break
    case .notification("notifications/cancelled", let parameters):
      // Nobody waits for an answer any more, so none is given.
      if let id = parameters["requestId"] { calls.removeValue(forKey: id)?.task.cancel() }
    case .notification: break
    case .request(let request):
      do throws(ProtocolError) {
        try perform(request)
      } catch {
        answer(request.id, error)
      }
    }
  }

  /// Waits for the calls under way, when the client says no more; those that change something are stopped,
  /// since nobody may see any more what they cost.
  ///
  /// - Parameter isCancelled: Whether all of them are stopped.
  package func finish(isCancelled: Bool) async {
    let open = calls
    for (id, call) in open where isCancelled || !call.isReadOnly {
      calls[id] = nil
      call.task.cancel()
    }
    for call in open.values { await call.task.value }
  }

  private func perform(_ request: ProtocolRequest) throws(ProtocolError) {
    guard calls[request.id] == nil else {
      throw ProtocolError(.invalidRequest, "A request of this id is still under way.")
    }
    switch request.method {
    case "initialize": return try initialize(request)
    // Either side may ask at any time whether the other is there.
    case "ping" where request.meta[MetaName.version] == nil: return answer(request.id, [:], nil)
    default: break
    }
    let revision = try revision(of: request)
    switch request.method {
    case "server/discover" where revision.isStateless:
      answer(request.id, cacheable(discovery, revision), revision)
    case "tools/list":
      guard request.parameters["cursor"] == nil else {
        throw ProtocolError(.invalidParameters, "The list of tools has one page.")
      }
      answer(request.id, cacheable(["tools": .array(tools.map(\.json))], revision), revision)
    case "tools/call": try call(request, revision)
    default: throw ProtocolError(.unknownMethod, "There is no such method here.")
    }
  }

  // MARK: Revisions

  private func initialize(_ request: ProtocolRequest) throws(ProtocolError) {
    guard let asked = request.parameters["protocolVersion"]?.string else {
      throw ProtocolError(.invalidParameters, "\"protocolVersion\" is missing.")
    }
    let revision = ProtocolRevision.agreed(on: asked)
    agreed = revision
    answer(
      request.id,
      [
        "protocolVersion": .string(revision.rawValue),
        "capabilities": Self.capabilities,
        "serverInfo": identity.json,
        "instructions": .string(identity.instructions),
      ],
      revision
    )
  }

  /// The revision that a request is made in.
  private func revision(of request: ProtocolRequest) throws(ProtocolError) -> ProtocolRevision {
    guard let asked = request.meta[MetaName.version] else {
      if let agreed { return agreed }
      throw ProtocolError(
        .invalidRequest,
        "Open with initialize, or name the revision in _meta: "
          + ProtocolRevision.allCases.map(\.rawValue).joined(separator: ", ") + "."
      )
    }
    guard asked.string == ProtocolRevision.stateless.rawValue else {
      throw ProtocolError(
        .unsupportedRevision,
        "Unsupported protocol version.",
        data: ["supported": Self.revisions, "requested": asked]
      )
    }
    guard request.meta[MetaName.capabilities]?.object != nil else {
      throw ProtocolError(.invalidParameters, "_meta lacks \(MetaName.capabilities).")
    }
    return .stateless
  }

  private static let revisions = JSONValue.array(
    ProtocolRevision.allCases.map { .string($0.rawValue) }
  )
  private static let capabilities: JSONValue = ["tools": [:]]

  private var discovery: JSONObject {
    [
      "supportedVersions": Self.revisions,
      "capabilities": Self.capabilities,
      "instructions": .string(identity.instructions),
    ]
  }

  private func cacheable(_ result: JSONObject, _ revision: ProtocolRevision) -> JSONObject {
    guard revision.isStateless else { return result }
    var result = result
    result["ttlMs"] = JSONValue(Self.lifetimeMS)
    result["cacheScope"] = "private"
    return result
  }

  // MARK: Calls

  private func call(
    _ request: ProtocolRequest,
    _ revision: ProtocolRevision
  ) throws(ProtocolError) {
    guard let name = request.parameters["name"]?.string else {
      throw ProtocolError(.invalidParameters, "\"name\" is missing.")
    }
    guard let tool = tools.first(where: { $0.name == name }) else {
      let names = tools.map(\.name).joined(separator: ", ")
      throw ProtocolError(.invalidParameters, "There is no such tool; there are \(names).")
    }
    let given = request.parameters["arguments"]
    guard given == nil || given?.object != nil else {
      throw ProtocolError(.invalidParameters, "\"arguments\" has to be an object.")
    }
    guard calls.count < Self.mostCalls else {
      throw ProtocolError(.busy, "\(Self.mostCalls) calls are under way; wait for one to end.")
    }
    let task = Task {
      let outcome = await Self.outcome(of: tool, given?.object ?? [:])
      finish(request, BoundedResult(outcome).json, revision)
    }
    calls[request.id] = Call(task: task, isReadOnly: tool.isReadOnly)
  }

  private static func outcome(
    of tool: ContextTool,
    _ values: JSONObject
  ) async -> Result<JSONObject, ToolFailure> {
    do throws(ToolFailure) {
      return .success(try await tool.run(ToolArguments(values, for: tool.parameters)))
    } catch {
      return .failure(error)
    }
  }

  private func finish(
    _ request: ProtocolRequest,
    _ result: JSONObject,
    _ revision: ProtocolRevision
  ) {
    // Of a call that was cancelled nothing is said.
    guard calls.removeValue(forKey: request.id) != nil else { return }
    answer(request.id, result, revision)
  }

  // MARK: Answers

  private func answer(_ id: JSONValue, _ result: JSONObject, _ revision: ProtocolRevision?) {
    var result = result
    if revision?.isStateless == true {
      result["resultType"] = "complete"
      result["_meta"] = .object([MetaName.server: identity.json])
    }
    send(["jsonrpc": "2.0", "id": id, "result": .object(result)])
  }

  private func answer(_ id: JSONValue, _ error: ProtocolError) {
    send(["jsonrpc": "2.0", "id": id, "error": error.json])
  }

  private func send(_ message: JSONValue) { write(message.rendered() + "\n") }
}
