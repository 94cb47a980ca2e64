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
  }

  init(form: RecipeForm, rows: NumberedRows, card: ModelCard?, platform: ModelPlatform) {
    (self.form, self.rows) = (form, rows)
    var most = form == .rows ? Self.mostAnsweredTokens : Self.mostTokens
    if let limits = card?.limits {
      most = min(most, limits.inputTokens / 2)
      // Other languages take up to twice as many tokens, and each row its frame.
      if form == .rows { most = min(most, limits.outputTokens(on: platform) / 3) }
    }
    pieces = rows.pieces(ofAtMost: most) { TextTokenEstimator.tokens(in: $0.line) }
  }

  /// The rows of a piece as far as the length of its reply goes.
  func given(_ piece: RowPiece) -> GivenRows {
    GivenRows(
      count: piece.fresh.count,
      tokens: TextTokenEstimator.tokens(in: rows.text(of: piece.fresh)),
      isEach: form == .rows
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
    guard let recipe else { return order(.clip, about: clips[index]) }
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
      encoding: settings.encoding
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
  func planRequest(part index: Int) throws -> PlanRequest {
    guard let recipe else { return planRequest(about: clips[index]) }
    let piece = recipe.pieces[index]
    var prompt = PlanPrompt(
      try order(part: index).request,
      name: self.prompt.name,
      schema: self.prompt.schema
    )
    let shown = recipe.rows.text(of: piece.shown)
    prompt.leadingTokens = TextTokenEstimator.tokens(in: shown)
    prompt.isAbout(recipe.given(piece))
    return PlanRequest(
      source: PlanSource(
        name: source.uri,
        identity: StableHash.text(of: shown),
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
