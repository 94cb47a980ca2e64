import Testing
import TranscriptImport

/// Transcripts of other programs as rows.
@Suite("Transcripts by other programs")
struct ReadingTests {
  private static func read(_ text: String) throws -> ImportedTranscript {
    try TranscriptImporter.read(Array(text.utf8))
  }

  @Test(
    "A format is known by its content",
    arguments: [
      ("SRT", "1\n00:00:01,500 --> 00:00:03,000\nAda: Good evening.\n"),
      ("VTT", "WEBVTT\n\n00:01.500 --> 00:03.000 align:start\n<v Ada>Good <i>evening</i>.\n"),
      ("SBV", "0:00:01.500,0:00:03.000\n>> Ada: Good evening.\n"),
      (
        "ASS",
        "[Script Info]\n[Events]\nDialogue: 0,0:00:01.50,0:00:03.00,D,Ada,0,0,0,,Good {\\i1}evening.\n"
      ),
      (
        "TTML",
        "<tt xmlns:ttm='m'><head><ttm:agent xml:id='a'><ttm:name>Ada</ttm:name></ttm:agent></head>"
          + "<body begin='1s'><div><p begin='500ms' dur='1.5s' ttm:agent='a'>Good<br/>evening.</p>"
          + "</div></body></tt>"
      ),
      ("STM", ";; a comment\nrec 1 Ada 1.5 3 <o,f0,female> Good evening.\n"),
      (
        "SegLST",
        """
        [{"session_id": "rec", "speaker": "Ada", "start_time": 1.5, "end_time": "3",
          "words": "Good evening."}]
        """
      ),
      (
        "Whisper",
        "{\"segments\":[{\"start\":1.5,\"end\":3.0,\"text\":\" Good evening.\",\"speaker\":\"Ada\"}]}"
      ),
      (
        "AssemblyAI",
        """
        {"utterances": [{"speaker": "Ada", "start": 1500, "end": 3000, "text": "Good evening.",
          "confidence": 0.9}]}
        """
      ),
      (
        "Deepgram",
        """
        {"results": {"utterances": [{"speaker": "Ada", "start": 1.5, "end": 3,
          "transcript": "Good evening."}]}}
        """
      ),
      (
        "Podcasting 2.0",
        """
        {"version": "1.0.0", "segments": [{"speaker": "Ada", "startTime": 1.5, "endTime": 3.0,
          "body": "Good evening."}]}
        """
      ),
      (
        "YouTube json3",
        """
        {"wireMagic": "pb3", "events": [{"tStartMs": 1500, "dDurationMs": 1500,
          "segs": [{"utf8": ">> Ada: Good"}, {"utf8": "\\nevening."}]}]}
        """
      ),
      (
        "YouTube srv",
        "<timedtext format='3'><body><p t='1500' d='1500'>Ada: <s>Good</s> <s>evening.</s></p></body>"
          + "</timedtext>"
      ),
      (
        "OHMS",
        "<ROOT><record><vtt_transcript><![CDATA[WEBVTT\n\n00:01.500 --> 00:03.000\n<v Ada>Good evening.\n"
          + "]]></vtt_transcript></record></ROOT>"
      ),
      (
        "JSON",
        "{\"a\":[{\"start\":\"0:01.5\",\"end\":\"0:03\",\"name\":\"Ada\",\"text\":\"Good evening.\"}]}"
      ),
      (
        "JSON Lines",
        "{\"start\":1.5,\"end\":3,\"who\":\"Ada\",\"text\":\"Good evening.\"}\n{\"start\":9,\"text\":\"\"}\n"
      ),
      ("CSV", "Start (ms);Ende;Stop;Sprecher;Text\n1500;x;3000;Ada;Good evening.\n"),
      ("timed text", "[00:01.5 - 00:03] Ada - Good evening.\n"),
    ]
  )
  func formats(_ name: String, _ text: String) throws {
    let transcript = try Self.read(text)
    #expect(transcript.format == name)
    let row = ImportedRow(start: 1500, end: 3000, speaker: "Ada", text: "Good evening.")
    #expect(transcript.rows == [row])
  }

  @Test("RTTM has turns and no words")
  func rttm() throws {
    let transcript = try Self.read(
      "SPKR-INFO rec 1 <NA> <NA> <NA> unknown ada <NA>\n"
        + "SPEAKER rec 1 1.5 2.25 <NA> <NA> ada <NA> <NA>\n"
    )
    #expect(transcript.rows == [ImportedRow(start: 1500, end: 3750, speaker: "ada", text: "")])
  }

  @Test("Words become rows that end with a speaker, a pause or a sentence")
  func words() throws {
    let ctm = try Self.read("rec A 0.5 0.2 Good\nrec A 0.8 0.2 evening.\nrec A 5 0.2 Yes.\n")
    #expect(ctm.format == "CTM")
    #expect(
      ctm.rows == [
        ImportedRow(start: 500, end: 1000, text: "Good evening."),
        ImportedRow(start: 5000, end: 5200, text: "Yes."),
      ]
    )
    let json = try Self.read(
      """
      {"words": [{"text": "Hi", "start": 100, "end": 200, "speaker": "A"},
        {"text": "Yo", "start": 210, "end": 300, "speaker": "B"}]}
      """
    )
    #expect(json.rows.map(\.speaker) == ["Speaker A", "Speaker B"])
  }

  @Test(
    "Whoever speaks is found in every spelling",
    arguments: [
      ("Ada: Yes.", "Ada"), ("ADA LOVELACE: Yes.", "ADA LOVELACE"), ("- Ada: Yes.", "Ada"),
      (">> ADA: Yes.", "ADA"), ("&gt;&gt; ADA: Yes.", "ADA"), ("[Ada] Yes.", "Ada"),
      ("(Ada): Yes.", "Ada"), ("[Ada]: Yes.", "Ada"), ("<v Ada B>Yes.", "Ada B"),
      ("<v.loud Ada &amp; Bob>Yes.</v>", "Ada & Bob"), ("**Ada:** Yes.", "Ada"), ("山田：Yes.", "山田"),
      ("Ludwig van Beethoven: Yes.", "Ludwig van Beethoven"), ("SPEAKER_01: Yes.", "SPEAKER_01"),
      ("[voice 2, host]: Yes.", "[voice 2, host]"),
    ]
  )
  func speakers(_ line: String, _ speaker: String) throws {
    let rows = try Self.read("WEBVTT\n\n00:01.000 --> 00:02.000\n\(line)\n").rows
    #expect(rows.map(\.speaker) == [speaker])
    #expect(rows.map(\.text) == ["Yes."])
  }

  @Test(
    "What only looks like a speaker is said",
    arguments: [
      "[Music] Yes.", "[door closing] Yes.", "at 10:30 Yes.", "this is it: yes.", "http://x.org",
      "今晚我们谈谈一个装满纸的抽屉：九十四年的潮汐。",
    ]
  )
  func nobody(_ line: String) throws {
    let rows = try Self.read("WEBVTT\n\n00:01.000 --> 00:02.000\n\(line)\n").rows
    #expect(rows == [ImportedRow(start: 1000, end: 2000, text: line)])
  }

  @Test("Two dashes are two who speak, and text that looks like markup stays in SRT")
  func captions() throws {
    let transcript = try Self.read(
      """
      1
      00:00:01,000 --> 00:00:02,000
      - Yes.
      - No <3 <i>at</i> all, {\\an8}a<b and b>a.

      2
      100:00:00,000 --> 100:00:01,000
      first

      and behind an empty line

      3
      00:00:09,000 --> 00:00:08,000
      late
      4
      -00:00:01,000 --> 00:00:12,000
      early

      5
      00:00:13,000 --> 00:00:14,000

      """
    )
    #expect(
      transcript.rows == [
        ImportedRow(start: 1000, end: 2000, text: "Yes."),
        ImportedRow(start: 1000, end: 2000, text: "No <3 at all, a<b and b>a."),
        ImportedRow(start: 360_000_000, end: 360_001_000, text: "first and behind an empty line"),
        ImportedRow(start: 9000, text: "late"), ImportedRow(start: 0, end: 12_000, text: "early"),
      ]
    )
    #expect(transcript.notes.count == 3)
    #expect(transcript.notes.contains { $0.hasPrefix("1 end before") && $0.hasSuffix("line 13") })
  }

  @Test("YouTube's rolling captions say each line once")
  func rolling() throws {
    let transcript = try Self.read(
      """
      WEBVTT
      Kind: captions
      Language: en

      00:00:00.000 --> 00:00:02.000 align:start position:0%
       
      hello<00:00:00.500><c> there</c>

      00:00:02.000 --> 00:00:02.010 align:start position:0%
      hello there
       

      00:00:02.010 --> 00:00:04.000 align:start position:0%
      hello there
      how<00:00:02.500><c> are</c><00:00:03.000><c> you</c>

      """
    )
    #expect(transcript.rows.map(\.text) == ["hello there", "how are you"])
    #expect(transcript.language == "en")
  }

  @Test(
    "Text with times in any of the usual orders",
    arguments: [
      "[00:03] Ada - Good evening.\n[00:07] Bob - Yes: no.\nMore.\n",
      "**[00:03] Ada:** Good evening.\n**[00:07] Bob:** Yes: no. More.\n",
      "**Ada** [00:03]: Good evening.\n\n**Bob** [00:07]: Yes: no.\nMore.\n",
      "Ada  0:03\nGood evening.\n\nBob  0:07\nYes: no.\nMore.\n",
      "Ada: [00:00:03] Good evening.\n\nBob: [00:00:07] Yes: no. More.\n",
      "Ada (00:03):\nGood evening.\n\nBob (00:07):\nYes: no.\nMore.\n",
      "Here is the transcript:\n\n00:03 Ada: Good evening.\n00:07 Bob: Yes: no. More.\n",
      "Ada: 00:00:03\n\nGood evening.\n\nBob: 00:00:07\n\nYes: no.\nMore.\n",
      "[00:00:00:03]\n_page : 3\nAda: Good evening.\n\n[00:00:00:07]\nBob: Yes: no.\nMore.\n",
      "{\"text\":\"<p><span class=\\\"timestamp\\\">00:03</span> Ada: Good evening.</p>"
        + "<p><span class=\\\"timestamp\\\">00:07</span> Bob: Yes: no. More.</p>\",\"media\":\"a\"}",
    ]
  )
  func timedText(_ text: String) throws {
    #expect(
      try Self.read(text).rows == [
        ImportedRow(start: 3000, speaker: "Ada", text: "Good evening."),
        ImportedRow(start: 7000, speaker: "Bob", text: "Yes: no. More."),
      ]
    )
  }

  @Test("Days of a flight are counted")
  func days() throws {
    let rows = try Self.read("[00:00:00:59]\nCC: Go.\n\n[03:02:01:05]\nCDR: Roger.\n").rows
    #expect(rows.map(\.start) == [59_000, 266_465_000])
  }

  @Test("Plain text has a speaker only where a name stands before a colon")
  func plainText() throws {
    let rows = try Self.read("Ada Lovelace: Good evening.\nThis is it: a line.\n\n12:30 x").rows
    #expect(rows.map(\.speaker) == ["Ada Lovelace", "", ""])
    #expect(rows.map(\.text) == ["Good evening.", "This is it: a line.", "12:30 x"])
    #expect(try Self.read("").rows.isEmpty)
  }

  @Test(
    "What begins as a format and does not go on as one is said, with its place",
    arguments: [
      ("rec 1 Ada 1.5 3 yes\nrec 1 Ada x y no\n", "line 2"),
      (
        "SPEAKER rec 1 0 1 <NA> <NA> a <NA> <NA>\nSPEAKER rec 1 0 -1 <NA> <NA> a <NA> <NA>\n",
        "line 2"
      ),
      ("WEBVTT\n\nnoon --> later\nwords\n", "line 3"),
      ("[{\"words\": \"a\" \"speaker\": 1}]", "line 1"),
      ("one 1 Ada 1 2 yes\ntwo 1 Ada 1 2 yes\n", "2 recordings"),
      ("start,text\n1,\"open\n", "line 2"),
      ("<tt><body><p begin='soon'>x</p></body></tt>", "soon"),
      ("<tt><body>\n<p>x</div></tt>", "line 2"),
      ("<html><p>x</p></html>", "<html>"),
      ("<!DOCTYPE tt [<!ENTITY a 'b'>]><tt/>", "document type"),
      ("<tt><p begin='1s'>&a;</p></tt>", "line 1"),
      ("<TASK1_TRANSCRIPTS_TSV>\nstart\ttext\n</TASK1_TRANSCRIPTS_TSV>", "TASK1"),
      ("{\"a\": 1}", "JSON"),
    ]
  )
  func faults(_ text: String, _ place: String) {
    let error = #expect(throws: ImportError.self) { try Self.read(text) }
    #expect(error?.description.contains(place) == true, "\(String(describing: error))")
  }
}
