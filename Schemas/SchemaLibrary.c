#include "SchemaLibrary.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char transcripts_speakers_json[] = {
#embed "transcripts-speakers.json"
};

static const EmbeddedFile files[] = {
    {"transcripts-speakers.json", transcripts_speakers_json, sizeof transcripts_speakers_json},
};

const EmbeddedFile *schema_library(void) { return files; }
const size_t schema_library_count = sizeof files / sizeof *files;
