// libcurl's variadic setters do not import into Swift: one wrapper per argument type.
#include <curl/curl.h>

#define CCURL_SET(NAME, TYPE) \
  static inline CURLcode NAME(CURL *handle, CURLoption option, TYPE value) { \
    return (curl_easy_setopt)(handle, option, value); \
  }

CCURL_SET(ccurl_set_long, long)
CCURL_SET(ccurl_set_offset, curl_off_t)
CCURL_SET(ccurl_set_string, const char *)
CCURL_SET(ccurl_set_pointer, void *)
CCURL_SET(ccurl_set_list, struct curl_slist *)
CCURL_SET(ccurl_set_data_function, curl_write_callback)
CCURL_SET(ccurl_set_read_function, curl_read_callback)
CCURL_SET(ccurl_set_seek_function, curl_seek_callback)

static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode ccurl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
  return (curl_multi_setopt)(handle, option, value);
}
