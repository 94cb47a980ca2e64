#pragma once
#include "EmbeddedFile.h"

/// The files of this folder.
const EmbeddedFile *model_data(void);
extern const size_t model_data_count;
