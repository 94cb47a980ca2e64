internal import CYAML
internal import OrderedJSON

/// One event of libyaml's parser, copied out of it.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case streamEnd
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
    case scalar(YAMLScalar)
    case alias(String)
    case other
  }

  let kind: Kind
  let anchor: String?
  let mark: YAMLMark

  init(_ event: yaml_event_t) {
    mark = YAMLMark(line: Int(event.start_mark.line), column: Int(event.start_mark.column))
    var anchor: UnsafeMutablePointer<yaml_char_t>?
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      anchor = event.data.sequence_start.anchor
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      anchor = event.data.mapping_start.anchor
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_SCALAR_EVENT:
      kind = .scalar(YAMLScalar(event))
      anchor = event.data.scalar.anchor
    case YAML_ALIAS_EVENT: kind = .alias(String(cString: event.data.alias.anchor))
    default: kind = .other
    }
    self.anchor = anchor.map { String(cString: $0) }
  }
}
