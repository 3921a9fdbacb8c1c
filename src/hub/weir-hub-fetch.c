/* weir-hub-fetch.c: what a source's answer means: its changes, or the chain of causes of a failure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-fetch.h"

#include "weir-clock.h"
#include "weir-hub-error.h"

static char *
wrap_error (const char *type,
            const char *message,
            const char *uri,
            WeirHttpResponse *response,
            const char *reason)
{
  g_autofree char *data = weir_hub_error_describe_exchange ("GET", uri, response);
  g_autofree char *cause =
      reason != NULL ? weir_hub_error_new (type, NULL, reason, NULL, NULL) : NULL;

  return weir_hub_error_new (type, NULL, message, data, cause);
}

/* Returns the innermost part of the chain that says what is wrong, NULL if nothing is. */
static char *
read_answer (WeirHubFetch *fetch,
             WeirDatabase *db,
             WeirHubDocument *source,
             gboolean full,
             const char *uri,
             WeirHttpResponse *response,
             GCancellable *cancellable)
{
  g_autofree char *pointer = weir_hub_document_dup_string (source, "items");
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  WeirJson root, items;

  if (!weir_json_parse (response->body, &root, &error))
    return wrap_error ("connection", "The answer of the source is not JSON", uri, response,
                       error->message);

  items = weir_json_pointer (root, pointer, NULL);
  if (weir_json_get_type (items) != WEIR_JSON_ARRAY)
    {
      message = g_strdup_printf (weir_json_get_type (items) == WEIR_JSON_ABSENT
                                     ? "There is nothing at “%s” in the answer"
                                     : "What is at “%s” in the answer is not an array",
                                 pointer);
      return wrap_error ("configuration", "The records were not found in the answer", uri, response,
                         message);
    }

  fetch->comparison =
      weir_hub_comparison_new (db, source, response->body, items, full, cancellable, &error);
  if (fetch->comparison != NULL)
    {
      fetch->diff = *weir_hub_comparison_get_diff (fetch->comparison);
      return NULL;
    }
  if (g_error_matches (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_SIZE))
    return wrap_error ("configuration", "The answer has too many records", uri, response,
                       error->message);
  if (g_error_matches (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_DEPTH))
    return wrap_error ("configuration", "A record cannot be taken in", uri, response,
                       error->message);
  if (error->domain == WEIR_JSON_ERROR)
    return wrap_error ("configuration", "A record has no id", uri, response, error->message);
  return weir_hub_error_new ("internal", NULL, error->message, NULL, NULL);
}

static void
set_cause (WeirHubFetch *fetch, WeirHubDocument *source, const char *cause)
{
  g_autofree char *message = g_strdup_printf ("Could not read the source “%s”", source->id);
  g_autofree char *type = weir_json_dup_string (weir_json_get (weir_hub_json_view (cause), "type"));
  g_autofree char *key = weir_json_dup_string (weir_json_get (weir_hub_json_view (cause), "key"));

  g_free (fetch->error);
  fetch->error = weir_hub_error_new (type, key, message, NULL, cause);
}

/**
 * weir_hub_fetch_read:
 * @db: the store's database, open for this thread
 * @source: the source's element
 * @full: whether a missing record is gone
 * @started_at: µs, when it was asked
 * @response: (nullable): its answer
 * @failure: (nullable): why there is none
 * @cancellable: (nullable): a cancellable
 *
 * Makes out what the answer means and writes nothing; what takes long, for a worker thread.
 *
 * Returns: (transfer full): what came of it, to be applied if there is no error
 */
WeirHubFetch *
weir_hub_fetch_read (WeirDatabase *db,
                     WeirHubDocument *source,
                     gboolean full,
                     gint64 started_at,
                     WeirHttpResponse *response,
                     const GError *failure,
                     GCancellable *cancellable)
{
  WeirHubFetch *fetch = g_new0 (WeirHubFetch, 1);
  g_autofree char *uri = weir_hub_document_dup_string (source, "url");
  g_autofree char *cause = weir_hub_error_from_exchange ("GET", uri, response, failure);

  fetch->started_at = started_at;
  fetch->ended_at = weir_clock_now ();
  fetch->status = response != NULL ? response->status : 0;
  if (cause == NULL)
    cause = read_answer (fetch, db, source, full, uri, response, cancellable);
  if (cause != NULL)
    set_cause (fetch, source, cause);
  return fetch;
}

/**
 * weir_hub_fetch_end:
 * @self: what came of a fetch
 * @source: the source's element
 * @error: (nullable): why its changes could not be kept
 *
 * To be called when all is applied, or no more can be.
 */
void
weir_hub_fetch_end (WeirHubFetch *self, WeirHubDocument *source, const GError *error)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->comparison, weir_hub_comparison_free);
  self->ended_at = weir_clock_now ();
  if (error != NULL)
    {
      g_autofree char *cause = weir_hub_error_new ("internal", NULL, error->message, NULL, NULL);

      set_cause (self, source, cause);
    }
}

/**
 * weir_hub_fetch_new:
 * @store: where the changes go
 * @source: the source's element
 * @full: whether a missing record is gone
 * @started_at: µs, when it was asked
 * @response: (nullable): its answer
 * @failure: (nullable): why there is none
 *
 * Reads and applies at once, in one transaction; for little.
 *
 * Returns: (transfer full): what came of it
 */
WeirHubFetch *
weir_hub_fetch_new (WeirHubStore *store,
                    WeirHubDocument *source,
                    gboolean full,
                    gint64 started_at,
                    WeirHttpResponse *response,
                    const GError *failure)
{
  WeirHubFetch *fetch = weir_hub_fetch_read (weir_hub_store_get_database (store), source, full,
                                             started_at, response, failure, NULL);
  g_autoptr (GError) error = NULL;

  if (fetch->comparison == NULL)
    return fetch;
  weir_hub_store_begin (store);
  while (weir_hub_comparison_apply_next (fetch->comparison, store, &error))
    ;
  weir_hub_store_fail (store, error);
  g_clear_error (&error);
  weir_hub_store_commit (store, &error);
  weir_hub_fetch_end (fetch, source, error);
  return fetch;
}

/**
 * weir_hub_fetch_free:
 * @self: (transfer full): what came of a fetch
 */
void
weir_hub_fetch_free (WeirHubFetch *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->comparison, weir_hub_comparison_free);
  g_free (self->error);
  g_free (self);
}
