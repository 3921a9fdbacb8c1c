/* weir-cli-find.c: records by list and by id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-find.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-account-state.h"

#define PEEK_LIMIT 500 /* events */

/* What was asked of the targets one after the other is answered by all at a time. */
static GAsyncResult *
take_answer (WeirCli *self, WeirCliTarget *target)
{
  weir_cli_wait (self, &target->result);
  return g_steal_pointer (&target->result);
}

static void
tell_warning (WeirCli *self, WeirCliTarget *target, GAsyncResult *result)
{
  const char *warning = weir_provider_result_get_warning (result);

  if (warning != NULL)
    weir_cli_note (self, "%s: %s", target->account->name, warning);
}

/* One that refused or failed a single question may well answer the next. */
static gboolean
is_of_account (const GError *error)
{
  return error->domain != WEIR_PROVIDER_ERROR || weir_account_is_lost_by (error);
}

static void
take_error (WeirCli *self, WeirCliTarget *target, GError *error)
{
  if (is_of_account (error))
    {
      target->error = error;
      return;
    }
  weir_cli_fail_error (self, target->account, error);
  g_error_free (error);
}

static void
add_seen (GPtrArray *records, WeirCliTarget *target, const char *sync, const char *collection)
{
  g_autoptr (WeirSubscription) record =
      weir_subscription_new_seen (target->account, sync, collection);

  for (guint i = 0; i < records->len; i++)
    if (weir_record_same (records->pdata[i], WEIR_RECORD (record)))
      return;
  g_ptr_array_add (records, g_steal_pointer (&record));
}

/* An account that was never followed: the beginning of its stream says at least something. */
static void
peek_at_stream (WeirCli *self, WeirCliTarget *target, GPtrArray *records)
{
  const char *const *streams = weir_provider_get_streams (target->provider);
  g_autoptr (WeirEventPage) page = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (streams[0] == NULL)
    return;
  weir_provider_fetch_async (target->provider, streams[0], NULL, PEEK_LIMIT, self->cancellable,
                             weir_cli_answer_cb, &target->result);
  result = take_answer (self, target);
  page = weir_provider_fetch_finish (target->provider, result, &error);
  if (page == NULL)
    {
      weir_cli_fail_error (self, target->account, error);
      return;
    }
  for (guint i = 0; i < page->events->len; i++)
    {
      const WeirEventRow *event = &page->events->rows[i];

      if (event->subscription != NULL)
        add_seen (records, target, event->subscription,
                  event->collection != NULL ? event->collection : "");
    }
  if (page->events->len == PEEK_LIMIT)
    /* Translators: %s is the name of an account */
    weir_cli_note (self,
                   _ ("%s: its server has no list of subscriptions; these are of the first events. "
                      "“weirctl sync” finds all."),
                   target->account->name);
}

/* Where the server has no list of subscriptions, the history knows those that events came by. */
static GPtrArray *
list_seen (WeirCli *self, WeirCliTarget *target)
{
  WeirHistory *history = weir_cli_get_history (self);
  g_autoptr (GError) error = NULL;
  GPtrArray *seen = NULL;

  if (history != NULL)
    seen = weir_history_list_seen (history, target->account, &error);
  if (error != NULL)
    weir_cli_fail_error (self, target->account, error);
  if (seen == NULL)
    seen = g_ptr_array_new_with_free_func (g_object_unref);
  if (seen->len == 0 && error == NULL)
    peek_at_stream (self, target, seen);
  return seen;
}

static gboolean
lists (WeirCliTarget *target, WeirRecordKind kind)
{
  return target->provider != NULL && target->error == NULL
         && weir_provider_lists (target->provider, kind, NULL);
}

/**
 * weir_cli_list:
 * @targets: (element-type WeirCliTarget): whom to ask, all at a time; those that have no such records are passed over
 * @filter: (nullable): what the lists are narrowed to
 *
 * Returns: (transfer container) (element-type WeirRecord): all that answered
 */
GPtrArray *
weir_cli_list (WeirCli *self, GPtrArray *targets, WeirRecordKind kind, const WeirListFilter *filter)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  for (guint i = 0; i < targets->len; i++)
    {
      WeirCliTarget *target = targets->pdata[i];

      if (!lists (target, kind))
        continue;
      weir_provider_list_async (target->provider, kind, filter, self->cancellable,
                                weir_cli_answer_cb, &target->result);
      g_ptr_array_add (asked, target);
    }
  for (guint i = 0; i < asked->len; i++)
    {
      WeirCliTarget *target = asked->pdata[i];
      g_autoptr (GAsyncResult) result = take_answer (self, target);
      GError *error = NULL;
      g_autoptr (GPtrArray) listed = weir_provider_list_finish (target->provider, result, &error);

      if (listed == NULL)
        {
          take_error (self, target, error);
          continue;
        }
      tell_warning (self, target, result);
      if (kind == WEIR_RECORD_SUBSCRIPTION && weir_provider_needs_seen (target->provider))
        {
          g_ptr_array_unref (listed);
          listed = list_seen (self, target);
        }
      for (guint j = 0; j < listed->len; j++)
        g_ptr_array_add (records, g_object_ref (listed->pdata[j]));
    }
  weir_cli_tell_lost (self, targets, TRUE);
  return g_steal_pointer (&records);
}

static WeirRecord *
find_id (GPtrArray *records, const char *id)
{
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (weir_record_get_id (records->pdata[i]), id))
      return g_object_ref (records->pdata[i]);
  return NULL;
}

/* Whether the server has no list is known only once it was asked for it. */
static WeirRecord *
find_seen (WeirCli *self, WeirCliTarget *target, const char *id)
{
  g_autoptr (GPtrArray) seen = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  weir_provider_list_async (target->provider, WEIR_RECORD_SUBSCRIPTION, NULL, self->cancellable,
                            weir_cli_answer_cb, &target->result);
  result = take_answer (self, target);
  listed = weir_provider_list_finish (target->provider, result, NULL);
  if (!weir_provider_needs_seen (target->provider))
    return NULL;
  seen = list_seen (self, target);
  return find_id (seen, id);
}

/* Servers refuse what cannot be one of their ids in different ways. */
static gboolean
says_unknown (const GError *error)
{
  return g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)
         || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED);
}

static void
fail_unknown (WeirCli *self, GPtrArray *targets, WeirRecordKind kind, const char *id)
{
  const char *name =
      targets->len == 1 ? ((WeirCliTarget *) targets->pdata[0])->account->name : NULL;

  if (kind == WEIR_RECORD_CONNECTION && name != NULL)
    /* Translators: the name of an account, an id */
    weir_cli_fail (self, _ ("“%s” has no connection “%s”"), name, id);
  else if (kind == WEIR_RECORD_CONNECTION)
    weir_cli_fail (self, _ ("No account has a connection “%s”"), id);
  else if (name != NULL)
    /* Translators: the name of an account, an id */
    weir_cli_fail (self, _ ("“%s” has no subscription “%s”"), name, id);
  else
    weir_cli_fail (self, _ ("No account has a subscription “%s”"), id);
}

static void
fail_ambiguous (WeirCli *self, GPtrArray *found, const char *id)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (names, "%s%s/%s", i > 0 ? ", " : "",
                            weir_record_get_account (found->pdata[i])->name, id);
  weir_cli_fail (self, _ ("Several accounts have “%s”; say which is meant: %s"), id, names->str);
}

/* What the target answered to being asked for the id; NULL if it has none, is lost now, or has failed this question (TRUE in
 * failed), which is told. */
static WeirRecord *
take_record (WeirCli *self,
             WeirCliTarget *target,
             WeirRecordKind kind,
             const char *id,
             gboolean *failed)
{
  g_autoptr (GAsyncResult) result = take_answer (self, target);
  g_autoptr (GError) error = NULL;
  WeirRecord *record = weir_provider_get_finish (target->provider, result, &error);

  if (record != NULL)
    {
      tell_warning (self, target, result);
      return record;
    }
  if (kind == WEIR_RECORD_SUBSCRIPTION
      && (says_unknown (error)
          || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_FORBIDDEN)))
    record = find_seen (self, target, id);
  if (record == NULL && !says_unknown (error))
    {
      int status = self->status;

      *failed = *failed || !is_of_account (error);
      take_error (self, target, g_steal_pointer (&error));
      self->status = status;
    }
  return record;
}

/**
 * weir_cli_find_in:
 * @targets: (element-type WeirCliTarget): where it may be
 * @id: an id without an account before it
 * @target: (out): whose it is
 *
 * An account that does not answer is told, but only fails the run if no other has the record.
 *
 * Returns: (transfer full): the record; %NULL if there is not one and one only, which has been told
 */
WeirRecord *
weir_cli_find_in (WeirCli *self,
                  GPtrArray *targets,
                  WeirRecordKind kind,
                  const char *id,
                  WeirCliTarget **target)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  WeirCliTarget *only = targets->len == 1 ? targets->pdata[0] : NULL;
  const char *reason = NULL;
  gboolean failed = FALSE;

  for (guint i = 0; i < targets->len; i++)
    {
      WeirCliTarget *it = targets->pdata[i];

      if (!lists (it, kind))
        continue;
      weir_provider_get_async (it->provider, kind, id, self->cancellable, weir_cli_answer_cb,
                               &it->result);
      g_ptr_array_add (asked, it);
    }
  for (guint i = 0; i < asked->len; i++)
    {
      WeirRecord *record = take_record (self, asked->pdata[i], kind, id, &failed);

      if (record == NULL)
        continue;
      *target = asked->pdata[i];
      g_ptr_array_add (found, record);
    }
  if (failed && found->len != 1)
    self->status = 1;
  /* Of the only one that could have it, the reason is told each time. */
  if (only != NULL)
    only->told = FALSE;
  weir_cli_tell_lost (self, targets, found->len != 1);
  if (found->len > 1)
    fail_ambiguous (self, found, id);
  else if (only != NULL && only->error == NULL && !failed
           && !weir_provider_lists (only->provider, kind, &reason))
    weir_cli_fail (self, "%s: %s", only->account->name, reason);
  else if (found->len == 0 && (only == NULL || (only->error == NULL && !failed))
           && !g_cancellable_is_cancelled (self->cancellable))
    fail_unknown (self, targets, kind, id);
  return found->len == 1 ? g_object_ref (found->pdata[0]) : NULL;
}

/**
 * weir_cli_split_id:
 * @word: ID or ACCOUNT/ID; an id can have slashes of its own, the name of an account has none
 * @id: (out) (transfer none): the id
 *
 * Returns: (transfer none) (nullable): the account that is named
 */
WeirAccount *
weir_cli_split_id (WeirCli *self, const char *word, const char **id)
{
  const char *slash = strchr (word, '/');
  WeirAccountStore *store = weir_cli_get_store (self);
  g_autofree char *name = NULL;
  WeirAccount *account = NULL;

  *id = word;
  if (slash == NULL || store == NULL)
    return NULL;
  name = g_strndup (word, (gsize) (slash - word));
  account = weir_account_store_find (store, name, NULL);
  if (account != NULL)
    *id = slash + 1;
  return account;
}

/**
 * weir_cli_find:
 * @word: ID or ACCOUNT/ID
 * @target: (out): whose it is
 *
 * Returns: (transfer full): the record; %NULL if there is not one and one only, which has been told
 */
WeirRecord *
weir_cli_find (WeirCli *self, WeirRecordKind kind, const char *word, WeirCliTarget **target)
{
  g_autoptr (GPtrArray) targets = NULL;
  WeirAccount *account;
  const char *id;

  account = weir_cli_split_id (self, word, &id);
  targets = weir_cli_connect (self, account != NULL ? account->name : NULL, NULL);
  return targets != NULL ? weir_cli_find_in (self, targets, kind, id, target) : NULL;
}
