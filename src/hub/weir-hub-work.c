/* weir-hub-work.c: long writes in short transactions, so that the hub answers meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-store-private.h"

/* How long one transaction may take before the requests that came meanwhile are answered. */
#define SLICE (8 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  WeirHubWorkStep step;
  WeirHubWorkEnd end;
  gpointer user_data;
} Work;

static void
end_work (Work *work, const GError *error)
{
  work->end (work->user_data, error);
  g_free (work);
}

static gboolean
is_over (WeirHubStore *self, Work *work, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + SLICE;
  gboolean more = TRUE;

  weir_hub_store_begin (self);
  while (self->failure == NULL && more && g_get_monotonic_time () < deadline)
    more = work->step (work->user_data, &self->failure);
  return !weir_hub_store_commit (self, error) || !more;
}

static gboolean
work_cb (gpointer user_data)
{
  g_autoptr (WeirHubStore) self = g_object_ref (user_data);
  Work *work = g_queue_pop_head (&self->work); /* there is one as long as this is called */
  g_autoptr (GError) error = NULL;

  /* What listens to the commit may stop the work, or add some. */
  if (is_over (self, work, &error))
    end_work (work, error);
  else if (self->work_stopped)
    end_work (work, self->work_stopped);
  else
    g_queue_push_tail (&self->work, work);

  if (!g_queue_is_empty (&self->work) && self->work_source != 0)
    return G_SOURCE_CONTINUE;
  self->work_source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * weir_hub_store_add_work:
 * @self: a store
 * @step: (scope notified): does a little and says whether there is more; called in a transaction,
 *   which is undone if it sets an error
 * @end: called once, when the last step is on the disk, or with what went wrong
 * @user_data: for both
 *
 * Does a long write in steps while the main loop runs: as many in a transaction as a few
 * milliseconds allow, then other work in line has its turn. What earlier transactions wrote stays,
 * whatever happens to a later one.
 */
void
weir_hub_store_add_work (WeirHubStore *self,
                         WeirHubWorkStep step,
                         WeirHubWorkEnd end,
                         gpointer user_data)
{
  Work *work;

  g_return_if_fail (WEIR_IS_HUB_STORE (self));
  g_return_if_fail (step != NULL && end != NULL);

  work = g_new0 (Work, 1);
  work->step = step;
  work->end = end;
  work->user_data = user_data;
  if (self->work_stopped != NULL)
    {
      end_work (work, self->work_stopped);
      return;
    }
  g_queue_push_tail (&self->work, work);
  if (self->work_source == 0)
    self->work_source = g_idle_add (work_cb, self);
}

/**
 * weir_hub_store_stop_work:
 * @self: a store
 *
 * Ends what is under way where it stands, with %G_IO_ERROR_CANCELLED, and takes no more.
 */
void
weir_hub_store_stop_work (WeirHubStore *self)
{
  Work *work;

  g_return_if_fail (WEIR_IS_HUB_STORE (self));

  if (self->work_stopped == NULL)
    self->work_stopped = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The hub ends");
  g_clear_handle_id (&self->work_source, g_source_remove);
  while ((work = g_queue_pop_head (&self->work)) != NULL)
    end_work (work, self->work_stopped);
}
