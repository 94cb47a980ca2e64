public import OrderedJSON

/// Corrections on their way from a report to `STEM.json`.
///
/// # The format
///
/// Stable: members and kinds may be added; none is renamed, removed or given another meaning without another
/// number in `tabscribeCorrections`.
///
///     tabscribeCorrections  1
///     run                   the id of the run that was corrected
///     source                {uri, stem}
///     machineFNV1a64        the digest of the machine's rows, `TranscriptDocument.machineDigest`
///     corrections           [{id, at, by?, kind, …}]
///
/// `id` names a correction within its list, `at` is its time (RFC 3339), `by` is who made it, where a library that several
/// people share took it. By `kind` it further has:
///
///     text      {row, startMS?, before, after}           texts
///     voice     {row, startMS?, before, after}           whole numbers, or null for no voice
///     speaker   {voice, field, before, after}            field: name, company, position or role;
///                                                        null for unknown, never an empty text
///     merge     {voice, into}                            the rows of `voice` go to `into`
///     split     {voice, rows, newVoice}                  the rows named go to a voice not yet there
///     checked   {row, startMS?, checked}                 true or false
///     times     {rows: [{row, before, startMS, endMS, confidence, words?}]}
///                                                        milliseconds; confidence 0 to 1; words:
///                                                        when each begins, counted from `startMS`,
///                                                        or [begins, ends] before a pause
///     divide    {row, startMS?, before, first, second, atMS, newRow}
///                                                        the text `before` becomes that of two rows;
///                                                        atMS: where the second begins, or null
///     join      {row, startMS?, before, next, nextBefore, after}
///                                                        the row takes the row `next` in
///     delete    {row, startMS?, before}                  the row goes
///     insert    {row, startMS?, newRow, after, voice, text}
///                                                        a row behind `row`, or before all for null
///     retime    {row, startMS?, before, after}           before, after: {startMS, endMS,
///                                                        endIsEstimate?}
///
///     title     {before, after}                          what the recording is called; null for no title,
///                                                        never an empty text
///     withhold  {words} or {rows: [{row, startMS?}]} or {all}
///                                                        what is not to go out; all: speakers or
///                                                        redactions
///
/// One that was carried from another run has `carried` as well, `{from, as, row?}`: the run, how it fared
/// (`kept`, `moved`, `conflict` or `obsolete`), and the row it was made on there.
///
/// `row` is the number that the segment has in `STEM.json`, from 0, and `startMS` its start there. A
/// member that is missing counts as null.
///
/// # How corrections are applied
///
/// In order, each to what the ones before it left. One that does not fit what is there changes
/// nothing and is reported. Texts are compared scalar by scalar.
///
/// - `text`, `voice` and `checked` go to the row of that number, when its text (or voice) is
///   `before` and its start is `startMS`; any row fits `checked`, and without `startMS` any start.
///   Otherwise the row is looked for: of the rows that fit, the one that starts nearest to
///   `startMS`, the first of several; for `text` at most 10 seconds away, for the others at the very
///   time. Without `startMS`, it is the only row with the text of a `text` correction. The problem is
///   `before-differs`, or `row-missing` where no row has the number.
/// - `voice` needs a speaker whose voice is `after`, unless that is null (`unknown-voice`).
/// - `speaker` needs the speaker (`unknown-voice`) and the value (`before-differs`). A name given
///   makes the name's status `corrected`, a name taken away `unknown`.
/// - `merge` needs two (`voice-taken`) voices that are there (`unknown-voice`). The speaker of
///   `voice` goes; fields that the other lacks are filled from it, with the name's status.
/// - `split` needs the voice (`unknown-voice`) and a new one (`voice-taken`); each row must be there
///   (`row-missing`) and have the voice (`before-differs`). The new speaker, of whom nothing is
///   known, is the last.
/// - `times` sets when rows begin and end, as the sound told; it needs each row (`row-missing`) and that the
///   machine lets it begin at `before` (`before-differs`). A confidence of 0 makes the end an estimate. Words are what blanks
///   separate; their times hold while the row has as many.
/// - `title` needs the title (`before-differs`), which is that of the document's `source`.
/// - `withhold` needs each row, found as for `checked`. Where one that withholds is not applied, nothing goes
///   out.
/// - `divide`, `join` and `delete` find their row as `text` does. `newRow` is a number that no row has or had
///   (`row-taken`). The second row of two has the voice of the first; `atMS` is brought within the row; times of words go with their words. `join`
///   needs the row `next` (`row-missing`), right behind the other one, with the text `nextBefore` (`before-differs`); the end is
///   that of the second row, the voice that of the first, and both must have been checked for the row to stay so.
/// - `insert` and `retime` find their row as `checked` does. `insert` needs a speaker of its voice, unless that is null. What `retime`
///   says was `before` is for people to read. `times` leave rows that either of the two gave times as they are. Where the row
///   before one ends by a guess, behind the new start or at the old one, it ends at the new start.
/// - One carried as `conflict` is not applied and is a problem, `conflict`; one carried as `obsolete` is not
///   applied, and is none.
/// - An id that an earlier correction has is `repeated-id`; a kind not listed above is
///   `unknown-kind`; a member missing or of another type, or no id, is `malformed`.
public struct CorrectionsFile: Hashable, Sendable {
  /// The version of the format that is written, and the newest that is read.
  public static let version = 1

  /// The id of the run that was corrected.
  public var run: String
  /// Where the media is, as the transcript has it.
  public var sourceURI: String
  /// The stem of output files.
  public var sourceStem: String
  /// The digest of the machine's rows that were corrected.
  public var machineDigest: String
  /// The corrections as they stand in the file, known or not.
  public var corrections: [JSONValue]

  /// The corrections of a document, or others for it.
  public init(for document: TranscriptDocument, corrections: [JSONValue]) {
    run = document.run.id
    sourceURI = document.source.uri
    sourceStem = document.source.stem
    machineDigest = document.machineDigest
    self.corrections = corrections
  }

  /// Reads a file; single corrections are not looked at until they are applied.
  ///
  /// - Throws: ``TranscriptDocumentError`` for anything else, also for a newer version.
  public init(json: JSONValue) throws(TranscriptDocumentError) {
    let file = DocumentReader(json)
    let version = try file.required("tabscribeCorrections").int()
    guard version == Self.version else {
      throw file.fault(
        "the corrections are of version \(version), and the one known is \(Self.version)"
      )
    }
    run = try file.string("run")
    let source = try file.required("source")
    sourceURI = try source.string("uri")
    sourceStem = try source.string("stem")
    machineDigest = try file.string("machineFNV1a64")
    corrections = try file.required("corrections").elements().map(\.value)
  }

  /// The file.
  public var json: JSONValue {
    [
      "tabscribeCorrections": .init(Self.version),
      "run": .string(run),
      "source": ["uri": .string(sourceURI), "stem": .string(sourceStem)],
      "machineFNV1a64": .string(machineDigest),
      "corrections": .array(corrections),
    ]
  }
}
