#include <libpq-fe.h>
#include <poll.h>

static inline void cpostgresql_ignore(void *context, const PGresult *result) {}

// By itself the library prints what servers remark.
static inline void cpostgresql_ignore_notices(PGconn *connection) {
  PQsetNoticeReceiver(connection, cpostgresql_ignore, NULL);
}

// Waits that many milliseconds.
static inline void cpostgresql_wait(int milliseconds) { poll(NULL, 0, milliseconds); }

// Waits at most that many milliseconds until the server has told of something, and takes that in; less than
// 0 when the connection is lost.
static inline int cpostgresql_await(PGconn *connection, int milliseconds) {
  int told = 0;
  struct pollfd socket = {PQsocket(connection), POLLIN, 0};
  if (PQconsumeInput(connection) == 0) return -1;
  PGnotify *notice = PQnotifies(connection);
  if (notice == NULL && poll(&socket, 1, milliseconds) > 0) {
    if (PQconsumeInput(connection) == 0) return -1;
    notice = PQnotifies(connection);
  }
  for (; notice != NULL; notice = PQnotifies(connection)) {
    told = 1;
    PQfreemem(notice);
  }
  return told;
}

// The field of an error that names its class, which is a character and does not import.
static inline const char *cpostgresql_state(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *cpostgresql_message(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
