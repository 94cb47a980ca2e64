internal import GeminiAPI
package import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
public import TranscriptRecipes

/// What a recipe is asked about: the rows of a finished transcript instead of media.
public struct RecipeWork: Hashable, Sendable {
  /// What its answers are about.
  public let form: RecipeForm
  /// The rows as they are shown.
  public let rows: NumberedRows
  /// The parts that are asked about one by one; a clip of the preparation stands for each.
  let pieces: [RowPiece]
  /// The tokens of each row as it is shown: all that is planned of them goes by it.
  private let rowTokens: [Int]

  /// The most tokens of rows in one request.
  ///
  /// Models overlook much in the middle of very long texts, and a piece that has to be asked again
  /// should not cost the whole; an hour of talk has some 15,000.
  private static let mostTokens = 100_000
  /// The most tokens where each row gets an answer: a reply that ends at its limit is paid for in vain,
  /// and rows in a row of thousands are passed over.
  private static let mostAnsweredTokens = 6000

  /// The parts of rows that were cut before.
  init(form: RecipeForm, rows: NumberedRows, pieces: [RowPiece]) {
    (self.form, self.rows, self.pieces) = (form, rows, pieces)
    rowTokens = Self.tokens(of: rows)
  }

  init(form: RecipeForm, rows: NumberedRows, card: ModelCard?, platform: ModelPlatform) {
    (self.form, self.rows) = (form, rows)
    rowTokens = Self.tokens(of: rows)
    var most = form == .rows ? Self.mostAnsweredTokens : Self.mostTokens
    if let limits = card?.limits {
      most = min(most, limits.inputTokens / 2)
      // Other languages take up to twice as many tokens, and each row its frame.
      if form == .rows { most = min(most, limits.outputTokens(on: platform) / 3) }
    }
    pieces = rows.pieces(ofAtMost: most, sizes: rowTokens)
  }

  private static func tokens(of rows: NumberedRows) -> [Int] {
    rows.rows.map { TextTokenEstimator.tokens(in: $0.line) }
  }

  /// The tokens of some rows with the line breaks between them.
  ///
  /// - Parameter range: Positions in ``rows``.
  private func tokens(of range: Range<Int>) -> Int {
    rowTokens[range].reduce(0, +) + max(0, range.count - 1)
  }

  /// Notes in what is planned that it gives a piece, and is answered about it.
  func show(_ piece: RowPiece, in prompt: inout PlanPrompt) {
    prompt.isAbout(
      GivenRows(count: piece.fresh.count, tokens: tokens(of: piece.fresh), isEach: form == .rows),
      shown: tokens(of: piece.shown)
    )
  }
}

extension ExtractionPrompt {
  /// What its answers are about, for prompts that work on a finished transcript.
  package var recipeForm: RecipeForm? {
    template.metadata.recipe.map { RecipeForm(rawValue: $0) ?? .passages }
  }
}

extension ExtractionPrompt {
  /// Whether it leaves to the schema what its columns are.
  fileprivate var listsColumns: Bool {
    template.metadata.inputSchema?["properties"]?["columns"] != nil
  }

  /// What its tables ask for, a line for each column, for prompts that leave that to the schema.
  fileprivate var columnLines: String {
    schema.tables.flatMap(\.columns).map { column in
      let values = column.enumValues.map { "`\($0)`" }.joined(separator: ", ")
      let about = [column.description, values.isEmpty ? nil : "one of \(values)"]
        .compactMap(\.self).joined(separator: "; ")
      return about.isEmpty
        ? "- `\(column.column.name)`" : "- `\(column.column.name)`: \(about)"
    }.joined(separator: "\n")
  }
}

extension PreparedTranscription {
  /// The variables that make it another question, by name: those of the prompt but for the transcript
  /// and what is known beforehand.
  package var recipeVariables: JSONObject {
    JSONObject(
      effective.parameters.members.filter { $0.key != "context" }.map { ($0.key, $0.value) }
    )
  }

  /// The request about a part: a clip, or a piece of a transcript.
  ///
  /// - Throws: ``TranscriptionError``, `PromptError`.
  func order(part index: Int) throws -> RequestOrder {
    guard let recipe else { return heard(inPart: index).order(.clip, about: clips[index]) }
    return try order(about: recipe.pieces[index])
  }

  /// The request about a part of a transcript.
  func order(about piece: RowPiece) throws -> RequestOrder {
    RequestOrder(
      kind: .clip,
      range: nil,
      request: try recipeRequest(about: piece),
      model: model,
      schema: prompt.schema,
      encoding: settings.encoding,
      piece: piece
    )
  }

  private func recipeRequest(about piece: RowPiece) throws -> GenerateContentRequest {
    guard let recipe else { return request }
    if piece == recipe.pieces.first { return request }
    var request = try RequestBuilder(
      recipe: prompt,
      settings,
      rows: recipe.rows.text(of: piece.shown)
    )
    .request()
    _ = try fit(prompt).fit(&request)
    request.generationConfig?.maxOutputTokens = self.request.generationConfig?.maxOutputTokens
    return request
  }

  /// The request about a part, as far as planning goes.
  func planRequest(part index: Int) -> PlanRequest {
    guard let recipe else { return heard(inPart: index).planRequest(about: clips[index]) }
    return planRequest(about: recipe.pieces[index])
  }

  /// The request about a part of a transcript, as far as planning goes.
  func planRequest(about piece: RowPiece) -> PlanRequest {
    guard let recipe else { return planRequest }
    var prompt = planPrompt
    recipe.show(piece, in: &prompt)
    return PlanRequest(
      source: PlanSource(
        name: source.uri,
        identity: StableHash.text(of: recipe.rows.text(of: piece.shown)),
        range: recipe.rows.stretch(of: piece.shown) ?? SpokenText.stretch(prompt.leadingTokens),
        length: duration,
        hasVideo: false,
        hasAudio: false
      ),
      prompt: prompt,
      settings: effective
    )
  }
}

extension PlanPrompt {
  /// The prompt of a recipe, as far as planning goes, without the rows that it will give.
  ///
  /// - Throws: As ``RequestBuilder/request()``.
  init(withoutRows recipe: ExtractionPrompt, _ settings: RequestSettings) throws {
    // A sign in the place of the rows, which is no token of theirs.
    let request = try RequestBuilder(recipe: recipe, settings, rows: "?").request()
    self.init(request, name: recipe.name, schema: recipe.schema)
    textTokens -= 1
  }
}

extension RequestBuilder {
  /// The builder of a recipe's request about some rows.
  init(recipe prompt: ExtractionPrompt, _ settings: RequestSettings, rows: String) throws {
    var input = settings.parameters
    input["transcript"] = .string(rows)
    if prompt.listsColumns { input["columns"] = .string(prompt.columnLines) }
    self.init(
      prompt: try prompt.template.render(PromptData(input: input)),
      promptName: prompt.name,
      schema: prompt.schema,
      settings: settings,
      rows: rows
    )
  }
}

extension StableHash {
  /// The hash of a text.
  fileprivate static func text(of text: String) -> String {
    var hash = StableHash()
    hash.add(part: text)
    return hash.hexadecimal
  }
}
