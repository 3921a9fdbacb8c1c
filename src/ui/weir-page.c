/* weir-page.c: what every page of the window has in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-page.h"

#include "weir-remember.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WeirMonitor *monitor;
  GObject *selected; /* (nullable) (owned) */
  guint count;
  gboolean attention;
  gboolean search_mode;
  gboolean narrow;
  gboolean ready;
  int room;
  gboolean built;
  gboolean shown;
} WeirPagePrivate;

enum
{
  PROP_0,
  PROP_MONITOR,
  PROP_COUNT,
  PROP_ATTENTION,
  PROP_SEARCH_MODE,
  PROP_NARROW,
  PROP_READY,
  N_PROPS
};

enum
{
  RECORD_SELECTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WeirPage, weir_page, ADW_TYPE_BIN)

static WeirPagePrivate *
get_private (WeirPage *self)
{
  return weir_page_get_instance_private (self);
}

static void
weir_page_dispose (GObject *object)
{
  WeirPagePrivate *priv = get_private (WEIR_PAGE (object));

  g_clear_object (&priv->selected);
  g_clear_object (&priv->monitor);

  G_OBJECT_CLASS (weir_page_parent_class)->dispose (object);
}

static void
weir_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WeirPagePrivate *priv = get_private (WEIR_PAGE (object));

  switch (prop_id)
    {
    case PROP_MONITOR:
      g_value_set_object (value, priv->monitor);
      break;

    case PROP_COUNT:
      g_value_set_uint (value, priv->count);
      break;

    case PROP_ATTENTION:
      g_value_set_boolean (value, priv->attention);
      break;

    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, priv->search_mode);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;

    case PROP_READY:
      g_value_set_boolean (value, priv->ready);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The page may not be the one that is shown: the inspector is given the record when it is. */
static void
record_changed_cb (WeirPage *self, WeirRecord *record)
{
  WeirPagePrivate *priv = get_private (self);

  if (WEIR_IS_RECORD (priv->selected) && weir_record_same (WEIR_RECORD (priv->selected), record))
    g_set_object (&priv->selected, G_OBJECT (record));
}

static void
weir_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WeirPage *self = WEIR_PAGE (object);

  switch (prop_id)
    {
    case PROP_MONITOR:
      get_private (self)->monitor = g_value_dup_object (value);
      g_signal_connect_object (get_private (self)->monitor, "record-changed",
                               G_CALLBACK (record_changed_cb), self, G_CONNECT_SWAPPED);
      break;

    case PROP_SEARCH_MODE:
      weir_page_set_search_mode (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_page_class_init (WeirPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_page_dispose;
  object_class->get_property = weir_page_get_property;
  object_class->set_property = weir_page_set_property;

  properties[PROP_MONITOR] =
      g_param_spec_object ("monitor", NULL, NULL, WEIR_TYPE_MONITOR,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ATTENTION] = g_param_spec_boolean ("attention", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCH_MODE] =
      g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[RECORD_SELECTED] =
      g_signal_new ("record-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

/* GTK 4.8 does not tell assistive technology of a stack's other pages that they are hidden. */
static void
set_hidden (WeirPage *self, gboolean hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static void
weir_page_init (WeirPage *self)
{
  get_private (self)->ready = TRUE;
  get_private (self)->room = G_MAXINT;
  set_hidden (self, TRUE);
}

/**
 * weir_page_get_monitor:
 * @self: a page
 *
 * Returns: (transfer none): the monitor whose records the page shows
 */
WeirMonitor *
weir_page_get_monitor (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return get_private (self)->monitor;
}

/**
 * weir_page_get_id:
 * @self: a page
 *
 * Returns: the page's name in settings and in the action `win.show-page`; not translated
 */
const char *
weir_page_get_id (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return WEIR_PAGE_GET_CLASS (self)->id;
}

/**
 * weir_page_get_title:
 * @self: a page
 *
 * Returns: the page's name as a person reads it
 */
const char *
weir_page_get_title (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return _ (WEIR_PAGE_GET_CLASS (self)->title);
}

/**
 * weir_page_get_icon_name:
 * @self: a page
 *
 * Returns: the name of the page's symbolic icon
 */
const char *
weir_page_get_icon_name (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return WEIR_PAGE_GET_CLASS (self)->icon_name;
}

/**
 * weir_page_can_search:
 * @self: a page
 *
 * Returns: whether the page has a filter row
 */
gboolean
weir_page_can_search (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  return WEIR_PAGE_GET_CLASS (self)->can_search;
}

/**
 * weir_page_is_summary:
 * @self: a page
 *
 * Returns: whether the page has nothing to inspect, only ways to other pages
 */
gboolean
weir_page_is_summary (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  return WEIR_PAGE_GET_CLASS (self)->is_summary;
}

/**
 * weir_page_shows_kind:
 * @self: a page
 * @kind: a kind of record
 *
 * Returns: whether records of @kind have their rows on this page
 */
gboolean
weir_page_shows_kind (WeirPage *self, WeirRecordKind kind)
{
  const WeirRecordKind *kinds;

  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  kinds = WEIR_PAGE_GET_CLASS (self)->kinds;
  for (guint i = 0; kinds != NULL && (int) kinds[i] != -1; i++)
    {
      if (kinds[i] == kind)
        return TRUE;
    }

  return FALSE;
}

/**
 * weir_page_is_shown:
 * @self: a page
 *
 * Returns: whether the page is the one the window shows
 */
gboolean
weir_page_is_shown (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  return get_private (self)->shown;
}

/**
 * weir_page_get_count:
 * @self: a page
 *
 * Returns: the number beside the page's name in the sidebar; 0 shows none
 */
guint
weir_page_get_count (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), 0);

  return get_private (self)->count;
}

/**
 * weir_page_get_attention:
 * @self: a page
 *
 * Returns: whether what is counted needs a hand
 */
gboolean
weir_page_get_attention (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  return get_private (self)->attention;
}

/**
 * weir_page_set_count:
 * @self: a page
 * @count: what to show beside the page's name; 0 shows nothing
 * @attention: whether what is counted needs a hand
 */
void
weir_page_set_count (WeirPage *self, guint count, gboolean attention)
{
  WeirPagePrivate *priv;

  g_return_if_fail (WEIR_IS_PAGE (self));

  priv = get_private (self);
  if (priv->count != count)
    {
      priv->count = count;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
  if (priv->attention != !!attention)
    {
      priv->attention = !!attention;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTENTION]);
    }
}

/**
 * weir_page_set_search_mode:
 * @self: a page
 * @search_mode: whether to show the filter row
 */
void
weir_page_set_search_mode (WeirPage *self, gboolean search_mode)
{
  WeirPagePrivate *priv;
  gboolean focused;

  g_return_if_fail (WEIR_IS_PAGE (self));

  priv = get_private (self);
  if (priv->search_mode == !!search_mode)
    return;

  focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  priv->search_mode = !!search_mode;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
  /* what is hidden now had it, maybe */
  if (!search_mode && focused)
    weir_page_enter (self);
}

/**
 * weir_page_set_narrow:
 * @self: a page
 * @narrow: whether the window has little room
 */
void
weir_page_set_narrow (WeirPage *self, gboolean narrow)
{
  WeirPagePrivate *priv;

  g_return_if_fail (WEIR_IS_PAGE (self));

  priv = get_private (self);
  if (priv->narrow == !!narrow)
    return;

  priv->narrow = !!narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/**
 * weir_page_get_room:
 * @self: a page
 *
 * Returns: the width it can expect to have at first, px; %G_MAXINT: that is not known, so all there is
 */
int
weir_page_get_room (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), 0);

  return get_private (self)->room;
}

/**
 * weir_page_set_room:
 * @self: a page that is not built yet
 * @room: the width it can expect to have at first, px
 *
 * So that it can take the shape that it will have before it is laid out.
 */
void
weir_page_set_room (WeirPage *self, int room)
{
  g_return_if_fail (WEIR_IS_PAGE (self));

  get_private (self)->room = room;
}

/**
 * weir_page_get_ready:
 * @self: a page that is built
 *
 * Returns: whether what the page is there for can be seen on it
 */
gboolean
weir_page_get_ready (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  return get_private (self)->ready;
}

/**
 * weir_page_set_ready:
 * @self: a page
 * @ready: whether what the page is there for can be seen on it
 */
void
weir_page_set_ready (WeirPage *self, gboolean ready)
{
  WeirPagePrivate *priv;

  g_return_if_fail (WEIR_IS_PAGE (self));

  priv = get_private (self);
  if (priv->ready == !!ready)
    return;

  priv->ready = !!ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

/**
 * weir_page_select:
 * @self: a page
 * @object: (nullable): a record, an error group, or how many of them as a #WeirSeveral
 *
 * Tells the inspector what to show.
 */
void
weir_page_select (WeirPage *self, gpointer object)
{
  WeirPagePrivate *priv;

  g_return_if_fail (WEIR_IS_PAGE (self));
  g_return_if_fail (object == NULL || G_IS_OBJECT (object));

  priv = get_private (self);
  if (g_set_object (&priv->selected, object))
    g_signal_emit (self, signals[RECORD_SELECTED], 0, object);
}

/**
 * weir_page_get_selected:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what the page selected last
 */
GObject *
weir_page_get_selected (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return get_private (self)->selected;
}

/**
 * weir_page_get_header_widget:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what belongs into the header bar while the page is shown
 */
GtkWidget *
weir_page_get_header_widget (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return WEIR_PAGE_GET_CLASS (self)->get_header_widget != NULL
             ? WEIR_PAGE_GET_CLASS (self)->get_header_widget (self)
             : NULL;
}

/**
 * weir_page_get_actions:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the actions that are "page.…" while the page is shown
 */
GActionGroup *
weir_page_get_actions (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return WEIR_PAGE_GET_CLASS (self)->get_actions != NULL
             ? WEIR_PAGE_GET_CLASS (self)->get_actions (self)
             : NULL;
}

/**
 * weir_page_focus_search:
 * @self: a page
 *
 * Shows the filter row and moves the focus into its entry.
 */
void
weir_page_focus_search (WeirPage *self)
{
  WeirPageClass *klass;

  g_return_if_fail (WEIR_IS_PAGE (self));

  klass = WEIR_PAGE_GET_CLASS (self);
  if (!klass->can_search)
    return;

  weir_page_set_search_mode (self, TRUE);
  if (klass->focus_search != NULL)
    klass->focus_search (self);
}

/**
 * weir_page_set_search:
 * @self: a page
 * @text: what to search for
 *
 * Narrows the page to what another page points at.
 */
void
weir_page_set_search (WeirPage *self, const char *text)
{
  WeirPageClass *klass;

  g_return_if_fail (WEIR_IS_PAGE (self));
  g_return_if_fail (text != NULL);

  klass = WEIR_PAGE_GET_CLASS (self);
  if (klass->set_search == NULL)
    return;

  weir_page_set_search_mode (self, TRUE);
  klass->set_search (self, text);
}

/**
 * weir_page_add_term:
 * @self: a page
 * @field: a field of its query
 * @value: what it is to be
 *
 * Narrows the page further; one without a query is left as it is.
 */
void
weir_page_add_term (WeirPage *self, const char *field, const char *value)
{
  g_return_if_fail (WEIR_IS_PAGE (self));
  g_return_if_fail (field != NULL);
  g_return_if_fail (value != NULL);

  if (WEIR_PAGE_GET_CLASS (self)->add_term != NULL)
    WEIR_PAGE_GET_CLASS (self)->add_term (self, field, value);
}

/**
 * weir_page_reveal:
 * @self: a page
 * @record: a record of a kind the page shows
 *
 * Selects the record's row, scrolls to it and takes away filters that hide it.
 *
 * Returns: whether there is such a row
 */
gboolean
weir_page_reveal (WeirPage *self, WeirRecord *record)
{
  WeirPageClass *klass;

  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);
  g_return_val_if_fail (WEIR_IS_RECORD (record), FALSE);

  klass = WEIR_PAGE_GET_CLASS (self);

  return klass->reveal != NULL && klass->reveal (self, record);
}

/**
 * weir_page_refresh:
 * @self: a page
 *
 * Asks the servers again for what the page shows.
 */
void
weir_page_refresh (WeirPage *self)
{
  WeirPageClass *klass;

  g_return_if_fail (WEIR_IS_PAGE (self));

  klass = WEIR_PAGE_GET_CLASS (self);
  if (klass->refresh != NULL)
    klass->refresh (self);
}

static void
restore (WeirPage *self)
{
  WeirPageClass *klass = WEIR_PAGE_GET_CLASS (self);
  g_autofree char *key = g_strconcat ("page.", klass->id, NULL);
  g_autoptr (GVariant) value = weir_remember_lookup (key);
  GVariantDict state;

  if (value == NULL || klass->restore == NULL)
    return;

  g_variant_dict_init (&state, value);
  klass->restore (self, &state);
  g_variant_dict_clear (&state);
}

/**
 * weir_page_build:
 * @self: a page
 *
 * Fills the page unless it is filled.
 *
 * Returns: whether there was anything to do
 */
gboolean
weir_page_build (WeirPage *self)
{
  WeirPagePrivate *priv;

  g_return_val_if_fail (WEIR_IS_PAGE (self), FALSE);

  priv = get_private (self);
  if (priv->built)
    return FALSE;

  priv->built = TRUE;
  WEIR_PAGE_GET_CLASS (self)->build (self);
  restore (self);

  return TRUE;
}

/**
 * weir_page_keep:
 * @self: a page
 *
 * Keeps its filters, its selection and its place in the list for the next start.
 */
void
weir_page_keep (WeirPage *self)
{
  WeirPageClass *klass;
  g_autofree char *key = NULL;
  GVariantDict state;

  g_return_if_fail (WEIR_IS_PAGE (self));

  klass = WEIR_PAGE_GET_CLASS (self);
  if (!get_private (self)->built || klass->save == NULL)
    return;

  key = g_strconcat ("page.", klass->id, NULL);
  g_variant_dict_init (&state, NULL);
  klass->save (self, &state);
  weir_remember_keep (key, g_variant_dict_end (&state));
}

/* A summary is of all kinds. */
static void
tell_watched (WeirPage *self)
{
  static const WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, WEIR_RECORD_PULL,
                                          WEIR_RECORD_CONNECTION };
  WeirPagePrivate *priv = get_private (self);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    weir_record_set_set_watched (weir_monitor_get_records (priv->monitor, kinds[i]),
                                 weir_page_is_summary (self)
                                     || weir_page_shows_kind (self, kinds[i]));
}

/**
 * weir_page_set_shown:
 * @self: a page
 * @shown: whether it is the one the window shows
 */
void
weir_page_set_shown (WeirPage *self, gboolean shown)
{
  WeirPageClass *klass;
  WeirPagePrivate *priv;

  g_return_if_fail (WEIR_IS_PAGE (self));

  priv = get_private (self);
  if (priv->shown == !!shown)
    return;

  priv->shown = !!shown;
  set_hidden (self, !shown);
  /* The stack only has its children placed anew. What a table asks for meanwhile, as when its scroll bar goes, would get
   * no further than the flap around it, which is not drawn before it has that: the page would be blank. */
  if (shown)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  klass = WEIR_PAGE_GET_CLASS (self);
  if (shown && priv->monitor != NULL)
    tell_watched (self);
  if (shown && klass->shown != NULL)
    klass->shown (self);
  else if (!shown && klass->hidden != NULL)
    klass->hidden (self);
}

/**
 * weir_page_enter:
 * @self: the page that is shown
 *
 * Moves the focus to where work on the page begins.
 */
void
weir_page_enter (WeirPage *self)
{
  WeirPageClass *klass;

  g_return_if_fail (WEIR_IS_PAGE (self));

  klass = WEIR_PAGE_GET_CLASS (self);
  if (klass->enter == NULL || !klass->enter (self))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * weir_page_get_rows:
 * @self: a page that is built
 *
 * Returns: (transfer none) (nullable): what keys that go round the parts of the window lead to besides the page
 */
GtkWidget *
weir_page_get_rows (WeirPage *self)
{
  g_return_val_if_fail (WEIR_IS_PAGE (self), NULL);

  return WEIR_PAGE_GET_CLASS (self)->get_rows != NULL ? WEIR_PAGE_GET_CLASS (self)->get_rows (self)
                                                      : NULL;
}

/**
 * weir_page_enter_around:
 * @widget: something in a page
 *
 * Moves the focus from it to where work on its page begins.
 */
void
weir_page_enter_around (GtkWidget *widget)
{
  GtkWidget *page;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  page = gtk_widget_get_ancestor (widget, WEIR_TYPE_PAGE);
  if (page != NULL)
    weir_page_enter (WEIR_PAGE (page));
}
