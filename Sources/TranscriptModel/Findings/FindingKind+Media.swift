extension FindingKind {
  // MARK: Times

  static let times: [FindingKind] = [
    .init(
      "time-reversed",
      .warning,
      "A row starts before the row above it, or ends before it starts",
      remedy: "Listen to the rows."
    ),
    .init(
      "time-outside-clip",
      .warning,
      "A row lies outside the part of the media that was sent",
      remedy: "Look whether times count from the clip: the setting timebase clip."
    ),
    .init(
      "time-ambiguous",
      .note,
      "Times can be read in more than one way; the one that fits was taken",
      remedy: "Listen at one of the rows."
    ),
    .init(
      "timebase-shifted",
      .note,
      "Times counted from the start of the clip, and were moved to count from the source's",
      remedy: "Listen at one of the rows; the setting timebase source leaves them."
    ),
    .init(
      "time-range",
      .note,
      "A start was written as a range of time",
      remedy: "Nothing to do."
    ),
    .init(
      "time-spelling",
      .note,
      "A time is written in a way that was not asked for",
      remedy: "Nothing to do."
    ),
    .init(
      "time-unreadable",
      .error,
      "A cell that should be a time cannot be read as one",
      remedy: "Set the time with `tabscribe correct apply`."
    ),
  ]

  // MARK: The sound

  static let sound: [FindingKind] = [
    .init(
      "time-drift",
      .warning,
      "Times are off by more than a second, run away from the sound or jump",
      remedy: "Run `tabscribe check-time` for the sizes."
    ),
    .init(
      "row-in-silence",
      .warning,
      "A row stands where nobody speaks",
      remedy: "Listen; take it out with `tabscribe correct apply` if nobody says it."
    ),
    .init(
      "words-disagree",
      .warning,
      "Another tool's words put rows more than a second from where the sound has them",
      remedy:
        "Listen at one of the rows; `tabscribe align` goes by the sound where no other transcript is given."
    ),
    .init(
      "time-unchecked",
      .note,
      "The times were not held against the sound",
      remedy:
        "Install ffmpeg, or look whether the file plays; `tabscribe check-time` does it later."
    ),
    .init(
      "words-untimed",
      .warning,
      "The speech model gave no words by which the times could be set",
      remedy: "Run `tabscribe runs resume`, or set them by the sound with `tabscribe align`."
    ),
    .init(
      "speech-untranscribed",
      .warning,
      "Somebody speaks, or something sounds like it, where no row is",
      remedy: "Listen; the setting fillGaps asks for long stretches once more."
    ),
  ]

  // MARK: Voices and names

  static let voices: [FindingKind] = [
    .init(
      "unknown-voice",
      .error,
      "A row has a voice that the speakers table does not describe",
      remedy: "The setting passes 2 asks for speakers apart; or name the voice in the report."
    ),
    .init(
      "unused-speaker",
      .note,
      "The speakers table describes a voice that no row has",
      remedy: "Nothing to do."
    ),
    .init(
      "duplicate-speaker",
      .warning,
      "The speakers table has a voice twice, or one name for two voices",
      remedy: "Listen whether they are one person."
    ),
    .init(
      "name-spelled-two-ways",
      .warning,
      "A name is spelled in two ways",
      remedy: "Look it up; the setting ledger keeps the right spelling."
    ),
    .init(
      "voice-match-doubtful",
      .warning,
      "Whether voices of two clips are one person is doubtful",
      remedy: "Listen; `tabscribe runs voices` joins or parts them."
    ),
    .init(
      "speaker-conflict",
      .warning,
      "Clips say different things about one speaker",
      remedy: "Look it up, and correct the speaker in the report."
    ),
  ]
}
