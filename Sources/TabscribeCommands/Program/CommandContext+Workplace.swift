internal import CommandLineInterface
internal import TranscriptionRuns

extension CommandContext {
  /// Where this command's work is done, and who hears of it.
  var workplace: Workplace {
    let folders = UserFolders(environment: environment)
    return Workplace(
      folder: workingFolder,
      user: folders,
      store: UserStore(self),
      program: program,
      tool: TabscribeProgram.tool,
      secrets: secrets,
      now: now,
      notices: Notices { [status] notice in
        switch notice {
        case .message(let text): status.message(SettingWords.flags(in: text))
        case .warning(let text): status.warning(SettingWords.flags(in: text))
        case .stage(let text): status.stage(text)
        case .progress(let text): status.update(text)
        case .progressEnded: status.clear()
        }
      }
    )
  }
}

extension UserStore {
  init(_ settings: Settings) {
    self.init(settings.folders, at: settings.store, now: settings.now, tell: settings.tell)
  }

  init(_ context: CommandContext) {
    self.init(
      UserFolders(environment: context.environment),
      at: context.environment[StorePlace.variable],
      now: context.now,
      tell: context.status.message
    )
  }
}
