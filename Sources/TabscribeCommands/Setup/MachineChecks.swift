internal import AudioTiming
internal import CCurl
internal import CMicroHTTPD
internal import CXML
internal import CYAML
internal import CommandLineInterface
internal import HostSystem
internal import MediaProbing
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns
internal import UnicodeText

/// Programs, libraries and folders on this machine.
enum MachineChecks {
  /// How to get FFmpeg's programs.
  static let installFFmpeg = "Install FFmpeg: apt install ffmpeg, or brew install ffmpeg."
  /// How to get the program that speaks rows.
  static let installSpeaker = "Install it: apt install espeak-ng, or brew install espeak-ng."

  static func all(_ context: CommandContext) async -> [Check] {
    await programs() + [libraries()] + folders(context)
  }

  private static func programs() async -> [Check] {
    var checks: [Check] = []
    let uses = [
      ("ffprobe", "lengths of local files must be given with --duration"),
      (
        "ffmpeg",
        "audio tracks cannot be taken out of videos, and nobody holds times against the sound"
      ),
    ]
    for (program, consequence) in uses {
      if let version = await MediaProber(program: program).version() {
        checks.append(.fine(program, version))
      } else {
        checks.append(
          .note(
            program,
            "not found; \(consequence)",
            remedy: installFFmpeg
          )
        )
      }
    }
    return checks + [await speaker()]
  }

  private static func speaker() async -> Check {
    guard let speaker = try? await RowSpeaker() else {
      return .note(
        "espeak-ng",
        "not found; align and transcribe --align cannot set rows by the sound",
        remedy: installSpeaker
      )
    }
    return .fine("espeak-ng", NumberText.counted(speaker.voiceCount, "voice"))
  }

  /// The versions that are loaded, where a library tells; else those it was built with.
  private static func libraries() -> Check {
    let versions = [
      String(cString: curl_version()).split(separator: " ").prefix(2).joined(separator: " "),
      "libxml2/\(LIBXML_DOTTED_VERSION)",
      "libyaml/\(String(cString: yaml_get_version_string()))",
      "libmicrohttpd/\(String(cString: MHD_get_version()))",
      "icu/\(UnicodeLibrary.version)",
    ]
    return .fine("libraries", versions.joined(separator: " "))
  }

  private static func folders(_ context: CommandContext) -> [Check] {
    let user = UserFolders(environment: context.environment)
    return [
      writable("working folder", context.workingFolder, remedy: "Give --output-dir."),
      writable("data folder", user.data, remedy: "Set TABSCRIBE_HOME to a folder of your own."),
      library(.prompts, context), library(.schemas, context),
      store(UserStore(context)),
    ] + caches(UserStore(context), context)
  }

  private static func store(_ user: UserStore) -> Check {
    guard user.isThere else {
      return .fine("run store", "\(user.path), made when needed")
    }
    do throws(RunStoreError) {
      let store = try user.reading()
      let runs = NumberText.counted(try store.runCount(), "run")
      return .fine("run store", "\(user.path), \(try store.engine()), \(runs)")
    } catch {
      return .missing("run store", error)
    }
  }

  /// Caches are billed by the hour; those that nobody looks after are worth a word.
  private static func caches(_ store: UserStore, _ context: CommandContext) -> [Check] {
    guard store.isThere,
      let count = try? CacheKeeper.leftovers(in: store.reading(), now: context.now()), count > 0
    else { return [] }
    return [
      .note(
        "caches",
        "\(NumberText.counted(count, "cache")) of runs that ended early may still be kept",
        remedy: "They vanish within the hour; tabscribe caches purge --own deletes them now."
      )
    ]
  }

  /// Tries the nearest folder that exists: looking must not leave anything behind.
  private static func writable(_ name: String, _ path: String, remedy: String) -> Check {
    var existing = path
    while HostFiles.kind(of: existing) == nil, existing != "/" {
      existing = FilePath.parent(of: existing)
    }
    do throws(SystemFailure) {
      try HostFiles.checkWritable(existing)
      return .fine(name, existing == path ? path : "\(path), made when needed")
    } catch {
      return .missing(name, "\(path) cannot be written to: \(error.reason)", remedy: remedy)
    }
  }

  private static func library(_ kind: LibraryLookup.Kind, _ context: CommandContext) -> Check {
    let lookup = LibraryLookup(kind, context.workplace)
    let all = lookup.names
    let own = all.filter { name in
      lookup.folders.contains { HostFiles.kind(of: "\($0)/\(name)\(kind.ending)") == .file }
    }
    let note = own.isEmpty ? "" : ", \(own.count) of them your own"
    return .fine(kind.folder, "\(all.count)\(note)")
  }
}
