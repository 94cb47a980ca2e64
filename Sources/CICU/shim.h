// ICU's functions are macros that add the library's version, which Swift cannot call: each one that is used has a function
// of its own here, so that the version never stands in Swift. A module that imports this must not import Foundation, whose
// own copy of ICU declares the same types.
#include <stdbool.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

// The version as text; `buffer` holds at least U_MAX_VERSION_STRING_LENGTH bytes.
static inline void cicu_version(char *buffer) {
  UVersionInfo version;
  u_getVersion(version);
  u_versionToString(version, buffer);
}

// What fits of a normal form; the length that is needed, or -1 when ICU fails.
static inline int32_t cicu_normalize(
  const UNormalizer2 *form, UErrorCode code, const UChar *text, int32_t length, UChar *result, int32_t capacity
) {
  int32_t needed = unorm2_normalize(form, text, length, result, capacity, &code);
  return U_SUCCESS(code) || code == U_BUFFER_OVERFLOW_ERROR ? needed : -1;
}

static inline int32_t cicu_nfkc(const UChar *text, int32_t length, UChar *result, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCInstance(&code);
  return cicu_normalize(form, code, text, length, result, capacity);
}

static inline int32_t cicu_nfkd(const UChar *text, int32_t length, UChar *result, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKDInstance(&code);
  return cicu_normalize(form, code, text, length, result, capacity);
}

// What fits of the full case folding; the length that is needed, or -1 when ICU fails.
static inline int32_t cicu_fold(const UChar *text, int32_t length, UChar *result, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t needed = u_strFoldCase(result, capacity, text, length, U_FOLD_CASE_DEFAULT, &code);
  return U_SUCCESS(code) || code == U_BUFFER_OVERFLOW_ERROR ? needed : -1;
}

// A break iterator without text, or NULL when ICU fails.
static inline UBreakIterator *cicu_breaker(UBreakIteratorType type, const char *locale) {
  UErrorCode code = U_ZERO_ERROR;
  UBreakIterator *breaker = ubrk_open(type, locale, NULL, 0, &code);
  return U_SUCCESS(code) ? breaker : NULL;
}

static inline void cicu_close_breaker(UBreakIterator *breaker) { ubrk_close(breaker); }

// Writes the end of each piece of UTF-8 text, in bytes, with ICU's rule status; the number of pieces, or -1 when ICU fails.
// There are at most as many pieces as bytes. The text is only read during the call.
static inline int32_t cicu_breaks(
  UBreakIterator *breaker, const char *text, int32_t length, int32_t *ends, int32_t *statuses
) {
  UErrorCode code = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, text, length, &code);
  ubrk_setUText(breaker, &source, &code);
  if (U_FAILURE(code)) return -1;
  int32_t count = 0;
  for (int32_t end = ubrk_next(breaker); end != UBRK_DONE; end = ubrk_next(breaker)) {
    ends[count] = end;
    statuses[count] = ubrk_getRuleStatus(breaker);
    count += 1;
  }
  // The iterator keeps a clone of the text's handle: an empty one takes its place before the bytes go.
  UText empty = UTEXT_INITIALIZER;
  utext_openUTF8(&empty, "", 0, &code);
  ubrk_setUText(breaker, &empty, &code);
  utext_close(&source);
  utext_close(&empty);
  return count;
}

// The script of a code point as a value of UScriptCode, USCRIPT_UNKNOWN when ICU fails.
static inline int32_t cicu_script(UChar32 character) {
  UErrorCode code = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(character, &code);
  return U_SUCCESS(code) ? script : USCRIPT_UNKNOWN;
}

static inline const char *cicu_script_code(int32_t script) { return uscript_getShortName((UScriptCode)script); }

static inline int32_t cicu_east_asian_width(UChar32 character) {
  return u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
}

// Writes the name of the encoding that bytes are most likely in; false when ICU knows none. `name` holds 32 bytes.
static inline bool cicu_detect(const char *bytes, int32_t length, char *name) {
  UErrorCode code = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&code);
  ucsdet_setText(detector, bytes, length, &code);
  const UCharsetMatch *match = ucsdet_detect(detector, &code);
  const char *found = match == NULL ? NULL : ucsdet_getName(match, &code);
  bool is_known = U_SUCCESS(code) && found != NULL && strlen(found) < 32;
  if (is_known) strcpy(name, found);
  ucsdet_close(detector);
  return is_known;
}

// What fits of the bytes as UTF-8; the length that is needed, or -1 when ICU does not know the encoding or fails.
static inline int32_t cicu_to_utf8(const char *name, const char *bytes, int32_t length, char *result, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t needed = ucnv_convert("UTF-8", name, result, capacity, bytes, length, &code);
  return U_SUCCESS(code) || code == U_BUFFER_OVERFLOW_ERROR ? needed : -1;
}
