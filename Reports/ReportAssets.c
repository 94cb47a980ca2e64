#include "ReportAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char report_css[] = {
#embed "report.css"
};
static const unsigned char library_css[] = {
#embed "library.css"
};
static const unsigned char library_html[] = {
#embed "library.html"
};
static const unsigned char basics_js[] = {
#embed "basics.js"
};
static const unsigned char captions_js[] = {
#embed "captions.js"
};
static const unsigned char collection_html[] = {
#embed "collection.html"
};
static const unsigned char collection_js[] = {
#embed "collection.js"
};
static const unsigned char comparison_css[] = {
#embed "comparison.css"
};
static const unsigned char comparison_html[] = {
#embed "comparison.html"
};
static const unsigned char comparison_js[] = {
#embed "comparison.js"
};
static const unsigned char corrections_js[] = {
#embed "corrections.js"
};
static const unsigned char editing_js[] = {
#embed "editing.js"
};
static const unsigned char exports_js[] = {
#embed "exports.js"
};
static const unsigned char lab_css[] = {
#embed "lab.css"
};
static const unsigned char lab_html[] = {
#embed "lab.html"
};
static const unsigned char lab_js[] = {
#embed "lab.js"
};
static const unsigned char live_html[] = {
#embed "live.html"
};
static const unsigned char live_js[] = {
#embed "live.js"
};
static const unsigned char saving_js[] = {
#embed "saving.js"
};
static const unsigned char overlay_js[] = {
#embed "overlay.js"
};
static const unsigned char panels_js[] = {
#embed "panels.js"
};
static const unsigned char people_js[] = {
#embed "people.js"
};
static const unsigned char player_js[] = {
#embed "player.js"
};
static const unsigned char reader_js[] = {
#embed "reader.js"
};
static const unsigned char search_js[] = {
#embed "search.js"
};
static const unsigned char tables_js[] = {
#embed "tables.js"
};
static const unsigned char transcript_html[] = {
#embed "transcript.html"
};
static const unsigned char drafts_js[] = {
#embed "drafts.js"
};
static const unsigned char quoting_js[] = {
#embed "quoting.js"
};
static const unsigned char shelf_js[] = {
#embed "shelf.js"
};
static const unsigned char memory_js[] = {
#embed "memory.js"
};
static const unsigned char rail_js[] = {
#embed "rail.js"
};
static const unsigned char timeline_js[] = {
#embed "timeline.js"
};

static const EmbeddedFile files[] = {
    {"library.css", library_css, sizeof library_css},
    {"library.html", library_html, sizeof library_html},
    {"basics.js", basics_js, sizeof basics_js},
    {"captions.js", captions_js, sizeof captions_js},
    {"collection.html", collection_html, sizeof collection_html},
    {"collection.js", collection_js, sizeof collection_js},
    {"comparison.css", comparison_css, sizeof comparison_css},
    {"comparison.html", comparison_html, sizeof comparison_html},
    {"comparison.js", comparison_js, sizeof comparison_js},
    {"corrections.js", corrections_js, sizeof corrections_js},
    {"editing.js", editing_js, sizeof editing_js},
    {"exports.js", exports_js, sizeof exports_js},
    {"lab.css", lab_css, sizeof lab_css},
    {"lab.html", lab_html, sizeof lab_html},
    {"lab.js", lab_js, sizeof lab_js},
    {"live.html", live_html, sizeof live_html},
    {"live.js", live_js, sizeof live_js},
    {"saving.js", saving_js, sizeof saving_js},
    {"overlay.js", overlay_js, sizeof overlay_js},
    {"panels.js", panels_js, sizeof panels_js},
    {"people.js", people_js, sizeof people_js},
    {"player.js", player_js, sizeof player_js},
    {"reader.js", reader_js, sizeof reader_js},
    {"report.css", report_css, sizeof report_css},
    {"search.js", search_js, sizeof search_js},
    {"tables.js", tables_js, sizeof tables_js},
    {"memory.js", memory_js, sizeof memory_js},
    {"rail.js", rail_js, sizeof rail_js},
    {"timeline.js", timeline_js, sizeof timeline_js},
    {"drafts.js", drafts_js, sizeof drafts_js},
    {"quoting.js", quoting_js, sizeof quoting_js},
    {"shelf.js", shelf_js, sizeof shelf_js},
    {"transcript.html", transcript_html, sizeof transcript_html},
};

const EmbeddedFile *report_assets(void) { return files; }
const size_t report_assets_count = sizeof files / sizeof *files;
