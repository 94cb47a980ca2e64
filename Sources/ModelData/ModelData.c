#include "ModelData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char models_json[] = {
#embed "models.json"
};

static const EmbeddedFile files[] = {
    {"models.json", models_json, sizeof models_json},
};

const EmbeddedFile *model_data(void) { return files; }
const size_t model_data_count = sizeof files / sizeof *files;
