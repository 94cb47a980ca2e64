public import OrderedJSON
internal import PlainText

extension TranscriptDocument {
  /// The transcript with the document's own corrections: what reports and exports show.
  ///
  /// Takes time in proportion to rows and corrections; without corrections it takes none.
  public var corrected: CorrectedTranscript { applying(corrections) }

  /// The transcript as people corrected it, where the sound has set no times.
  package var correctedBeforeSound: CorrectedTranscript {
    applying(corrections.filter { $0["kind"]?.string != "times" })
  }

  /// The machine's transcript with a list of corrections applied in order.
  ///
  /// A correction is applied to exactly what it was made on, or not at all: then it is among the
  /// problems. Later corrections see what earlier ones made. ``CorrectionsFile`` says how.
  public func applying(_ corrections: [JSONValue]) -> CorrectedTranscript {
    guard !corrections.isEmpty else {
      return CorrectedTranscript(transcript: transcript, title: source.title)
    }
    var applier = CorrectionApplier(transcript, title: source.title)
    var problems: [CorrectionProblem] = []
    var ids: Set<String> = []
    for (index, json) in corrections.enumerated() {
      do throws(CorrectionProblem) {
        let correction = try Correction(json: json, index: index)
        guard ids.insert(correction.id).inserted else {
          let message = "An earlier correction has the same id."
          throw CorrectionProblem(index: index, id: correction.id, .repeatedID, message)
        }
        if try CarriedCorrection.isApplied(json, correction, index: index) {
          try applier.apply(correction, index: index)
        }
      } catch {
        problems.append(error)
      }
    }
    var corrected = applier.corrected
    corrected.problems = problems
    return corrected
  }

  /// Identifies the machine's rows: FNV-1a with 64 bits as 16 lower-case hexadecimal digits.
  ///
  /// It goes over the UTF-8 of one record for each segment, in order: its row, start in
  /// milliseconds, voice and text, with a tab between them and a line feed behind. What is missing
  /// is empty.
  public var machineDigest: String {
    var hash = StableHash()
    for segment in transcript.segments {
      hash.add("\(segment.row)\t".utf8)
      hash.add((segment.start.map { String($0.milliseconds) } ?? "").utf8)
      hash.add((segment.voice.map { "\t\($0)\t" } ?? "\t\t").utf8)
      hash.add(segment.text.utf8)
      hash.add("\n".utf8)
    }
    return hash.hexadecimal
  }
}
