#include "PromptLibrary.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char transcribe_prompt[] = {
#embed "transcribe.prompt"
};

static const EmbeddedFile files[] = {
    {"transcribe.prompt", transcribe_prompt, sizeof transcribe_prompt},
};

const EmbeddedFile *prompt_library(void) { return files; }
const size_t prompt_library_count = sizeof files / sizeof *files;
