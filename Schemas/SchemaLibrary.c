#include "SchemaLibrary.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One row for each file of this folder; a test compares them.

static const EmbeddedFile files[] = {
  {"action-items.json", (const unsigned char[]){
#embed "action-items.json" suffix(, 0)
  }},
  {"answers.json", (const unsigned char[]){
#embed "answers.json" suffix(, 0)
  }},
  {"audio-tags.json", (const unsigned char[]){
#embed "audio-tags.json" suffix(, 0)
  }},
  {"chapters.json", (const unsigned char[]){
#embed "chapters.json" suffix(, 0)
  }},
  {"chinese-script.json", (const unsigned char[]){
#embed "chinese-script.json" suffix(, 0)
  }},
  {"citations.json", (const unsigned char[]){
#embed "citations.json" suffix(, 0)
  }},
  {"clean.json", (const unsigned char[]){
#embed "clean.json" suffix(, 0)
  }},
  {"coaching.json", (const unsigned char[]){
#embed "coaching.json" suffix(, 0)
  }},
  {"decisions.json", (const unsigned char[]){
#embed "decisions.json" suffix(, 0)
  }},
  {"dialogue.json", (const unsigned char[]){
#embed "dialogue.json" suffix(, 0)
  }},
  {"emotion.json", (const unsigned char[]){
#embed "emotion.json" suffix(, 0)
  }},
  {"entities.json", (const unsigned char[]){
#embed "entities.json" suffix(, 0)
  }},
  {"glossary.json", (const unsigned char[]){
#embed "glossary.json" suffix(, 0)
  }},
  {"language.json", (const unsigned char[]){
#embed "language.json" suffix(, 0)
  }},
  {"names-transcripts-speakers.json", (const unsigned char[]){
#embed "names-transcripts-speakers.json" suffix(, 0)
  }},
  {"phases.json", (const unsigned char[]){
#embed "phases.json" suffix(, 0)
  }},
  {"profile.json", (const unsigned char[]){
#embed "profile.json" suffix(, 0)
  }},
  {"questions.json", (const unsigned char[]){
#embed "questions.json" suffix(, 0)
  }},
  {"quotes.json", (const unsigned char[]){
#embed "quotes.json" suffix(, 0)
  }},
  {"redactions.json", (const unsigned char[]){
#embed "redactions.json" suffix(, 0)
  }},
  {"rename-speakers.json", (const unsigned char[]){
#embed "rename-speakers.json" suffix(, 0)
  }},
  {"scorecard.json", (const unsigned char[]){
#embed "scorecard.json" suffix(, 0)
  }},
  {"soap.json", (const unsigned char[]){
#embed "soap.json" suffix(, 0)
  }},
  {"sounds.json", (const unsigned char[]){
#embed "sounds.json" suffix(, 0)
  }},
  {"speakers.json", (const unsigned char[]){
#embed "speakers.json" suffix(, 0)
  }},
  {"spoken-languages.json", (const unsigned char[]){
#embed "spoken-languages.json" suffix(, 0)
  }},
  {"summary.json", (const unsigned char[]){
#embed "summary.json" suffix(, 0)
  }},
  {"tags.json", (const unsigned char[]){
#embed "tags.json" suffix(, 0)
  }},
  {"transcripts-sources.json", (const unsigned char[]){
#embed "transcripts-sources.json" suffix(, 0)
  }},
  {"transcripts-speakers-evidence.json", (const unsigned char[]){
#embed "transcripts-speakers-evidence.json" suffix(, 0)
  }},
  {"transcripts-speakers.json", (const unsigned char[]){
#embed "transcripts-speakers.json" suffix(, 0)
  }},
  {"transcripts.json", (const unsigned char[]){
#embed "transcripts.json" suffix(, 0)
  }},
  {"translation.json", (const unsigned char[]){
#embed "translation.json" suffix(, 0)
  }},
  {"voices.json", (const unsigned char[]){
#embed "voices.json" suffix(, 0)
  }},
};

const EmbeddedFile *schema_library(void) { return files; }
const size_t schema_library_count = sizeof files / sizeof *files;
