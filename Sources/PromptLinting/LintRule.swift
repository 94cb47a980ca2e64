/// What a linter looks for; each rule has a code, a reason and a remedy.
public enum LintRule: String, CaseIterable, Hashable, Sendable {
  /// The prompt explains a field that its schema lacks.
  case fieldNotInSchema = "field-not-in-schema"
  /// The schema has a field that the prompt never mentions.
  case fieldNotMentioned = "field-not-mentioned"
  /// Fields stand in another order in the prompt than in the schema.
  case fieldOrder = "field-order"
  /// The lists of a schema put the same names in different orders.
  case schemaOrder = "schema-order"
  /// The prompt says how to write the output, which the schema already settles.
  case outputTalk = "output-talk"
  /// Media do not come first.
  case mediaAfterText = "media-after-text"
  /// A value that changes with each request stands before text that does not.
  case variableBeforeText = "variable-before-text"
  /// Prompts for the same media have different system instructions.
  case systemDiffers = "system-differs"
  /// An input is declared and never used.
  case unusedInput = "unused-input"
  /// An input is used and not declared.
  case undeclaredInput = "undeclared-input"
  /// The same instruction is given twice.
  case repeatedInstruction = "repeated-instruction"
  /// Two instructions exclude each other.
  case contradiction = "contradiction"
  /// The prompt spells a value otherwise than the schema's list does.
  case enumSpelling = "enum-spelling"
  /// The schema uses a keyword that the service refuses or ignores.
  case schemaKeyword = "schema-keyword"
  /// The schema is nested deeper than the service is known to take.
  case schemaDepth = "schema-depth"
  /// The schema lists more values than the service is known to take.
  case enumSize = "enum-size"
  /// The model is not known.
  case unknownModel = "unknown-model"
  /// The model ignores a setting.
  case settingIgnored = "setting-ignored"
  /// The model refuses a setting, or two settings exclude each other.
  case settingRefused = "setting-refused"
  /// The prompt fixes how times are written.
  case hardWiredTimecode = "hard-wired-timecode"
  /// The prompt asks for certainty and for guesses at once.
  case mixedCertainty = "mixed-certainty"

  /// Why it matters, one sentence.
  public var why: String {
    switch self {
    case .fieldNotInSchema: "The model cannot write a field that the schema does not have."
    case .fieldNotMentioned: "The model has to guess what belongs into a field nobody explains."
    case .fieldOrder: "Fields are written in schema order; another order in the prompt misleads."
    case .schemaOrder:
      "Models follow one of these lists or another, so the order changes with them."
    case .outputTalk:
      "The schema and the encoding settle the form; a second word on it contradicts."
    case .mediaAfterText: "Text before the media keeps requests from sharing a cached beginning."
    case .variableBeforeText: "All after the first difference is billed in full for each request."
    case .systemDiffers: "A cached beginning holds the system instruction, so it must be the same."
    case .unusedInput: "Whoever gives it a value expects an effect."
    case .undeclaredInput: "Nobody knows that it has to be given."
    case .repeatedInstruction: "It costs tokens each time and weighs down the other instructions."
    case .contradiction: "The model will follow either, and not the same one each time."
    case .enumSpelling: "The model is told one spelling and held to another."
    case .schemaKeyword: "The service refuses it, or takes it and does nothing about it."
    case .schemaDepth: "Deep schemas are refused, or answered with empty objects."
    case .enumSize: "Beyond a number of listed values in all, schemas are refused."
    case .unknownModel: "Nothing can be said about its limits, settings and price."
    case .settingIgnored: "It has no effect, though it looks as if it had one."
    case .settingRefused: "The request is refused with HTTP 400."
    case .hardWiredTimecode: "The form of times depends on the length of the video."
    case .mixedCertainty: "The model cannot leave out what is doubtful and give it as well."
    }
  }

  /// What to do about it, one sentence.
  public var fix: String {
    switch self {
    case .fieldNotInSchema: "Add the field to the schema, or take it out of the prompt."
    case .fieldNotMentioned: "Explain the field in a line of its own, or drop it from the schema."
    case .fieldOrder: "Put the lines of the prompt into the order of the schema."
    case .schemaOrder: "Put properties, required and propertyOrdering into the same order."
    case .outputTalk: "Leave the form of the output to the schema."
    case .mediaAfterText: "Put {{media}} at the very beginning."
    case .variableBeforeText: "Move the variable behind the text that all requests share."
    case .systemDiffers: "Use one system instruction, and put the differences into the message."
    case .unusedInput: "Use it, or take it out of input.schema."
    case .undeclaredInput: "Declare it in input.schema."
    case .repeatedInstruction: "Keep one of the two."
    case .contradiction: "Decide for one of the two."
    case .enumSpelling: "Use the schema's spelling."
    case .schemaKeyword: "Take the keyword out; check the values after decoding instead."
    case .schemaDepth: "Flatten the schema: tables are arrays of flat objects."
    case .enumSize: "List fewer values, or take text and check it after decoding."
    case .unknownModel: "Check the spelling; tabscribe models list shows the known ones."
    case .settingIgnored: "Take the setting out."
    case .settingRefused: "Choose what the model takes; tabscribe models show tells."
    case .hardWiredTimecode: "Write {{timecode}}."
    case .mixedCertainty: "Use one of the two, or switch between them with {{#ifEquals favor …}}."
    }
  }

  /// How much it matters.
  public var severity: LintFinding.Severity {
    switch self {
    case .fieldNotInSchema, .undeclaredInput, .settingRefused, .enumSpelling: .error
    default: .warning
    }
  }
}
