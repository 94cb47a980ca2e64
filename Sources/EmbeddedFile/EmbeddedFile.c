#include "EmbeddedFile.h"
