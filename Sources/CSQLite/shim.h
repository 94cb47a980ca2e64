#include <sqlite3.h>
#include <stddef.h>

// SQLITE_TRANSIENT is a cast to a function pointer, which does not import.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int size) {
  return sqlite3_bind_text(statement, index, text, size, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int size) {
  return sqlite3_bind_blob(statement, index, bytes, size, SQLITE_TRANSIENT);
}

// Makes a function of one text known; it gives the same for the same.
static inline int csqlite_add_text_function(
  sqlite3 *database, const char *name, void (*function)(sqlite3_context *result, int count, sqlite3_value **values)
) {
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  return sqlite3_create_function_v2(database, name, 1, flags, NULL, function, NULL, NULL, NULL);
}

static inline void csqlite_result_text(sqlite3_context *result, const char *text, int size) {
  sqlite3_result_text(result, text == NULL ? "" : text, size, SQLITE_TRANSIENT);
}

// What takes a text apart, handing each token to its last argument.
typedef int (*csqlite_tokenize)(
  Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
  int (*take)(void *context, int flags, const char *token, int size, int start, int end)
);

// A tokenizer without a state of its own is its own address.
static inline int csqlite_create_tokenizer(void *context, const char **words, int count, Fts5Tokenizer **tokenizer) {
  static char self;
  *tokenizer = (Fts5Tokenizer *)&self;
  return SQLITE_OK;
}

static inline void csqlite_delete_tokenizer(Fts5Tokenizer *tokenizer) {}

// The interface of full-text indexes; NULL when the library has none.
static inline int csqlite_full_text(sqlite3 *database, fts5_api **api) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  *api = NULL;
  sqlite3_bind_pointer(statement, 1, api, "fts5_api_ptr", NULL);
  sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code != SQLITE_OK) return code;
  return *api == NULL ? SQLITE_MISUSE : SQLITE_OK;
}

// Adds a tokenizer for full-text indexes to a connection.
static inline int csqlite_add_tokenizer(sqlite3 *database, const char *name, csqlite_tokenize tokenize) {
  fts5_api *api;
  int code = csqlite_full_text(database, &api);
  if (code != SQLITE_OK) return code;
  fts5_tokenizer methods = {csqlite_create_tokenizer, csqlite_delete_tokenizer, tokenize};
  return api->xCreateTokenizer(api, name, NULL, &methods, NULL);
}

// The most phrases that csqlite_rank() tells apart.
#define CSQLITE_PHRASES 64

// BM25 of a row; the least is the best. How much each phrase weighs is given, a double for each in a blob: bm25()
// of SQLite counts all rows that have it, which takes long where it is common. The other constants are the same.
static inline void csqlite_rank(
  const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *result, int count, sqlite3_value **values
) {
  const double k1 = 1.2, b = 0.75;
  sqlite3_int64 rows = 0, total = 0;
  int found = 0, size = 0, counts[CSQLITE_PHRASES] = {0};
  int code = api->xRowCount(row, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(row, -1, &total);
  if (code == SQLITE_OK) code = api->xColumnSize(row, -1, &size);
  if (code == SQLITE_OK) code = api->xInstCount(row, &found);
  for (int index = 0; code == SQLITE_OK && index < found; index++) {
    int phrase = 0, column = 0, offset = 0;
    code = api->xInst(row, index, &phrase, &column, &offset);
    if (code == SQLITE_OK && phrase < CSQLITE_PHRASES) counts[phrase]++;
  }
  if (code != SQLITE_OK) {
    sqlite3_result_error_code(result, code);
    return;
  }
  const double *weights = count > 0 ? (const double *)sqlite3_value_blob(values[0]) : NULL;
  int weighed = weights == NULL ? 0 : sqlite3_value_bytes(values[0]) / (int)sizeof(double);
  double usual = rows > 0 && total > 0 ? (double)total / (double)rows : 1;
  double length = k1 * (1 - b + b * size / usual), score = 0;
  for (int phrase = 0; phrase < CSQLITE_PHRASES; phrase++) {
    double weight = phrase < weighed ? weights[phrase] : 1;
    score += weight * counts[phrase] * (k1 + 1) / (counts[phrase] + length);
  }
  sqlite3_result_double(result, -score);
}

// Adds the ranking by given weights to a connection.
static inline int csqlite_add_rank(sqlite3 *database, const char *name) {
  fts5_api *api;
  int code = csqlite_full_text(database, &api);
  return code == SQLITE_OK ? api->xCreateFunction(api, name, NULL, csqlite_rank, NULL) : code;
}
