// Moves the day of a program: loaded before the C library, it adds CLOCK_SHIFT seconds to every time
// of day. Clocks that measure durations stay as they are, and so do the dates of files.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long shift;

__attribute__((constructor)) static void read_shift(void) {
  const char *text = getenv("CLOCK_SHIFT");
  shift = text ? atol(text) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *moment) {
  int result = (int)syscall(SYS_clock_gettime, clock, moment);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    moment->tv_sec += shift;
  }
  return result;
}

int gettimeofday(struct timeval *restrict moment, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  moment->tv_sec = exact.tv_sec;
  moment->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *moment) {
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  if (moment) *moment = exact.tv_sec;
  return exact.tv_sec;
}
