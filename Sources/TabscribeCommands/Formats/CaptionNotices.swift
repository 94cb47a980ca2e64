internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptFormats
internal import TranscriptModel
internal import TranscriptionRuns

/// What a viewer would stumble over in the captions of an export.
struct CaptionNotices {
  let problems: [CaptionProblem]
  private let name: String
  private let isListed: Bool

  /// - Parameters:
  ///   - name: How the user named the transcript.
  ///   - isListed: Whether each is listed, also without captions among the formats.
  init(
    name: String,
    _ transcript: ExportedTranscript,
    _ formats: [ResultFormat],
    _ options: FormatOptions,
    isListed: Bool
  ) {
    self.name = SafeText.line(name)
    self.isListed = isListed
    let isWanted = isListed || formats.contains { $0.effects.contains(.captions) }
    problems = isWanted ? transcript.captionProblems(options) : []
  }

  /// Lists them, or says how many there are.
  func show(_ context: CommandContext) {
    if isListed, !context.isJSON {
      for problem in problems { context.print(line(problem)) }
      if problems.isEmpty { context.print("\(name): every caption can be read.") }
      return
    }
    let counts = CaptionProblem.Kind.allCases.compactMap { kind -> (count: Int, words: String)? in
      let count = problems.count { $0.kind == kind }
      return count == 0 ? nil : (count, Self.words(kind))
    }
    guard let first = counts.first, !isListed else { return }
    let others = counts.dropFirst().map { ", \($0.count) \($0.words)" }.joined()
    let noun = first.count == 1 ? "caption" : "captions"
    context.status.warning(
      "\(name): \(first.count) \(noun) \(first.words)\(others); --check lists them."
    )
  }

  private static func words(_ kind: CaptionProblem.Kind) -> String {
    switch kind {
    case .tooFast: "too fast"
    case .tooShort: "too short"
    case .tooWide: "too wide"
    case .overlapping: "overlapping"
    case .pastEnd: "past the end"
    }
  }

  private func line(_ problem: CaptionProblem) -> String {
    let time = Timecode(milliseconds: problem.start).renderedExactly
    let place = "\(name): caption \(problem.number) at \(time), row \(problem.row)"
    switch problem.kind {
    case .tooFast:
      return "\(place): too fast, \(problem.found) characters a second, \(problem.limit) at most"
    case .tooShort: return "\(place): too short, \(problem.found) ms, \(problem.limit) at least"
    case .tooWide: return "\(place): too wide, \(problem.found) cells, \(problem.limit) at most"
    case .overlapping:
      return "\(place): overlapping the next one by \(problem.found - problem.limit) ms"
    case .pastEnd: return "\(place): past the end by \(problem.found - problem.limit) ms"
    }
  }

  /// All of them for programs.
  var json: JSONValue {
    .array(
      problems.map { problem in
        [
          "kind": .string(problem.kind.rawValue), "caption": .init(problem.number),
          "startMS": .init(problem.start), "row": .init(problem.row), "found": .init(problem.found),
          "limit": .init(problem.limit),
        ]
      }
    )
  }
}
