#include "SchemaLibrary.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char action_items_json[] = {
#embed "action-items.json"
};

static const unsigned char chapters_json[] = {
#embed "chapters.json"
};

static const unsigned char names_transcripts_speakers_json[] = {
#embed "names-transcripts-speakers.json"
};

static const unsigned char questions_json[] = {
#embed "questions.json"
};

static const unsigned char quotes_json[] = {
#embed "quotes.json"
};

static const unsigned char sounds_json[] = {
#embed "sounds.json"
};

static const unsigned char speakers_json[] = {
#embed "speakers.json"
};

static const unsigned char summary_json[] = {
#embed "summary.json"
};

static const unsigned char transcripts_sources_json[] = {
#embed "transcripts-sources.json"
};

static const unsigned char transcripts_speakers_evidence_json[] = {
#embed "transcripts-speakers-evidence.json"
};

static const unsigned char transcripts_speakers_json[] = {
#embed "transcripts-speakers.json"
};

static const unsigned char transcripts_json[] = {
#embed "transcripts.json"
};

static const unsigned char translation_json[] = {
#embed "translation.json"
};

static const unsigned char voices_json[] = {
#embed "voices.json"
};

static const EmbeddedFile files[] = {
    {"action-items.json", action_items_json, sizeof action_items_json},
    {"chapters.json", chapters_json, sizeof chapters_json},
    {"names-transcripts-speakers.json", names_transcripts_speakers_json, sizeof names_transcripts_speakers_json},
    {"questions.json", questions_json, sizeof questions_json},
    {"quotes.json", quotes_json, sizeof quotes_json},
    {"sounds.json", sounds_json, sizeof sounds_json},
    {"speakers.json", speakers_json, sizeof speakers_json},
    {"summary.json", summary_json, sizeof summary_json},
    {"transcripts-sources.json", transcripts_sources_json, sizeof transcripts_sources_json},
    {"transcripts-speakers-evidence.json", transcripts_speakers_evidence_json, sizeof transcripts_speakers_evidence_json},
    {"transcripts-speakers.json", transcripts_speakers_json, sizeof transcripts_speakers_json},
    {"transcripts.json", transcripts_json, sizeof transcripts_json},
    {"translation.json", translation_json, sizeof translation_json},
    {"voices.json", voices_json, sizeof voices_json},
};

const EmbeddedFile *schema_library(void) { return files; }
const size_t schema_library_count = sizeof files / sizeof *files;
