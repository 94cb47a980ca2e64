#include "ReportAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char transcript_html[] = {
#embed "transcript.html"
};

static const EmbeddedFile files[] = {
    {"transcript.html", transcript_html, sizeof transcript_html},
};

const EmbeddedFile *report_assets(void) { return files; }
const size_t report_assets_count = sizeof files / sizeof *files;
