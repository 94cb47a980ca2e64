#include <sqlite3.h>
#include <stddef.h>

// SQLITE_TRANSIENT is a cast to a function pointer, which does not import.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int size) {
  return sqlite3_bind_text(statement, index, text, size, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int size) {
  return sqlite3_bind_blob(statement, index, bytes, size, SQLITE_TRANSIENT);
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

// Adds a tokenizer for full-text indexes to a connection.
static inline int csqlite_add_tokenizer(sqlite3 *database, const char *name, csqlite_tokenize tokenize) {
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code != SQLITE_OK) return code;
  if (api == NULL) return SQLITE_MISUSE;
  fts5_tokenizer methods = {csqlite_create_tokenizer, csqlite_delete_tokenizer, tokenize};
  return api->xCreateTokenizer(api, name, NULL, &methods, NULL);
}
