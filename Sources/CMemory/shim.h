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

// A file on no disk, closed when another program is started; -1 where the system has none.
#ifdef __linux__
#include <sys/syscall.h>
static inline int cmemory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */);
}
#else
#include <errno.h>
static inline int cmemory_file(const char *name) {
  (void)name;
  errno = ENOSYS;
  return -1;
}
#endif
