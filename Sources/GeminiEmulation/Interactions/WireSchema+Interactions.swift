extension WireSchema {
  /// Requests of the Interactions API, as the Python SDK 3.6.1 types them; snake_case only.
  static let interactions = WireSchema(notation: interactionNotation)

  private static let interactionNotation = """
    enum ThinkingLevel minimal|low|medium|high|xhigh
    enum Summaries auto|none
    enum Tier flex|standard|priority|deferred
    enum Resolution low|medium|high|ultra_high
    enum Layer frames|audio|transcript
    enum ContentType text|image|audio|video|document
    CreateInteraction
      model string
      agent string
      agent_config any
      input any
      system_instruction string
      generation_config Config
      response_format any
      response_mime_type string
      response_modalities [string]
      service_tier Tier
      store bool
      background bool
      stream bool
      previous_interaction_id string
      continuation_token string
      labels {string}
      tools [any]
      safety_settings [any]
      environment any
      webhook_config any
      cached_content string
    Config
      max_output_tokens int32
      seed int32
      stop_sequences [string]
      temperature double
      top_p double
      thinking_level ThinkingLevel
      thinking_summaries Summaries
      transcription_config any
      speech_config any
      image_config any
      video_config any
      tool_choice any
    Content
      type ContentType
      text string
      annotations any
      uri string
      data bytes
      mime_type string
      resolution Resolution
      processing any
      name string
      channels int32
      sample_rate int32
    Processing
      type string
      fps double
      start_offset duration
      end_offset duration
      content_layers [Layer]
    """
}
