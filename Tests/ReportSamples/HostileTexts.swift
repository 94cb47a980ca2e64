internal import OrderedJSON
public import TranscriptModel

/// Text that tries to become something else on a page.
public enum HostileTexts {
  /// Script injections and markup, written for this project.
  public static let all: [String] = [
    "<script>window.pwned=1</script>", "</script><script>window.pwned=1</script>",
    "</title><script>window.pwned=1</script>", "</style><script>window.pwned=1</script>",
    "<img src=x onerror=\"window.pwned=1\">", "<svg onload=window.pwned=1>",
    "<svg/onload=window.pwned=1//",
    "\"><img src=x onerror=window.pwned=1>", "' onmouseover='window.pwned=1' x='",
    "\" autofocus onfocus=\"window.pwned=1", "javascript:window.pwned=1",
    "data:text/html,<script>parent.pwned=1</script>",
    "<a href=\"javascript:window.pwned=1\">x</a>",
    "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
    "<!--\" onclick=\"window.pwned=1\" -->", "&{window.pwned=1};",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;script&#62;window.pwned=1", "<![CDATA[<script>window.pwned=1</script>]]>",
    "<?php echo 1 ?>",
    "<body onload=window.pwned=1>", "<base href=\"https://example.org/\">",
    "<meta http-equiv=refresh content=\"0;url=https://example.org\">",
    "<link rel=stylesheet href=https://example.org/x.css>", "<style>*{display:none}</style>",
    "<form action=https://example.org><button>x</button></form>", "<object data=x></object>",
    "<math><mi xlink:href=\"javascript:window.pwned=1\">",
    "<template><script>window.pwned=1</script></template>",
    "</td></tr></table><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=window.pwned=1>\">",
    "\u{202E}gnp.exe\u{202C}", "[</i><script>window.pwned=1</script>]",
    "[x\" onclick=\"window.pwned=1]",
    "expression(window.pwned=1)", "{{constructor.constructor('window.pwned=1')()}}",
    "${window.pwned=1}", "`-window.pwned=1-`",
    "\\u003cscript>window.pwned=1\\u003c/script>", "\u{2028}window.pwned=1\u{2029}",
    "<\u{0}script>window.pwned=1</script>",
    "#t=1\" onclick=\"window.pwned=1", "..\\..\\<b>.mp4", "%3Cscript%3Ewindow.pwned=1%3C/script%3E",
  ]

  /// A document with a text in every field that comes from outside.
  public static func document(with text: String) -> TranscriptDocument {
    let field = TranscriptSegment.Field(column: text, role: .evidence, value: .text(text))
    let language = TranscriptSegment.Field(column: "language", role: .language, value: .text(text))
    var document = SampleDocuments.made(
      uri: text,
      title: text,
      segments: [0, 1].map { row in
        TranscriptSegment(
          row: row,
          start: Timecode(milliseconds: row * 1000),
          end: Timecode(milliseconds: row * 1000 + 900),
          endIsEstimate: false,
          voice: row + 1,
          text: text,
          extras: [field, language]
        )
      },
      speakers: [
        Speaker(
          voice: 1,
          name: text,
          company: text,
          position: text,
          role: text,
          nameStatus: .init(rawValue: text),
          extras: [field]
        ), Speaker(voice: 2, position: text, role: text),
      ],
      durationMS: 2_000
    )
    document.findings = [
      Finding(.init(rawValue: text), .error, text, rows: [.init(table: "transcripts", index: 0)]),
      Finding("unused-speaker", .warning, text, rows: [.init(table: text, index: 0)]),
    ]
    document.isComplete = false
    document.run = TranscriptDocument.Run(
      id: text,
      startedAt: text,
      tool: text,
      backend: text,
      model: text,
      modelVersion: text,
      prompt: text,
      promptDigest: text,
      schema: text,
      encoding: text,
      parameters: [text: .string(text)],
      finishReason: text
    )
    document.usage = Usage(
      promptTokens: 1,
      promptTokensByModality: [.init(modality: text, tokens: 1)]
    )
    return document
  }
}
