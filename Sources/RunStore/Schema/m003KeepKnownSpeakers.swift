extension Migration {
  /// The speakers that the requests of a run tell of, which stay the same until it is done; missing
  /// for runs of earlier versions.
  static let m003KeepKnownSpeakers = Migration(
    name: "m003KeepKnownSpeakers",
    sql: "ALTER TABLE runs ADD COLUMN known_speakers TEXT"
  )
}
