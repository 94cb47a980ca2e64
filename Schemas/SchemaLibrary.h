#pragma once
#include "EmbeddedFile.h"

/// The files of this folder.
const EmbeddedFile *schema_library(void);
extern const size_t schema_library_count;
