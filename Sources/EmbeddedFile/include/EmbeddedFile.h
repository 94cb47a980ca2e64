#pragma once
#include <stddef.h>

/// A file compiled into the binary.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} EmbeddedFile;
