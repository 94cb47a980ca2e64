/// What the answers of a recipe are about; its front matter says so with `tabscribe.recipe`.
public enum RecipeForm: String, Hashable, Sendable, CaseIterable {
  /// Single rows and what begins there; as many as are worth it.
  case passages
  /// Sections, each of which ends where the next one begins.
  case sections
  /// Every row: one answer for each.
  case rows
  /// The transcript as a whole: one answer.
  case whole
}
