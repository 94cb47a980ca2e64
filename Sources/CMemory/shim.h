// What glibc's allocator can be told, which Swift's module of glibc leaves out.
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>

// As many heaps as there are processors.
static inline void cmemory_share_heaps(void) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  if (processors > 0) mallopt(M_ARENA_MAX, (int)processors);
}
#else
static inline void cmemory_share_heaps(void) {}
#endif
