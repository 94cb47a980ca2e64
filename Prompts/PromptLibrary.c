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
  {"_speech.prompt", (const unsigned char[]){
#embed "_speech.prompt" suffix(, 0)
  }},
  {"_who.prompt", (const unsigned char[]){
#embed "_who.prompt" suffix(, 0)
  }},
  {"action-items.prompt", (const unsigned char[]){
#embed "action-items.prompt" suffix(, 0)
  }},
  {"baseline.prompt", (const unsigned char[]){
#embed "baseline.prompt" suffix(, 0)
  }},
  {"chapters.prompt", (const unsigned char[]){
#embed "chapters.prompt" suffix(, 0)
  }},
  {"identify-speakers.prompt", (const unsigned char[]){
#embed "identify-speakers.prompt" suffix(, 0)
  }},
  {"questions.prompt", (const unsigned char[]){
#embed "questions.prompt" suffix(, 0)
  }},
  {"quotes.prompt", (const unsigned char[]){
#embed "quotes.prompt" suffix(, 0)
  }},
  {"sounds.prompt", (const unsigned char[]){
#embed "sounds.prompt" suffix(, 0)
  }},
  {"summary.prompt", (const unsigned char[]){
#embed "summary.prompt" suffix(, 0)
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
  {"translation.prompt", (const unsigned char[]){
#embed "translation.prompt" suffix(, 0)
  }},
  {"voices.prompt", (const unsigned char[]){
#embed "voices.prompt" suffix(, 0)
  }},
};

const EmbeddedFile *prompt_library(void) { return files; }
const size_t prompt_library_count = sizeof files / sizeof *files;
