#include "ModelData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One row for each file of this folder; a test compares them.

static const EmbeddedFile files[] = {
  {"models.json", (const unsigned char[]){
#embed "models.json" suffix(, 0)
  }},
};

const EmbeddedFile *model_data(void) { return files; }
const size_t model_data_count = sizeof files / sizeof *files;
