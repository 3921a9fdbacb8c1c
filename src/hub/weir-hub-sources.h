/* weir-hub-sources.h: the collections elsewhere whose records the hub watches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-http-client.h"
#include "weir-hub-comparison.h"

G_BEGIN_DECLS

/* Keeps the sources, fetches them, and by itself pulls those of Sequin and Oracle on their
 * interval; Membrane's are pulled by its subscriptions. A source added or removed by another
 * process is noticed within a second.
 * Signals: "added" (WeirHubDocument *source), "removed" (const char *name), and at the end of each
 * fetch "fetched" (const char *name, const WeirHubFetch *fetch). */
#define WEIR_TYPE_HUB_SOURCES (weir_hub_sources_get_type ())
G_DECLARE_FINAL_TYPE (WeirHubSources, weir_hub_sources, WEIR, HUB_SOURCES, GObject)

/* A source is the element ("source", NAME):
 * {"name","face","url","items","id","updated"?,"interval" (s),"tenant"?,"meta"? {any of the face's}} */
typedef struct
{
  const char *name;
  const char *face; /* NULL: membrane */
  const char *url;
  const char *items;
  const char *id;
  const char *updated; /* (nullable) */
  const char *tenant;  /* (nullable) */
  const char *meta;    /* (nullable) a JSON object for the face, e.g. {"integration":"CRM"} */
  gint64 interval;     /* seconds */
} WeirHubSourceSpec;

gboolean weir_hub_source_add (WeirHubStore *store, const WeirHubSourceSpec *spec, GError **error);
gboolean weir_hub_source_remove (WeirHubStore *store, const char *name, GError **error);
GPtrArray *weir_hub_source_list (WeirHubStore *store, const char *face); /* face NULL: all */

WeirHubSources *weir_hub_sources_new (WeirHubStore *store);
void weir_hub_sources_start (WeirHubSources *self); /* "added" for each there is, then the clock */
void weir_hub_sources_stop (WeirHubSources *self);
WeirHttpClient *weir_hub_sources_get_client (WeirHubSources *self);
/* One that is pulled by itself rests while it is paused; not kept over a restart. */
void weir_hub_sources_set_paused (WeirHubSources *self, const char *name, gboolean paused);

/* One fetch: its changes are in the store (and were signalled) before it ends. `error` is an
 * ErrorData object as JSON text with the chain of causes, NULL on success. */
typedef struct
{
  gint64 started_at, ended_at; /* µs */
  WeirHubDiff diff;
  guint status;                  /* HTTP; 0: no answer */
  char *error;                   /* (nullable) */
  WeirHubComparison *comparison; /* internal: until it is applied */
} WeirHubFetch;

void weir_hub_fetch_free (WeirHubFetch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubFetch, weir_hub_fetch_free)

void weir_hub_sources_fetch_async (WeirHubSources *self,
                                   const char *name,
                                   gboolean full,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* NULL and a GError only when the source is gone, cancelled, or the store fails. */
WeirHubFetch *
weir_hub_sources_fetch_finish (WeirHubSources *self, GAsyncResult *result, GError **error);

G_END_DECLS
