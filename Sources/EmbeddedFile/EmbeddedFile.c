#include "EmbeddedFile.h"
#include <string.h>

size_t embedded_file_size(EmbeddedFile file) {
  return file.count ? file.count : strlen((const char *)file.bytes);
}
