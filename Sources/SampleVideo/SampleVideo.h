#pragma once
#include "EmbeddedFile.h"

/// The files of this folder.
const EmbeddedFile *sample_video(void);
extern const size_t sample_video_count;
