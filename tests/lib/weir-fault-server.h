/* weir-fault-server.h: an HTTP server that misbehaves as told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Every connection is served by a thread of its own with blocking calls, so that neither the test's
 * main loop nor another connection is in its way. Connections are kept alive unless a fault says
 * otherwise. */
typedef struct _WeirFaultServer WeirFaultServer;

typedef enum
{
  WEIR_FAULT_NONE,         /* answers */
  WEIR_FAULT_CLOSE,        /* closes without an answer */
  WEIR_FAULT_GARBAGE,      /* answers the body alone, which is no HTTP, and closes */
  WEIR_FAULT_SILENCE,      /* never answers */
  WEIR_FAULT_SLOW_HEAD,    /* the answer, a byte each 20 ms */
  WEIR_FAULT_SLOW_BODY,    /* the headers, then a byte each 20 ms */
  WEIR_FAULT_ENDLESS_HEAD, /* headers without end */
  WEIR_FAULT_STALL,        /* half of the body, then nothing more */
  WEIR_FAULT_TRUNCATE,     /* half of the body, then closes */
  WEIR_FAULT_RESET,        /* half of the body, then resets the connection */
  WEIR_FAULT_UNTIL_CLOSE,  /* a body without a length, which ends with the connection */
  WEIR_FAULT_HOLD,         /* the same, but the connection stays open */
  WEIR_FAULT_CHUNKED,      /* the body in chunks */
  WEIR_FAULT_CUT_CHUNKED,  /* the body in chunks without the last one, then closes */
  WEIR_FAULT_ENDLESS,      /* the body in chunks, again and again */
} WeirFault;

/* A request as it came. */
typedef struct
{
  char *method;
  char *path; /* with query */
  char *head; /* all lines, the request line first */
  GBytes *body;
} WeirFaultRequest;

WeirFaultServer *weir_fault_server_new (void);
void weir_fault_server_free (WeirFaultServer *self);
char *weir_fault_server_dup_uri (WeirFaultServer *self, const char *path);

/* The answers to a path (without query) are given in the order of adding, the last one again and
 * again. A path without any is answered with 404. `headers` (nullable) are lines, each ended by
 * \r\n; a length is added unless there is one. A negative `length` means that `body` is text. */
void weir_fault_server_add (WeirFaultServer *self,
                            const char *path,
                            WeirFault fault,
                            guint status,
                            const char *headers,
                            const char *body,
                            gssize length);

guint weir_fault_server_count (WeirFaultServer *self, const char *path);
guint weir_fault_server_count_connections (WeirFaultServer *self);
WeirFaultRequest *
weir_fault_server_get_request (WeirFaultServer *self, const char *path, guint number);
/* (nullable): the value of a header of a request */
char *weir_fault_request_dup_header (WeirFaultRequest *request, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirFaultServer, weir_fault_server_free)

G_END_DECLS
