internal import CCurl
internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The thread that owns libcurl's handles; other threads only leave commands for it.
final class TransferLoop: @unchecked Sendable {  // all but `mailbox` belongs to the loop's thread
  enum Command {
    case add(Transfer)
    case resume(Transfer)
    case cancel(Transfer)
    case stop
  }

  private struct Mailbox {
    var commands: [Command] = []
    var isWoken = false
    var isStopped = false
  }

  private let configuration: CurlTransport.Configuration
  private let multi: UnsafeMutableRawPointer
  private let mailbox = Lock(Mailbox())
  private var active: [ObjectIdentifier: (transfer: Transfer, handle: EasyHandle)] = [:]
  private var byHandle: [UnsafeMutableRawPointer: Transfer] = [:]
  private var idle: [EasyHandle] = []

  private static let initialized: Void = {
    let result = curl_global_init(Int(CURL_GLOBAL_ALL))
    precondition(result == CURLE_OK, "libcurl cannot start: \(result.rawValue)")
  }()

  init(configuration: CurlTransport.Configuration) {
    _ = Self.initialized
    self.configuration = configuration
    guard let multi = curl_multi_init() else { preconditionFailure("libcurl cannot start") }
    self.multi = multi
    _ = ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    startThread()
  }

  /// Leaves a command; wakes the thread once for a batch.
  ///
  /// The thread takes commands under the same lock, so the handle outlives the call that wakes it.
  func post(_ command: Command) {
    mailbox.withLock { box in
      guard !box.isStopped else { return }
      if case .stop = command { box.isStopped = true }
      box.commands.append(command)
      if !box.isWoken { curl_multi_wakeup(multi) }
      box.isWoken = true
    }
  }

  /// Ends the thread; transfers that still run fail.
  func stop() { post(.stop) }

  private func startThread() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(self).toOpaque()
    #if canImport(Darwin)
    var thread: pthread_t?
    let result = pthread_create(&thread, &attributes, { loopMain($0) }, context)
    #else
    var thread = pthread_t()
    let result = pthread_create(&thread, &attributes, { loopMain($0) }, context)
    #endif
    precondition(result == 0, "no thread for network transfers: error \(result)")
  }

  fileprivate func run() {
    while execute(takeCommands()) {
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      collectFinished()
      // Commands wake the poll; the timeout only bounds what a lost wake-up could cost.
      curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : 1000, nil)
    }
    for entry in active.values { remove(entry.transfer, error: nil) }
    idle = []
    curl_multi_cleanup(multi)
  }

  private func takeCommands() -> [Command] {
    mailbox.withLock { box in
      box.isWoken = false
      defer { box.commands.removeAll(keepingCapacity: true) }
      return box.commands
    }
  }

  /// Carries out commands; `false` when the thread is to end.
  private func execute(_ commands: [Command]) -> Bool {
    for command in commands {
      switch command {
      case .add(let transfer): add(transfer)
      case .resume(let transfer):
        if let entry = active[ObjectIdentifier(transfer)] { entry.handle.resume() }
      case .cancel(let transfer): remove(transfer, error: nil)
      case .stop: return false
      }
    }
    return true
  }

  private func add(_ transfer: Transfer) {
    guard !transfer.isOver else { return }
    let handle = idle.popLast() ?? EasyHandle()
    do throws(CurlFailure) {
      try handle.prepare(for: transfer, configuration)
    } catch {
      transfer.finish(error.transportError(for: transfer.request))
      return
    }
    active[ObjectIdentifier(transfer)] = (transfer, handle)
    byHandle[handle.pointer] = transfer
    let result = curl_multi_add_handle(multi, handle.pointer)
    if result != CURLM_OK {
      remove(
        transfer,
        error: CurlFailure(code: CURLE_FAILED_INIT, text: "multi \(result.rawValue)")
      )
    }
  }

  private func collectFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle,
        let transfer = byHandle[pointer], let entry = active[ObjectIdentifier(transfer)]
      else { continue }
      let code = message.pointee.data.result
      if code == CURLE_OK {
        remove(transfer, error: nil)
      } else {
        remove(transfer, error: CurlFailure(code: code, text: entry.handle.errorText))
      }
    }
  }

  /// Ends a transfer; its handle serves another only after a success.
  ///
  /// After a name that was not found, libcurl 7.88 still counts the handle's buffer as in use and
  /// refuses its options. The connections belong to the multi handle, so none is lost.
  private func remove(_ transfer: Transfer, error: CurlFailure?) {
    guard let entry = active.removeValue(forKey: ObjectIdentifier(transfer)) else { return }
    byHandle[entry.handle.pointer] = nil
    curl_multi_remove_handle(multi, entry.handle.pointer)
    if error == nil, idle.count < 64 {
      entry.handle.reset()
      idle.append(entry.handle)
    }
    transfer.finish(error?.transportError(for: transfer.request))
  }
}

private func loopMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
