internal import TranscriptModel

/// A basic transcription of EXMARaLDA's Partitur-Editor, `exb`: a timeline and a tier for each voice.
///
/// Events of one tier may not overlap there: a row ends where the next one of its voice begins, and
/// of rows of one voice that begin together the texts are one event.
///
/// - Source: EXMARaLDA, `basic-transcription.xsd`.
public struct EXMARaLDAFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "exb"
  /// The media type.
  public let mediaType = "application/xml"
  /// What it is and for whom.
  public let summary = "a score for linguists, a tier for each voice (EXMARaLDA)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let tiers = tiers(transcript)
    let times = Set(tiers.flatMap(\.events).flatMap { [$0.start, $0.end] }).sorted()
    let points = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($1, "T\($0)") })
    let xml = XMLOutput()
    xml.element("basic-transcription") {
      xml.element("head") { head(xml, transcript, tiers) }
      xml.element("basic-body") {
        xml.element("common-timeline") {
          for time in times {
            xml.element("tli", ["id": points[time], "time": Clock.seconds(time)])
          }
        }
        for (index, tier) in tiers.enumerated() { write(tier, index, points, xml) }
      }
    }
    return xml.finish()
  }

  private struct Event {
    let start: Int
    var end: Int
    var text: String
  }

  private struct Tier {
    let name: String
    var events: [Event] = []
  }

  private func tiers(_ transcript: ExportedTranscript) -> [Tier] {
    let rows = Dictionary(grouping: transcript.timedRows, by: \.segment.voice)
    let voices = transcript.voices.map(Optional.some) + (rows[nil] == nil ? [] : [nil])
    return voices.compactMap { voice in
      guard let rows = rows[voice] else { return nil }
      var tier = Tier(name: voice.map { transcript.label(voice: $0) } ?? "?")
      for row in rows {
        if let last = tier.events.last, last.end > row.start {
          tier.events[tier.events.count - 1].end = row.start
        }
        if tier.events.last?.start == row.start {
          tier.events[tier.events.count - 1].end = row.end
          tier.events[tier.events.count - 1].text += " " + row.segment.text
        } else {
          tier.events.append(Event(start: row.start, end: row.end, text: row.segment.text))
        }
      }
      return tier
    }
  }

  private func head(_ xml: XMLOutput, _ transcript: ExportedTranscript, _ tiers: [Tier]) {
    xml.element("meta-information") {
      xml.element("project-name")
      xml.element("transcription-name", text: transcript.title)
      xml.element("referenced-file", ["url": transcript.mediaReference])
      xml.element("ud-meta-information")
      xml.element("comment", text: transcript.provenance.joined(separator: "\n"))
      xml.element("transcription-convention")
    }
    xml.element("speakertable") {
      for (index, tier) in tiers.enumerated() {
        xml.element("speaker", ["id": "SPK\(index)"]) {
          xml.element("abbreviation", text: tier.name)
          xml.element("sex", ["value": "u"])
          for name in ["languages-used", "l1", "l2", "ud-speaker-information", "comment"] {
            xml.element(name)
          }
        }
      }
    }
  }

  private func write(_ tier: Tier, _ index: Int, _ points: [Int: String], _ xml: XMLOutput) {
    xml.element(
      "tier",
      [
        "id": "TIE\(index)", "speaker": "SPK\(index)", "category": "v", "type": "t",
        "display-name": tier.name + " [v]",
      ]
    ) {
      for event in tier.events {
        xml.element(
          "event",
          ["start": points[event.start], "end": points[event.end]],
          text: event.text
        )
      }
    }
  }
}
