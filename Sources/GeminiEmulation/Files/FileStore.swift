internal import HostSystem

/// The files of an emulator; their contents lie in a folder that is removed at the end.
final class FileStore: Sendable {
  private struct State {
    var files: [String: StoredFile] = [:]
    var order: [String] = []
    var sessions: [String: UploadSession] = [:]
  }

  /// The folder of the contents.
  let folder: String
  private let state = Lock(State())

  /// A store with a new folder in the system's place for temporary files.
  ///
  /// - Throws: ``FolderError`` when the folder cannot be made.
  init() throws(FolderError) {
    do {
      folder = try HostFiles.createTemporaryFolder("tabscribe-emulator")
    } catch {
      throw FolderError(folder: error.path, reason: error.reason)
    }
  }

  /// Why there is no folder for uploads.
  struct FolderError: Error, CustomStringConvertible {
    let folder: String
    let reason: String
    var description: String {
      "cannot make a folder for uploads in \(folder): \(reason); set TMPDIR to one that can be written"
    }
  }

  func add(_ file: StoredFile) {
    state.withLock { state in
      if state.files.updateValue(file, forKey: file.id) == nil { state.order.append(file.id) }
    }
  }

  /// The file of an id that has not run out; `polling` counts as asking about its processing.
  func file(_ id: String, at now: Double, polling: Bool = false) -> StoredFile? {
    state.withLock { state in
      guard let file = state.files[id], now < file.created + StoredFile.lifetime else { return nil }
      if polling { state.files[id]?.pollsLeft = max(0, file.pollsLeft - 1) }
      return file
    }
  }

  /// Every file that has not run out, newest first.
  func all(at now: Double) -> [StoredFile] {
    state.withLock { state in
      state.order.reversed().compactMap { state.files[$0] }.filter {
        now < $0.created + StoredFile.lifetime
      }
    }
  }

  /// Forgets a file and deletes its contents; `false` when there is none.
  func remove(_ id: String) -> Bool {
    let file = state.withLock { state in
      state.order.removeAll { $0 == id }
      return state.files.removeValue(forKey: id)
    }
    if let file { HostFiles.discard(file.path) }
    return file != nil
  }

  func add(_ session: UploadSession, id: String) { state.withLock { $0.sessions[id] = session } }

  func session(_ id: String) -> UploadSession? { state.withLock { $0.sessions[id] } }

  /// Deletes the folder with all contents.
  func removeFolder() { HostFiles.removeFolder(folder) }
}
