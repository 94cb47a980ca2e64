#include "SampleVideo.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char sample_webm[] = {
#embed "sample.webm"
};

static const unsigned char sample_json[] = {
#embed "sample.json"
};

static const EmbeddedFile files[] = {
    {"sample.webm", sample_webm, sizeof sample_webm},
    {"sample.json", sample_json, sizeof sample_json},
};

const EmbeddedFile *sample_video(void) { return files; }
const size_t sample_video_count = sizeof files / sizeof *files;
