#pragma once
#include "EmbeddedFile.h"

/// The files of this folder.
const EmbeddedFile *report_assets(void);
extern const size_t report_assets_count;
