/* weir-details.c: what is known about a thing, as labels and values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-details-private.h"

#include "weir-connection.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-registry.h"

#include <glib/gi18n-lib.h>

static const char *const group_titles[WEIR_N_GROUPS] = {
  [WEIR_GROUP_STATE] = N_ ("State"),
  [WEIR_GROUP_SCHEDULE] = N_ ("Schedule"),
  [WEIR_GROUP_RELATED] = N_ ("Related"),
  [WEIR_GROUP_DELIVERY] = N_ ("Delivery"),
  [WEIR_GROUP_DATES] = N_ ("Dates"),
  [WEIR_GROUP_IDENTITY] = N_ ("Identity"),
  [WEIR_GROUP_OTHERS] = N_ ("Other Attributes"),
};

static void
detail_free (WeirDetail *detail)
{
  g_free (detail->label);
  g_free (detail->text);
  g_free (detail->id);
  g_free (detail);
}

static void
group_free (WeirDetailGroup *group)
{
  g_free (group->title);
  g_ptr_array_unref (group->details);
  g_free (group);
}

static WeirDetailGroup *
group_new (const char *title)
{
  WeirDetailGroup *group = g_new0 (WeirDetailGroup, 1);

  group->title = g_strdup (title);
  group->details = g_ptr_array_new_with_free_func ((GDestroyNotify) detail_free);

  return group;
}

/**
 * weir_details_add_time:
 * @group: where to
 * @type: TIME or DUE
 * @label: its name, translated
 * @time: µs; 0 adds nothing
 */
void
weir_details_add_time (WeirDetailGroup *group, WeirDetailType type, const char *label, gint64 time)
{
  g_autofree char *text = NULL;

  if (time == 0)
    return;

  text = weir_format_absolute (time);
  weir_details_add (group, type, label, text)->time = time;
}

/**
 * weir_details_add_record:
 * @group: where to
 * @label: its name, translated
 * @kind: what it is
 * @id: (nullable): %NULL adds nothing
 * @name: (nullable): what is shown instead of the id
 */
void
weir_details_add_record (WeirDetailGroup *group,
                         const char *label,
                         WeirRecordKind kind,
                         const char *id,
                         const char *name)
{
  WeirDetail *detail;

  if (id == NULL)
    return;

  detail = weir_details_add (group, WEIR_DETAIL_RECORD, label, name != NULL ? name : id);
  detail->kind = kind;
  detail->id = g_strdup (id);
}

/**
 * weir_details_add_search:
 * @group: where to
 * @label: its name, translated
 * @text: what is shown
 * @page: the page it leads to
 * @search: what is searched for there
 */
void
weir_details_add_search (WeirDetailGroup *group,
                         const char *label,
                         const char *text,
                         const char *page,
                         const char *search)
{
  WeirDetail *detail = weir_details_add (group, WEIR_DETAIL_SEARCH, label, text);

  detail->page = page;
  detail->id = g_strdup (search);
}

static void
collect_error_group (WeirErrorGroup *self, WeirDetailGroup **groups)
{
  g_autofree char *count = weir_format_number (self->subjects->len);

  weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Message"), self->leaf->message);
  if (self->leaf->type != NULL)
    weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Type"), self->leaf->type);
  if (self->leaf->key != NULL)
    weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_CODE, _ ("Key"), self->leaf->key);
  weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Subjects"), count);
  weir_details_add_time (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TIME, _ ("Last Seen"),
                         self->last_seen_at);
}

static void
collect_session (WeirSession *self, WeirDetailGroup **groups)
{
  WeirAccount *account = weir_session_get_account (self);
  const WeirProviderInfo *info = weir_registry_find (account->provider);
  const GError *error = weir_session_get_error (self);
  gint64 latency = weir_session_get_latency (self);

  weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("State"),
                    weir_error_text_describe_state (weir_session_get_state (self), error));
  if (error != NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);
      const char *advice = weir_error_text_get_advice (error);

      weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Reason"), sentence);
      if (advice != NULL)
        weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Remedy"), advice);
    }
  weir_details_add_time (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TIME, _ ("Since"),
                         weir_session_get_since (self));
  weir_details_add_time (groups[WEIR_GROUP_SCHEDULE], WEIR_DETAIL_DUE, _ ("Next Try"),
                         weir_session_get_next_try (self));
  if (latency >= 0)
    {
      g_autofree char *text = weir_format_duration (latency * 1000);

      weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Latency"), text);
    }

  weir_details_add_search (groups[WEIR_GROUP_RELATED], _ ("Subscriptions"),
                           _ ("Subscriptions of This Account"), "subscriptions", account->name);
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Name"), account->name);
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Provider"),
                    info != NULL ? info->name : account->provider);
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_CODE, _ ("Address"), account->uri);
  if (account->username != NULL)
    weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_CODE, _ ("Username"),
                      account->username);
  if (account->workspace_key != NULL)
    weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_CODE, _ ("Workspace Key"),
                      account->workspace_key);
  if (account->tenant != NULL)
    weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_CODE, _ ("Tenant"), account->tenant);
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_TEXT, _ ("Read-Only"),
                    account->read_only ? _ ("Yes") : _ ("No"));
  weir_details_add (groups[WEIR_GROUP_IDENTITY], WEIR_DETAIL_CODE, "UUID", account->uuid);
}

static void
collect_gap (WeirGap *self, WeirDetailGroup **groups)
{
  const char *unknown = _ ("not known");

  weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Reason"),
                    weir_gap_cause_get_text (self->cause));
  if (self->detail != NULL)
    weir_details_add (groups[WEIR_GROUP_STATE], WEIR_DETAIL_TEXT, _ ("Message"), self->detail);
  weir_details_add_record (groups[WEIR_GROUP_RELATED], _ ("Subscription"), WEIR_RECORD_SUBSCRIPTION,
                           self->subscription, NULL);
  weir_details_add (groups[WEIR_GROUP_RELATED], WEIR_DETAIL_TEXT, _ ("Account"),
                    self->account->name);
  if (self->from != 0)
    weir_details_add_time (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TIME, _ ("Window Start"),
                           self->from);
  else
    weir_details_add (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TEXT, _ ("Window Start"), unknown);
  if (self->to != 0)
    weir_details_add_time (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TIME, _ ("Window End"), self->to);
  else
    weir_details_add (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TEXT, _ ("Window End"), unknown);
  weir_details_add_time (groups[WEIR_GROUP_DATES], WEIR_DETAIL_TIME, _ ("First Seen by Weir"),
                         self->noticed_at);
}

static void
drop_dead_links (WeirDetailGroup *group, WeirProvider *provider)
{
  for (guint i = 0; i < group->details->len; i++)
    {
      WeirDetail *detail = g_ptr_array_index (group->details, i);
      const char *reason;

      if (detail->type == WEIR_DETAIL_RECORD
          && !weir_provider_lists (provider, detail->kind, &reason))
        detail->type = WEIR_DETAIL_CODE;
    }
}

/**
 * weir_details_collect:
 * @object: a #WeirRecord, a #WeirErrorGroup, a #WeirSession or a #WeirGap
 * @provider: (nullable): the platform it is from, as far as it is known
 *
 * Returns: (transfer full) (element-type WeirDetailGroup): what is known about it
 */
GPtrArray *
weir_details_collect (gpointer object, WeirProvider *provider)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  WeirDetailGroup *groups[WEIR_N_GROUPS];

  g_return_val_if_fail (G_IS_OBJECT (object), list);

  for (guint i = 0; i < WEIR_N_GROUPS; i++)
    groups[i] = group_new (_ (group_titles[i]));
  if (WEIR_IS_RECORD (object))
    weir_details_collect_record (object, groups);
  else if (WEIR_IS_ERROR_GROUP (object))
    collect_error_group (object, groups);
  else if (WEIR_IS_SESSION (object))
    collect_session (object, groups);
  else if (WEIR_IS_GAP (object))
    collect_gap (object, groups);

  if (provider != NULL)
    drop_dead_links (groups[WEIR_GROUP_RELATED], provider);
  for (guint i = 0; i < WEIR_N_GROUPS; i++)
    {
      if (groups[i]->details->len > 0)
        g_ptr_array_add (list, groups[i]);
      else
        group_free (groups[i]);
    }

  return list;
}

/* What a connection calls a record that it has to do with. */
static const char *
find_name (WeirConnection *connection, const WeirDetail *detail)
{
  switch ((int) detail->kind)
    {
    case WEIR_RECORD_CONNECTION:
      return g_strcmp0 (weir_record_get_id (WEIR_RECORD (connection)), detail->id) == 0
                 ? weir_record_get_name (WEIR_RECORD (connection))
                 : NULL;

    case WEIR_RECORD_INTEGRATION:
      return g_strcmp0 (connection->integration, detail->id) == 0 ? connection->integration_name
                                                                  : NULL;

    case WEIR_RECORD_TENANT:
      return g_strcmp0 (connection->tenant, detail->id) == 0 ? connection->tenant_name : NULL;

    default:
      return NULL;
    }
}

static void
add_name (WeirDetail *detail, WeirAccount *account, GListModel *connections)
{
  const char *name = NULL;

  for (guint i = 0; name == NULL && i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (WeirConnection) connection = g_list_model_get_item (connections, i);

      if (g_str_equal (weir_record_get_account (WEIR_RECORD (connection))->uuid, account->uuid))
        name = find_name (connection, detail);
      if (name != NULL)
        {
          g_free (detail->text);
          detail->text = g_strdup (name);
        }
    }
}

/**
 * weir_details_add_names:
 * @groups: (element-type WeirDetailGroup): as weir_details_collect() made them
 * @account: whose records they are
 * @connections: (element-type WeirConnection): those known, of any account
 *
 * Gives the records that are told by nothing but their id the name that one of the account's connections has for them:
 * not every record carries the names of what it belongs to.
 */
void
weir_details_add_names (GPtrArray *groups, WeirAccount *account, GListModel *connections)
{
  g_return_if_fail (groups != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (connections));

  for (guint i = 0; i < groups->len; i++)
    {
      WeirDetailGroup *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->details->len; j++)
        {
          WeirDetail *detail = g_ptr_array_index (group->details, j);

          if (detail->type == WEIR_DETAIL_RECORD && g_str_equal (detail->text, detail->id))
            add_name (detail, account, connections);
        }
    }
}

static WeirDetail *
find_subscription (WeirDetailGroup *group)
{
  for (guint i = 0; i < group->details->len; i++)
    {
      WeirDetail *detail = g_ptr_array_index (group->details, i);

      if (detail->type == WEIR_DETAIL_RECORD && detail->kind == WEIR_RECORD_SUBSCRIPTION)
        return detail;
    }

  return NULL;
}

/**
 * weir_details_add_pull:
 * @groups: (element-type WeirDetailGroup): as weir_details_collect() made them of an event
 * @pull: the run that collected the event
 *
 * Adds it beside the subscription.
 */
void
weir_details_add_pull (GPtrArray *groups, WeirPullRun *pull)
{
  g_autofree char *name = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (groups != NULL);
  g_return_if_fail (WEIR_IS_PULL_RUN (pull));

  time = weir_format_clock (pull->start_at != 0 ? pull->start_at : pull->end_at);
  /* Translators: a pull run’s time */
  name = time[0] != '\0' ? g_strdup_printf (_ ("Pull Run %s"), time)
                         : g_strdup (weir_record_get_name (WEIR_RECORD (pull)));
  for (guint i = 0; i < groups->len; i++)
    {
      WeirDetailGroup *group = g_ptr_array_index (groups, i);

      if (find_subscription (group) == NULL)
        continue;
      weir_details_add_record (group, _ ("Pull Run"), WEIR_RECORD_PULL,
                               weir_record_get_id (WEIR_RECORD (pull)), name);
      return;
    }
}

/**
 * weir_details_add:
 * @group: where to
 * @type: what it is
 * @label: its name, translated
 * @text: its value
 *
 * Returns: (transfer none): the new detail
 */
WeirDetail *
weir_details_add (WeirDetailGroup *group, WeirDetailType type, const char *label, const char *text)
{
  WeirDetail *detail = g_new0 (WeirDetail, 1);

  detail->type = type;
  detail->label = g_strdup (label);
  detail->text = g_strdup (text);
  g_ptr_array_add (group->details, detail);

  return detail;
}

/**
 * weir_details_add_filling:
 * @groups: (element-type WeirDetailGroup): the details of a gap
 * @subscription: (nullable): the name of the one that it is of
 * @obstacle: (nullable): why it cannot be filled
 */
void
weir_details_add_filling (GPtrArray *groups, const char *subscription, const char *obstacle)
{
  g_return_if_fail (groups != NULL && groups->len > 0);

  if (obstacle != NULL)
    weir_details_add (groups->pdata[0], WEIR_DETAIL_TEXT, _ ("Fill Now"), obstacle);
  for (guint i = 0; subscription != NULL && i < groups->len; i++)
    {
      WeirDetail *detail = find_subscription (groups->pdata[i]);

      if (detail != NULL)
        {
          g_free (detail->text);
          detail->text = g_strdup (subscription);
        }
    }
}

/**
 * weir_details_add_silence:
 * @groups: (element-type WeirDetailGroup): the details of a subscription
 * @text: for how long it is quiet, and what is usual
 */
void
weir_details_add_silence (GPtrArray *groups, const char *text)
{
  WeirDetail *detail;

  g_return_if_fail (groups != NULL);

  if (groups->len == 0)
    return;
  /* Translators: of a stream of events */
  detail = weir_details_add (groups->pdata[0], WEIR_DETAIL_STATUS, _ ("Silence"), text);
  detail->look = (WeirCellLook){ .icon_name = "dialog-warning-symbolic", .css = "warning" };
}

/**
 * weir_details_same_rows:
 * @a: details
 * @b: others
 *
 * Returns: whether both have the same rows, so that only the values have to be renewed
 */
gboolean
weir_details_same_rows (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      WeirDetailGroup *one = g_ptr_array_index (a, i);
      WeirDetailGroup *other = g_ptr_array_index (b, i);

      if (g_strcmp0 (one->title, other->title) != 0 || one->details->len != other->details->len)
        return FALSE;
      for (guint j = 0; j < one->details->len; j++)
        {
          WeirDetail *x = g_ptr_array_index (one->details, j);
          WeirDetail *y = g_ptr_array_index (other->details, j);

          if (x->type != y->type || !g_str_equal (x->label, y->label))
            return FALSE;
        }
    }

  return TRUE;
}
