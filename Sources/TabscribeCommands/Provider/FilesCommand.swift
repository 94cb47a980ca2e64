internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText

/// The group `files`.
enum FilesCommand {
  static let command = Command(
    "files",
    abstract: "Look after the files that the service keeps for two days",
    examples: [
      .init("tabscribe files list", "what is there, and until when"),
      .init("tabscribe files purge --yes", "removes all of it"),
    ],
    discussion: """
      Files too large for a request are uploaded and kept for 48 hours; transcribe does that by \
      itself and sends no file twice. Only the Gemini API keeps files: with Agent Platform they \
      belong in Cloud Storage.
      """,
    subcommands: [
      files.listCommand, files.showCommand, FilesUploadCommand.command, files.deleteCommand,
      files.purgeCommand(),
    ]
  )

  static let files = ProviderResource<GeminiFile>(
    noun: "file",
    nameHelp: "files/ID, or the ID",
    abstracts: (
      list: "List the files with size, state and expiry",
      show: "Show what the service says about a file",
      delete: "Delete files before they expire",
      purge: "Delete every file that the service keeps"
    ),
    shown: "its type, length, state and expiry",
    others: "uploaded",
    columns: [
      .words("name"), .words("title", mayShrink: true), .words("type"), .numbers("size"),
      .words("state"), .words("expires"),
    ],
    row: { file, now in
      [
        file.name, file.displayName ?? "", file.mimeType ?? "?", file.sizeWords, file.stateWords,
        ExpiryText.words(file.expirationTime, now: now),
      ]
    },
    lines: { file, now in
      var lines = [["name", file.name]]
      if let title = file.displayName { lines.append(["title", title]) }
      lines += [["type", file.mimeType ?? "?"], ["size", file.sizeWords]]
      if let length = file.videoDuration { lines.append(["length", NumberText.duration(length)]) }
      lines.append(["state", file.stateWords])
      if let failure = file.failure { lines.append(["failure", failure]) }
      return lines + [
        ["created", file.createTime ?? "?"],
        ["expires", ExpiryText.moment(file.expirationTime, now: now)],
        ["address", Redaction.url(file.uri)],
      ]
    },
    name: \.name,
    json: \.facts,
    createdAt: \.createTime,
    amount: { NumberText.bytes($0.compactMap(\.sizeBytes).reduce(0, +)) },
    require: { try $0.client.requireFileService() },
    all: { try await $0.client.allFiles(options: $0.options) },
    one: { try await $0.client.file($1, options: $0.options) },
    delete: { session, name in
      try await session.client.deleteFile(name, options: session.options)
      // A registry that still names it costs one question at the next upload.
      try? session.uploads?.forget(name.hasPrefix("files/") ? name : "files/\(name)")
    }
  )
}

extension GeminiFile {
  fileprivate var sizeWords: String { sizeBytes.map(NumberText.bytes) ?? "?" }

  /// The state in small letters.
  var stateWords: String { state?.rawValue.lowercased() ?? "?" }

  /// The file for machines; what the service did not say is left out.
  var facts: JSONValue {
    var object: JSONObject = ["name": .string(name), "uri": .string(Redaction.url(uri))]
    object["displayName"] = displayName.map { .string($0) }
    object["mimeType"] = mimeType.map { .string($0) }
    object["sizeBytes"] = sizeBytes.map { JSONValue($0) }
    object["state"] = state.map { .string($0.rawValue) }
    object["source"] = source.map { .string($0) }
    object["createTime"] = createTime.map { .string($0) }
    object["expirationTime"] = expirationTime.map { .string($0) }
    object["videoDuration"] = videoDuration.map { .string(WireDuration.text($0)) }
    object["failure"] = failure.map { .string($0) }
    return .object(object)
  }
}
