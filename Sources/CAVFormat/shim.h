// FFmpeg's library for containers. It is not linked: with what it stands on it takes 35 ms to load, which
// only the process that examines files should wait for. That process loads it by its name.
#include <libavformat/avformat.h>

typedef __typeof__(&avformat_open_input) CAVFormatOpenInput;
typedef __typeof__(&avformat_find_stream_info) CAVFormatFindStreamInfo;
typedef __typeof__(&avformat_close_input) CAVFormatCloseInput;
typedef __typeof__(&av_dict_set) CAVFormatSet;
typedef __typeof__(&av_dict_get) CAVFormatGet;
typedef __typeof__(&av_dict_free) CAVFormatFree;
typedef __typeof__(&av_log_set_level) CAVFormatSetLogLevel;
typedef __typeof__(&av_strerror) CAVFormatErrorText;

// The version whose structures these headers describe, in the library's name.
#define CAVFORMAT_STRINGIFY(NUMBER) #NUMBER
#define CAVFORMAT_STRING(NUMBER) CAVFORMAT_STRINGIFY(NUMBER)
#ifdef __APPLE__
static const char *const CAVFormatLibrary =
  "libavformat." CAVFORMAT_STRING(LIBAVFORMAT_VERSION_MAJOR) ".dylib";
#else
static const char *const CAVFormatLibrary =
  "libavformat.so." CAVFORMAT_STRING(LIBAVFORMAT_VERSION_MAJOR);
#endif
