public import GeminiAPI
public import RunStore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension UploadRegistry {
  /// A registry in a run store, which is opened, and made, when the first file is to be sent.
  public init(in open: @escaping @Sendable () throws -> RunStore) {
    self.init(StoredUploads(open: open))
  }
}

/// Remembers uploads in the store that a closure opens.
private struct StoredUploads: UploadNotes {
  let open: @Sendable () throws -> RunStore

  func uploads(size: Int, account: String, at time: Int) throws -> [KeptUpload] {
    try open().uploads(size: size, account: account, at: Date(seconds: time)).map { upload in
      KeptUpload(
        digest: upload.digest,
        size: upload.size,
        account: upload.account,
        name: upload.name,
        expiration: Int(upload.expiresAt.timeIntervalSince1970)
      )
    }
  }

  func digest(of file: LocalFile) throws -> String? { try open().digest(of: .init(file)) }

  func remember(_ upload: KeptUpload, from file: LocalFile, at time: Int) throws {
    try open().note(
      StoredUpload(
        account: upload.account,
        name: upload.name,
        digest: upload.digest,
        size: upload.size,
        expiresAt: Date(seconds: upload.expiration)
      ),
      from: .init(file),
      at: Date(seconds: time)
    )
  }

  func forget(_ name: String) throws { try open().forgetUpload(name) }
}

extension KnownFile {
  init(_ file: LocalFile) {
    self.init(path: file.path, size: file.size, modified: file.modified)
  }
}

extension Date {
  init(seconds: Int) { self.init(timeIntervalSince1970: Double(seconds)) }
}
