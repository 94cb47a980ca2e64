#pragma once
#include <stddef.h>

/// A file compiled into the binary.
typedef struct {
  const char *name;
  /// The contents; a zero follows those of a text.
  const unsigned char *bytes;
  /// How many bytes they are; 0 for a text, which ends at its zero.
  size_t count;
} EmbeddedFile;

/// The number of bytes of a file.
size_t embedded_file_size(EmbeddedFile file);
