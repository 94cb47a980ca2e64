#include "PromptLibrary.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One row for each file of this folder; a test compares them.

static const EmbeddedFile files[] = {
  {"_certainty.prompt", (const unsigned char[]){
#embed "_certainty.prompt" suffix(, 0)
  }},
  {"_clock.prompt", (const unsigned char[]){
#embed "_clock.prompt" suffix(, 0)
  }},
  {"_clues.prompt", (const unsigned char[]){
#embed "_clues.prompt" suffix(, 0)
  }},
  {"_context.prompt", (const unsigned char[]){
#embed "_context.prompt" suffix(, 0)
  }},
  {"_known-speakers.prompt", (const unsigned char[]){
#embed "_known-speakers.prompt" suffix(, 0)
  }},
  {"_rows.prompt", (const unsigned char[]){
#embed "_rows.prompt" suffix(, 0)
  }},
  {"_speech.prompt", (const unsigned char[]){
#embed "_speech.prompt" suffix(, 0)
  }},
  {"_who.prompt", (const unsigned char[]){
#embed "_who.prompt" suffix(, 0)
  }},
  {"action-items.prompt", (const unsigned char[]){
#embed "action-items.prompt" suffix(, 0)
  }},
  {"ask.prompt", (const unsigned char[]){
#embed "ask.prompt" suffix(, 0)
  }},
  {"baseline.prompt", (const unsigned char[]){
#embed "baseline.prompt" suffix(, 0)
  }},
  {"chapters.prompt", (const unsigned char[]){
#embed "chapters.prompt" suffix(, 0)
  }},
  {"chinese-script.prompt", (const unsigned char[]){
#embed "chinese-script.prompt" suffix(, 0)
  }},
  {"citations.prompt", (const unsigned char[]){
#embed "citations.prompt" suffix(, 0)
  }},
  {"clean.prompt", (const unsigned char[]){
#embed "clean.prompt" suffix(, 0)
  }},
  {"coaching.prompt", (const unsigned char[]){
#embed "coaching.prompt" suffix(, 0)
  }},
  {"decisions.prompt", (const unsigned char[]){
#embed "decisions.prompt" suffix(, 0)
  }},
  {"detect-language.prompt", (const unsigned char[]){
#embed "detect-language.prompt" suffix(, 0)
  }},
  {"dialogue.prompt", (const unsigned char[]){
#embed "dialogue.prompt" suffix(, 0)
  }},
  {"emotion.prompt", (const unsigned char[]){
#embed "emotion.prompt" suffix(, 0)
  }},
  {"entities.prompt", (const unsigned char[]){
#embed "entities.prompt" suffix(, 0)
  }},
  {"extract.prompt", (const unsigned char[]){
#embed "extract.prompt" suffix(, 0)
  }},
  {"glossary.prompt", (const unsigned char[]){
#embed "glossary.prompt" suffix(, 0)
  }},
  {"identify-speakers.prompt", (const unsigned char[]){
#embed "identify-speakers.prompt" suffix(, 0)
  }},
  {"language.prompt", (const unsigned char[]){
#embed "language.prompt" suffix(, 0)
  }},
  {"phases.prompt", (const unsigned char[]){
#embed "phases.prompt" suffix(, 0)
  }},
  {"questions.prompt", (const unsigned char[]){
#embed "questions.prompt" suffix(, 0)
  }},
  {"quotes.prompt", (const unsigned char[]){
#embed "quotes.prompt" suffix(, 0)
  }},
  {"redact.prompt", (const unsigned char[]){
#embed "redact.prompt" suffix(, 0)
  }},
  {"rename-speakers.prompt", (const unsigned char[]){
#embed "rename-speakers.prompt" suffix(, 0)
  }},
  {"scorecard.prompt", (const unsigned char[]){
#embed "scorecard.prompt" suffix(, 0)
  }},
  {"soap.prompt", (const unsigned char[]){
#embed "soap.prompt" suffix(, 0)
  }},
  {"sounds.prompt", (const unsigned char[]){
#embed "sounds.prompt" suffix(, 0)
  }},
  {"summary.prompt", (const unsigned char[]){
#embed "summary.prompt" suffix(, 0)
  }},
  {"tag-audio.prompt", (const unsigned char[]){
#embed "tag-audio.prompt" suffix(, 0)
  }},
  {"tags.prompt", (const unsigned char[]){
#embed "tags.prompt" suffix(, 0)
  }},
  {"transcribe-audio.prompt", (const unsigned char[]){
#embed "transcribe-audio.prompt" suffix(, 0)
  }},
  {"transcribe-evidence.prompt", (const unsigned char[]){
#embed "transcribe-evidence.prompt" suffix(, 0)
  }},
  {"transcribe-names-first.prompt", (const unsigned char[]){
#embed "transcribe-names-first.prompt" suffix(, 0)
  }},
  {"transcribe-sources.prompt", (const unsigned char[]){
#embed "transcribe-sources.prompt" suffix(, 0)
  }},
  {"transcribe.prompt", (const unsigned char[]){
#embed "transcribe.prompt" suffix(, 0)
  }},
  {"translate.prompt", (const unsigned char[]){
#embed "translate.prompt" suffix(, 0)
  }},
  {"voices.prompt", (const unsigned char[]){
#embed "voices.prompt" suffix(, 0)
  }},
};

const EmbeddedFile *prompt_library(void) { return files; }
const size_t prompt_library_count = sizeof files / sizeof *files;
