/* weir-announce.c: what a screen reader is told of without anybody going there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Toasts, and with them what became of actions, are not among it: libadwaita announces its toasts itself wherever GTK
 * can announce anything.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-announce.h"

#include <gmodule.h>

/* Who types or selects goes on; what only arrives can wait longer. */
#define SETTLE_MS 600
#define INTERVAL_MS 3000
#define NEW_INTERVAL_MS 15000

/* GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM */
#define PRIORITY_MEDIUM 1

typedef void (*AnnounceFunc) (GtkAccessible *accessible, const char *message, int priority);

struct _WeirAnnouncer
{
  guint settle_ms;
  guint interval_ms;
  WeirAnnounceFunc say;
  gpointer user_data;

  char *pending;  /* (nullable) */
  char *said;     /* (nullable) */
  gint64 said_at; /* monotonic µs; 0: never */
  guint timeout_id;
};

static gboolean
say_cb (gpointer user_data)
{
  WeirAnnouncer *self = user_data;
  g_autofree char *text = g_steal_pointer (&self->pending);

  self->timeout_id = 0;
  if (g_strcmp0 (text, self->said) == 0)
    return G_SOURCE_REMOVE;

  g_free (self->said);
  self->said = g_steal_pointer (&text);
  self->said_at = g_get_monotonic_time ();
  self->say (self->said, self->user_data);

  return G_SOURCE_REMOVE;
}

/**
 * weir_announcer_new:
 * @settle_ms: how long something must have been the last that was told
 * @interval_ms: how long nothing is said after something was
 * @say: says it
 * @user_data: for @say
 *
 * Returns: (transfer full): says the last of what it is told, and not too often
 */
WeirAnnouncer *
weir_announcer_new (guint settle_ms, guint interval_ms, WeirAnnounceFunc say, gpointer user_data)
{
  WeirAnnouncer *self;

  g_return_val_if_fail (say != NULL, NULL);

  self = g_new0 (WeirAnnouncer, 1);
  self->settle_ms = settle_ms;
  self->interval_ms = interval_ms;
  self->say = say;
  self->user_data = user_data;

  return self;
}

/**
 * weir_announcer_free:
 * @self: (nullable): an announcer; what it has not said it does not say
 */
void
weir_announcer_free (WeirAnnouncer *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_free (self->pending);
  g_free (self->said);
  g_free (self);
}

/**
 * weir_announcer_tell:
 * @self: an announcer
 * @text: (nullable): what is so now; %NULL: there is nothing to say any more, and the next is new again
 *
 * Says it soon, unless something else comes or it is what was said last. What never stops changing is said once an
 * interval.
 */
void
weir_announcer_tell (WeirAnnouncer *self, const char *text)
{
  gint64 rest = 0;

  g_return_if_fail (self != NULL);

  if (text == NULL)
    {
      g_clear_handle_id (&self->timeout_id, g_source_remove);
      g_clear_pointer (&self->pending, g_free);
      g_clear_pointer (&self->said, g_free);
      return;
    }
  if (g_strcmp0 (text, self->pending) == 0)
    return;

  g_free (self->pending);
  self->pending = g_strdup (text);
  if (self->timeout_id != 0)
    return;

  if (self->said_at != 0)
    rest = self->said_at / 1000 + self->interval_ms - g_get_monotonic_time () / 1000;
  self->timeout_id = g_timeout_add (MAX (self->settle_ms, (guint) MAX (rest, 0)), say_cb, self);
}

/* (nullable) gtk_accessible_announce() came with GTK 4.14. */
static AnnounceFunc
find_announce (void)
{
  static gboolean looked;
  static gpointer found;

  if (!looked)
    {
      GModule *program = g_module_open (NULL, 0);

      if (program == NULL || !g_module_symbol (program, "gtk_accessible_announce", &found))
        found = NULL;
      /* it is the program's own: nothing is unloaded */
      if (program != NULL)
        g_module_close (program);
      looked = TRUE;
    }

  return (AnnounceFunc) found;
}

/* One for each kind: when it is said, and what it is about. */
typedef struct
{
  WeirAnnouncer *announcer;
  GWeakRef from;
} Voice;

static void
say (const char *text, gpointer user_data)
{
  Voice *voice = user_data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&voice->from);
  AnnounceFunc announce = find_announce ();
  GtkRoot *root;
  GtkWidget *focus;

  if (from == NULL || !gtk_widget_get_mapped (from))
    return;

  if (announce != NULL)
    {
      announce (GTK_ACCESSIBLE (from), text, PRIORITY_MEDIUM);
      return;
    }

  root = gtk_widget_get_root (from);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* what is in an entry has the focus, and the entry is what is known to assistive technology */
  if (GTK_IS_TEXT (focus) && gtk_widget_is_ancestor (focus, from))
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (focus)),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/**
 * weir_announce:
 * @from: what it is about; nothing is said of what is not shown any more
 * @kind: of each kind the last is said, and at most one every few seconds
 * @text: (nullable): a translated sentence or count; %NULL: there is nothing to say any more, and the next is new again
 *
 * Has a screen reader say it when it has nothing else to say. Only with GTK 4.14 or newer: before, all that is heard of
 * what has not the focus is a window that opens. There the text becomes the description of the entry in @from that has
 * the focus, if one has: a screen reader says it when that changes. That is the case while a query is typed; else
 * nothing is done.
 */
void
weir_announce (GtkWidget *from, WeirAnnounceKind kind, const char *text)
{
  static Voice voices[WEIR_N_ANNOUNCE_KINDS];
  Voice *voice;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (kind < WEIR_N_ANNOUNCE_KINDS);

  voice = &voices[kind];
  if (voice->announcer == NULL)
    {
      g_weak_ref_init (&voice->from, NULL);
      voice->announcer = weir_announcer_new (
          SETTLE_MS, kind == WEIR_ANNOUNCE_NEW ? NEW_INTERVAL_MS : INTERVAL_MS, say, voice);
    }
  g_weak_ref_set (&voice->from, from);
  weir_announcer_tell (voice->announcer, text);
}
