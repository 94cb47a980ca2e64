extension WireSchema {
  /// Fields of discovery revisions 20260831 (AI Studio) and 20261106 (Agent Platform), with those
  /// the Python SDK 3.6.1 sends beyond them.
  static let requestNotation = """
    enum Resolution MEDIA_RESOLUTION_UNSPECIFIED|MEDIA_RESOLUTION_LOW|MEDIA_RESOLUTION_MEDIUM|MEDIA_RESOLUTION_HIGH
    enum PartResolution MEDIA_RESOLUTION_UNSPECIFIED|MEDIA_RESOLUTION_LOW|MEDIA_RESOLUTION_MEDIUM|MEDIA_RESOLUTION_HIGH|MEDIA_RESOLUTION_ULTRA_HIGH
    enum Processing MEDIA_PROCESSING_UNSPECIFIED|STATIC|AGENTIC
    enum Layer CONTENT_LAYER_UNSPECIFIED|FRAMES|AUDIO|TRANSCRIPT
    enum ThinkingLevel THINKING_LEVEL_UNSPECIFIED|MINIMAL|LOW|MEDIUM|HIGH|XHIGH
    enum ServiceTier unspecified|standard|flex|priority
    enum ~SchemaType TYPE_UNSPECIFIED|STRING|NUMBER|INTEGER|BOOLEAN|ARRAY|OBJECT|NULL
    enum HarmCategory HARM_CATEGORY_UNSPECIFIED|HARM_CATEGORY_DEROGATORY|HARM_CATEGORY_TOXICITY|HARM_CATEGORY_VIOLENCE|HARM_CATEGORY_SEXUAL|HARM_CATEGORY_MEDICAL|HARM_CATEGORY_DANGEROUS|HARM_CATEGORY_HARASSMENT|HARM_CATEGORY_HATE_SPEECH|HARM_CATEGORY_SEXUALLY_EXPLICIT|HARM_CATEGORY_DANGEROUS_CONTENT|HARM_CATEGORY_CIVIC_INTEGRITY|HARM_CATEGORY_JAILBREAK
    enum HarmThreshold HARM_BLOCK_THRESHOLD_UNSPECIFIED|BLOCK_LOW_AND_ABOVE|BLOCK_MEDIUM_AND_ABOVE|BLOCK_ONLY_HIGH|BLOCK_NONE|OFF
    enum HarmMethod HARM_BLOCK_METHOD_UNSPECIFIED|SEVERITY|PROBABILITY
    enum Modality MODALITY_UNSPECIFIED|TEXT|IMAGE|AUDIO
    enum TranscriptionMode MODE_UNSPECIFIED|VERBATIM|SMART
    enum FormatMIME MIME_TYPE_UNSPECIFIED|APPLICATION_JSON|TEXT_PLAIN
    enum FileSource SOURCE_UNSPECIFIED|UPLOADED|GENERATED|REGISTERED
    GenerateContentRequest
      model string
      contents [Content]
      systemInstruction Content
      generationConfig GenerationConfig
      safetySettings [SafetySetting]
      tools [Tool]
      toolConfig ToolConfig
      cachedContent string
      serviceTier ServiceTier
      store bool @studio
      labels {string}
      continuationToken bytes
      modelArmorConfig any @platform
    Content
      role string
      parts [Part]
    Part
      text string
      inlineData Blob
      fileData FileData
      videoMetadata VideoMetadata
      audioMetadata AudioMetadata
      mediaResolution PartMediaResolution
      mediaProcessing Processing
      thought bool
      thoughtSignature bytes
      functionCall any
      functionResponse any
      executableCode any
      codeExecutionResult any
      toolCall any @studio
      toolResponse any @studio
      partMetadata struct @studio
      audioTranscription any
      speechMetadata any
    Blob
      mimeType string
      data bytes
      displayName string
    FileData
      fileUri string
      mimeType string
      displayName string
    VideoMetadata
      startOffset duration
      endOffset duration
      fps double
      contentLayers [Layer]
    AudioMetadata
      startOffset duration
      endOffset duration
    PartMediaResolution
      level PartResolution
      numTokens int32
    GenerationConfig
      temperature double
      topP double
      topK double
      seed int32
      candidateCount int32
      maxOutputTokens int32
      stopSequences [string]
      responseMimeType string
      responseSchema Schema
      responseJsonSchema any
      _responseJsonSchema any @studio
      responseFormat ResponseFormat
      mediaResolution Resolution
      thinkingConfig ThinkingConfig
      audioTranscriptionConfig AudioTranscriptionConfig
      responseModalities [Modality]
      presencePenalty double
      frequencyPenalty double
      responseLogprobs bool
      logprobs int32
      speechConfig any
      imageConfig any
      translationConfig any
      enableAffectiveDialog bool
      enableEnhancedCivicAnswers bool @studio
      audioTimestamp bool @platform
      routingConfig any @platform
      modelConfig any @platform
    ThinkingConfig
      includeThoughts bool
      thinkingBudget int32
      thinkingLevel ThinkingLevel
    AudioTranscriptionConfig
      adaptationPhrases [string]
      customVocabulary [string]
      languageCodes [string]
      languageHints any
      languageAuto any
      diarization bool
      wordTimestamp bool
      mode TranscriptionMode
      sourceText string
    ResponseFormat
      text TextFormat
      audio any
      image any
    TextFormat
      mimeType FormatMIME
      schema any
    Schema
      type SchemaType
      format string
      title string
      description string
      nullable bool
      enum [string]
      items Schema
      minItems int64
      maxItems int64
      properties {Schema}
      required [string]
      minProperties int64
      maxProperties int64
      minLength int64
      maxLength int64
      pattern string
      minimum double
      maximum double
      anyOf [Schema]
      propertyOrdering [string]
      default any
      example any
      additionalProperties any @platform
      defs {Schema} @platform
      ref string @platform
    SafetySetting
      category HarmCategory
      threshold HarmThreshold
      method HarmMethod @platform
    Tool
      googleSearch any
      googleMaps any
      urlContext any
      googleSearchRetrieval any
      functionDeclarations [any]
      codeExecution any
      fileSearch any
      computerUse any
      mcpServers [any] @studio
      retrieval any @platform
      enterpriseWebSearch any @platform
    ToolConfig
      functionCallingConfig any
      retrievalConfig any
      includeServerSideToolInvocations bool
    CountTokensRequest
      contents [Content]
      generateContentRequest GenerateContentRequest @studio
      model string @platform
      instances [any] @platform
      systemInstruction Content @platform
      tools [Tool] @platform
      generationConfig GenerationConfig @platform
    CreateFileRequest
      file File
    File
      name string
      displayName string
      mimeType string
      sizeBytes int64
      createTime timestamp
      updateTime timestamp
      expirationTime timestamp
      sha256Hash bytes
      uri string
      downloadUri string
      state string
      source FileSource
      error any
      videoMetadata any
    RegisterFilesRequest
      uris [string]
    CachedContent
      model string
      contents [Content]
      systemInstruction Content
      tools [Tool]
      toolConfig ToolConfig
      ttl duration
      expireTime timestamp
      displayName string
      encryptionSpec any @platform
    BatchGenerateContentRequest
      batch Batch
    Batch
      model string
      displayName string
      inputConfig BatchInput
      priority int64
      webhookConfig any
    BatchInput
      fileName string
      requests InlinedRequests
    InlinedRequests
      requests [InlinedRequest]
    InlinedRequest
      request GenerateContentRequest
      metadata struct
    BatchLine
      key string
      request GenerateContentRequest
      metadata struct
    BatchPredictionJob
      displayName string
      model string
      inputConfig JobInput
      outputConfig JobOutput
      labels {string}
    JobInput
      instancesFormat string
      gcsSource JobSource
      bigquerySource any
    JobSource
      uris [string]
    JobOutput
      predictionsFormat string
      gcsDestination JobDestination
      bigqueryDestination any
    JobDestination
      outputUriPrefix string
    """
}
