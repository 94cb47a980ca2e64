#include "ReportAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One row for each file of this folder; a test compares them.

static const EmbeddedFile files[] = {
  {"library.css", (const unsigned char[]){
#embed "library.css" suffix(, 0)
  }},
  {"library.html", (const unsigned char[]){
#embed "library.html" suffix(, 0)
  }},
  {"asking.js", (const unsigned char[]){
#embed "asking.js" suffix(, 0)
  }},
  {"new.html", (const unsigned char[]){
#embed "new.html" suffix(, 0)
  }},
  {"new.js", (const unsigned char[]){
#embed "new.js" suffix(, 0)
  }},
  {"library.js", (const unsigned char[]){
#embed "library.js" suffix(, 0)
  }},
  {"basics.js", (const unsigned char[]){
#embed "basics.js" suffix(, 0)
  }},
  {"captions.js", (const unsigned char[]){
#embed "captions.js" suffix(, 0)
  }},
  {"collection.html", (const unsigned char[]){
#embed "collection.html" suffix(, 0)
  }},
  {"collection.js", (const unsigned char[]){
#embed "collection.js" suffix(, 0)
  }},
  {"comparison.css", (const unsigned char[]){
#embed "comparison.css" suffix(, 0)
  }},
  {"comparison.html", (const unsigned char[]){
#embed "comparison.html" suffix(, 0)
  }},
  {"comparison.js", (const unsigned char[]){
#embed "comparison.js" suffix(, 0)
  }},
  {"corrections.js", (const unsigned char[]){
#embed "corrections.js" suffix(, 0)
  }},
  {"editing.js", (const unsigned char[]){
#embed "editing.js" suffix(, 0)
  }},
  {"exports.js", (const unsigned char[]){
#embed "exports.js" suffix(, 0)
  }},
  {"lab.css", (const unsigned char[]){
#embed "lab.css" suffix(, 0)
  }},
  {"lab.html", (const unsigned char[]){
#embed "lab.html" suffix(, 0)
  }},
  {"lab.js", (const unsigned char[]){
#embed "lab.js" suffix(, 0)
  }},
  {"live.html", (const unsigned char[]){
#embed "live.html" suffix(, 0)
  }},
  {"live.js", (const unsigned char[]){
#embed "live.js" suffix(, 0)
  }},
  {"replacing.js", (const unsigned char[]){
#embed "replacing.js" suffix(, 0)
  }},
  {"saving.js", (const unsigned char[]){
#embed "saving.js" suffix(, 0)
  }},
  {"overlay.js", (const unsigned char[]){
#embed "overlay.js" suffix(, 0)
  }},
  {"rows.js", (const unsigned char[]){
#embed "rows.js" suffix(, 0)
  }},
  {"structure.js", (const unsigned char[]){
#embed "structure.js" suffix(, 0)
  }},
  {"panels.js", (const unsigned char[]){
#embed "panels.js" suffix(, 0)
  }},
  {"people.js", (const unsigned char[]){
#embed "people.js" suffix(, 0)
  }},
  {"player.js", (const unsigned char[]){
#embed "player.js" suffix(, 0)
  }},
  {"reader.js", (const unsigned char[]){
#embed "reader.js" suffix(, 0)
  }},
  {"report.css", (const unsigned char[]){
#embed "report.css" suffix(, 0)
  }},
  {"search.js", (const unsigned char[]){
#embed "search.js" suffix(, 0)
  }},
  {"tables.js", (const unsigned char[]){
#embed "tables.js" suffix(, 0)
  }},
  {"memory.js", (const unsigned char[]){
#embed "memory.js" suffix(, 0)
  }},
  {"rail.js", (const unsigned char[]){
#embed "rail.js" suffix(, 0)
  }},
  {"titling.js", (const unsigned char[]){
#embed "titling.js" suffix(, 0)
  }},
  {"timeline.js", (const unsigned char[]){
#embed "timeline.js" suffix(, 0)
  }},
  {"drafts.js", (const unsigned char[]){
#embed "drafts.js" suffix(, 0)
  }},
  {"quoting.js", (const unsigned char[]){
#embed "quoting.js" suffix(, 0)
  }},
  {"shelf.js", (const unsigned char[]){
#embed "shelf.js" suffix(, 0)
  }},
  {"transcript.html", (const unsigned char[]){
#embed "transcript.html" suffix(, 0)
  }},
};

const EmbeddedFile *report_assets(void) { return files; }
const size_t report_assets_count = sizeof files / sizeof *files;
