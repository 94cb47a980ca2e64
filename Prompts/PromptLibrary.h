#pragma once
#include "EmbeddedFile.h"

/// The files of this folder.
const EmbeddedFile *prompt_library(void);
extern const size_t prompt_library_count;
