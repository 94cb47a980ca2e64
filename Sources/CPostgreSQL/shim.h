#include <libpq-fe.h>
#include <poll.h>

static inline void cpostgresql_ignore(void *context, const PGresult *result) {}

// By itself the library prints what servers remark.
static inline void cpostgresql_ignore_notices(PGconn *connection) {
  PQsetNoticeReceiver(connection, cpostgresql_ignore, NULL);
}

// Waits that many milliseconds.
static inline void cpostgresql_wait(int milliseconds) { poll(NULL, 0, milliseconds); }

// The field of an error that names its class, which is a character and does not import.
static inline const char *cpostgresql_state(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *cpostgresql_message(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
