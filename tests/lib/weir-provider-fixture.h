/* weir-provider-fixture.h: a provider and the faulty server it talks to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-fault-server.h"
#include "weir-provider.h"
#include "weir-test-journal.h"

G_BEGIN_DECLS

/* Each asking function runs the main loop until its answer is there; the answer of the one before it is forgotten. */
typedef struct
{
  WeirFaultServer *server;
  WeirAccount *account;
  WeirProvider *provider;
  WeirTestJournal *journal;
  GCancellable *cancellable;

  gboolean done;
  GError *error;
  char *warning;
  char *text; /* of a check or a reconnect */
  gint64 latency;
  GPtrArray *records;
  WeirRecord *record;
  WeirEventPage *page;
} WeirProviderFixture;

typedef WeirProvider *(*WeirProviderCreate) (WeirAccount *account, WeirAuth *auth);
typedef void (*WeirProviderAsk) (WeirProviderFixture *fixture);

WeirProviderFixture *
weir_provider_fixture_new (const char *provider, WeirProviderCreate create, gboolean read_only);
void weir_provider_fixture_free (WeirProviderFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirProviderFixture, weir_provider_fixture_free)

void weir_provider_fixture_answer (WeirProviderFixture *self,
                                   const char *path,
                                   guint status,
                                   const char *body);

void weir_provider_fixture_check (WeirProviderFixture *self);
void weir_provider_fixture_list (WeirProviderFixture *self,
                                 WeirRecordKind kind,
                                 const WeirListFilter *filter);
void weir_provider_fixture_get (WeirProviderFixture *self, WeirRecordKind kind, const char *id);
void weir_provider_fixture_act (WeirProviderFixture *self, WeirAction action, WeirRecord *record);
void weir_provider_fixture_reconnect (WeirProviderFixture *self, WeirConnection *connection);
void weir_provider_fixture_write (WeirProviderFixture *self,
                                  WeirAction action,
                                  const char *id,
                                  const char *json);
void weir_provider_fixture_fetch (WeirProviderFixture *self,
                                  const char *stream,
                                  const char *cursor,
                                  guint limit);

/* the request to `path` (without query), numbered from 0: its method, its path with query, its body (nullable: none) */
void weir_provider_fixture_assert_request (WeirProviderFixture *self,
                                           const char *path,
                                           guint number,
                                           const char *method,
                                           const char *whole_path,
                                           const char *body);
void weir_provider_fixture_assert_header (WeirProviderFixture *self,
                                          const char *path,
                                          guint number,
                                          const char *name,
                                          const char *value);
/* asks a server that misbehaves at `path` in every way, and looks at the errors; refusals: what is not found or not allowed is one */
void weir_provider_fixture_test_faults (const char *provider,
                                        WeirProviderCreate create,
                                        const char *path,
                                        gboolean refusals,
                                        WeirProviderAsk ask);
/* cancels while the server is silent, and drops the provider meanwhile */
void weir_provider_fixture_test_cancel (const char *provider,
                                        WeirProviderCreate create,
                                        const char *path,
                                        WeirProviderAsk ask);

#define weir_assert_provider_error(f, expected)                                                    \
  g_assert_error ((f)->error, WEIR_PROVIDER_ERROR, (int) (expected))

G_END_DECLS
