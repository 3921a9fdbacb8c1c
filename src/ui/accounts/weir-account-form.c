/* weir-account-form.c: the fields of an account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-account-form.h"

#include "weir-authority-row.h"
#include "weir-clock.h"
#include "weir-drop-down.h"
#include "weir-format.h"
#include "weir-jwt.h"
#include "weir-note-row.h"
#include "weir-scroll.h"
#include "weir-radio-row.h"
#include "weir-registry.h"
#include "weir-secret-row.h"
#include "weir-switch-row.h"
#include "weir-token-watch.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define N_ENTRIES 8

struct _WeirAccountForm
{
  AdwBin parent_instance;

  WeirAccountStore *store;
  WeirAccount *account; /* (nullable) that is edited */
  const WeirProviderInfo *info;
  char *filled_name; /* what was put there for the chosen platform, not by the user */
  char *filled_uri;
  gboolean quiet;
  gboolean name_touched;
  gboolean edited;
  gboolean valid;
  gint64 expiry; /* µs, of the token that is stored; 0 not known */

  AdwPreferencesGroup *platforms;
  WeirRadioRow *first_platform;
  AdwEntryRow *name;
  WeirNoteRow *name_note;
  AdwEntryRow *uri;
  WeirNoteRow *uri_note;
  AdwComboRow *auth;
  AdwEntryRow *token;
  AdwEntryRow *workspace_key;
  AdwEntryRow *workspace_secret;
  AdwEntryRow *tenant;
  AdwEntryRow *username;
  AdwEntryRow *password;
  WeirNoteRow *secret_note;
  AdwExpanderRow *help;
  WeirNoteRow *help_note;
  WeirAuthorityRow *authority;
  WeirSwitchRow *read_only;
};

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirAccountForm, weir_account_form, ADW_TYPE_BIN)

static const char *
get_text (AdwEntryRow *row)
{
  return WEIR_IS_SECRET_ROW (row) ? weir_secret_row_get_secret (WEIR_SECRET_ROW (row))
                                  : gtk_editable_get_text (GTK_EDITABLE (row));
}

/* Without the blanks that come along with a copied text. */
static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (get_text (row)));
}

static WeirAuthKind
get_auth (WeirAccountForm *self)
{
  guint selected = adw_combo_row_get_selected (self->auth);

  return self->info->auth_kinds[selected != GTK_INVALID_LIST_POSITION ? selected : 0];
}

static AdwEntryRow *
get_secret_row (WeirAccountForm *self)
{
  switch (get_auth (self))
    {
    case WEIR_AUTH_WORKSPACE_KEY:
      return self->workspace_secret;

    case WEIR_AUTH_PASSWORD:
      return self->password;

    case WEIR_AUTH_TOKEN:
    default:
      return self->token;
    }
}

static gboolean
keeps_secret (WeirAccountForm *self)
{
  return self->account != NULL && self->account->auth == get_auth (self);
}

static gboolean
check_name (WeirAccountForm *self)
{
  g_autofree char *name = dup_text (self->name);
  g_autoptr (GError) error = NULL;
  const WeirAccount *other;

  if (!weir_account_check_name (name, &error))
    {
      weir_note_row_set (self->name_note, GTK_WIDGET (self->name),
                         *name != '\0' || self->name_touched ? error->message : NULL, "error");
      return FALSE;
    }

  other = weir_account_store_find (self->store, name, NULL);
  if (other != NULL && (self->account == NULL || !g_str_equal (other->uuid, self->account->uuid)))
    {
      weir_note_row_set (self->name_note, GTK_WIDGET (self->name),
                         _ ("There is an account of that name"), "error");
      return FALSE;
    }

  weir_note_row_set (self->name_note, GTK_WIDGET (self->name), NULL, "error");
  return TRUE;
}

static gboolean
is_open_to_others (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GInetAddress) inet = NULL;
  const char *host;

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "http"))
    return FALSE;

  host = g_uri_get_host (uri);
  inet = g_inet_address_new_from_string (host);
  return inet != NULL ? !g_inet_address_get_is_loopback (inet) : !g_str_equal (host, "localhost");
}

static gboolean
check_uri (WeirAccountForm *self)
{
  g_autofree char *uri = dup_text (self->uri);
  g_autofree char *example = NULL;
  g_autoptr (GError) error = NULL;

  if (*uri == '\0')
    {
      /* Translators: %s is a web address */
      example = g_strdup_printf (_ ("For example %s"), self->info->uri_example);
      weir_note_row_set (self->uri_note, GTK_WIDGET (self->uri), example, "dim-label");
      return FALSE;
    }
  if (!weir_account_check_uri (uri, &error))
    {
      weir_note_row_set (self->uri_note, GTK_WIDGET (self->uri), error->message, "error");
      return FALSE;
    }

  weir_note_row_set (self->uri_note, GTK_WIDGET (self->uri),
                     is_open_to_others (uri)
                         ? _ ("Without https:// everybody on the way can read along, the token too")
                         : NULL,
                     "warning");
  return TRUE;
}

/* (nullable) how long a token is good for; 0: nobody can know */
static char *
dup_expiry_text (gint64 expiry)
{
  g_autofree char *when = weir_format_absolute (expiry);
  g_autofree char *left = weir_format_countdown (expiry);

  if (expiry == 0)
    return NULL;
  if (expiry <= weir_clock_now ())
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("This token has expired on %s"), when);

  /* Translators: a span such as “in 3 days”, then a date and time */
  return g_strdup_printf (_ ("This token expires %s, on %s"), left, when);
}

static void
show_secret_note (WeirAccountForm *self, gboolean kept)
{
  AdwEntryRow *row = get_secret_row (self);
  gboolean is_empty = *get_text (row) == '\0';
  gint64 expiry = 0;
  g_autofree char *entered = NULL;
  g_autofree char *text = NULL;
  const char *css;

  if (get_auth (self) == WEIR_AUTH_TOKEN)
    {
      entered = dup_text (row);
      expiry = !is_empty ? weir_jwt_get_expiry (entered) : kept ? self->expiry : 0;
    }
  text = dup_expiry_text (expiry);
  css = expiry == 0                                    ? "dim-label"
        : expiry <= weir_clock_now ()                  ? "error"
        : expiry - weir_clock_now () < WEIR_TOKEN_SOON ? "warning"
                                                       : "dim-label";
  if (kept && is_empty)
    {
      g_autofree char *alone = g_steal_pointer (&text);

      text = alone != NULL
                 ? g_strdup_printf ("%s\n%s", alone, _ ("Leave this empty to keep what is stored"))
                 : g_strdup (_ ("Leave this empty to keep what is stored"));
    }
  weir_note_row_set (self->secret_note, GTK_WIDGET (row), text, css);
}

static gboolean
check_secret (WeirAccountForm *self)
{
  WeirAuthKind auth = get_auth (self);
  AdwEntryRow *row = get_secret_row (self);
  g_autofree char *key = dup_text (self->workspace_key);
  g_autofree char *username = dup_text (self->username);
  gboolean kept = keeps_secret (self);

  show_secret_note (self, kept);

  return (kept || *get_text (row) != '\0') && (auth != WEIR_AUTH_WORKSPACE_KEY || *key != '\0')
         && (auth != WEIR_AUTH_PASSWORD || *username != '\0');
}

static void
changed (WeirAccountForm *self)
{
  gboolean valid;

  if (self->quiet || self->info == NULL)
    return;

  valid = check_name (self);
  valid = check_uri (self) && valid;
  self->valid = check_secret (self) && valid;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
edited_cb (WeirAccountForm *self)
{
  if (!self->quiet)
    self->edited = TRUE;
  changed (self);
}

static void
name_changed_cb (WeirAccountForm *self)
{
  if (!self->quiet)
    self->name_touched = TRUE;
  edited_cb (self);
}

static void
auth_changed_cb (WeirAccountForm *self)
{
  WeirAuthKind auth;

  if (self->quiet || self->info == NULL)
    return;

  auth = get_auth (self);
  gtk_widget_set_visible (GTK_WIDGET (self->token), auth == WEIR_AUTH_TOKEN);
  gtk_widget_set_visible (GTK_WIDGET (self->workspace_key), auth == WEIR_AUTH_WORKSPACE_KEY);
  gtk_widget_set_visible (GTK_WIDGET (self->workspace_secret), auth == WEIR_AUTH_WORKSPACE_KEY);
  gtk_widget_set_visible (GTK_WIDGET (self->tenant), auth == WEIR_AUTH_WORKSPACE_KEY);
  gtk_widget_set_visible (GTK_WIDGET (self->username), auth == WEIR_AUTH_PASSWORD);
  gtk_widget_set_visible (GTK_WIDGET (self->password), auth == WEIR_AUTH_PASSWORD);
  changed (self);
}

static const char *
describe_auth (WeirAuthKind auth)
{
  switch (auth)
    {
    case WEIR_AUTH_WORKSPACE_KEY:
      return _ ("Workspace Key and Secret");

    case WEIR_AUTH_PASSWORD:
      return _ ("Username and Password");

    case WEIR_AUTH_TOKEN:
    default:
      return _ ("Token");
    }
}

/* "Membrane", or "Membrane 2" where that is taken */
static char *
dup_free_name (WeirAccountForm *self)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name =
          i == 1 ? g_strdup (self->info->name) : g_strdup_printf ("%s %u", self->info->name, i);

      if (weir_account_store_find (self->store, name, NULL) == NULL)
        return g_steal_pointer (&name);
    }
}

/* Takes over what belongs to the platform, but never over something that the user has entered. */
static void
fill (AdwEntryRow *row, char **filled, const char *text)
{
  if (*get_text (row) == '\0' || g_strcmp0 (get_text (row), *filled) == 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      g_free (*filled);
      *filled = g_strdup (text);
    }
}

static void
choose_platform (WeirAccountForm *self, const WeirProviderInfo *info)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  GtkLabel *label = weir_note_row_get_label (self->help_note);
  guint selected = 0;
  guint n_kinds = 0;

  self->info = info;
  self->quiet = TRUE;
  if (self->account == NULL)
    {
      g_autofree char *name = dup_free_name (self);

      fill (self->name, &self->filled_name, name);
      fill (self->uri, &self->filled_uri, info->default_uri != NULL ? info->default_uri : "");
    }
  for (; (int) info->auth_kinds[n_kinds] != -1; n_kinds++)
    {
      gtk_string_list_append (kinds, describe_auth (info->auth_kinds[n_kinds]));
      if (self->account != NULL && info->auth_kinds[n_kinds] == self->account->auth)
        selected = n_kinds;
    }
  adw_combo_row_set_model (self->auth, G_LIST_MODEL (kinds));
  adw_combo_row_set_selected (self->auth, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->auth), n_kinds > 1);
  gtk_label_set_label (label, _ (info->help));
  self->quiet = FALSE;

  auth_changed_cb (self);
}

static void
platform_toggled_cb (WeirAccountForm *self, GParamSpec *pspec, WeirRadioRow *row)
{
  if (weir_radio_row_get_active (row))
    choose_platform (self, g_object_get_data (G_OBJECT (row), "weir-provider"));
}

static void
add_platform (WeirAccountForm *self, const WeirProviderInfo *info)
{
  GtkWidget *row;

  if (self->account == NULL)
    {
      row = weir_radio_row_new (info->name, _ (info->summary), self->first_platform);
      g_object_set_data (G_OBJECT (row), "weir-provider", (gpointer) info);
      if (self->first_platform == NULL)
        self->first_platform = WEIR_RADIO_ROW (row);
      g_signal_connect_object (row, "notify::active", G_CALLBACK (platform_toggled_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    row = g_object_new (ADW_TYPE_ACTION_ROW, "title", info->name, "subtitle", _ (info->summary),
                        NULL);
  adw_preferences_group_add (self->platforms, row);
}

/* What it opens may lie below what is seen. */
static void
help_expanded_cb (WeirAccountForm *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self->help)))
    weir_scroll_to (GTK_WIDGET (self->help));
}

static void
activated_cb (WeirAccountForm *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
prepare_entry (WeirAccountForm *self, AdwEntryRow *row, GCallback callback)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  /* large texts leave no room for all of it */
  if (weir_text_is_large ())
    gtk_widget_set_tooltip_text (GTK_WIDGET (row),
                                 adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  g_signal_connect_swapped (row, "changed", callback, self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (activated_cb), self);
}

static void
weir_account_form_dispose (GObject *object)
{
  WeirAccountForm *self = WEIR_ACCOUNT_FORM (object);

  self->quiet = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_ACCOUNT_FORM);
  g_clear_object (&self->store);
  g_clear_object (&self->account);
  g_clear_pointer (&self->filled_name, g_free);
  g_clear_pointer (&self->filled_uri, g_free);

  G_OBJECT_CLASS (weir_account_form_parent_class)->dispose (object);
}

static void
weir_account_form_class_init (WeirAccountFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_account_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WEIR_TYPE_AUTHORITY_ROW);
  g_type_ensure (WEIR_TYPE_NOTE_ROW);
  g_type_ensure (WEIR_TYPE_SWITCH_ROW);
  g_type_ensure (WEIR_TYPE_SECRET_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-account-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, platforms);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, name);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, name_note);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, uri);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, uri_note);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, auth);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, token);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, workspace_key);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, workspace_secret);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, tenant);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, username);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, password);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, secret_note);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, help);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, help_note);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, authority);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountForm, read_only);
  gtk_widget_class_bind_template_callback (widget_class, auth_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, help_expanded_cb);
}

static void
list_entries (WeirAccountForm *self, AdwEntryRow *rows[N_ENTRIES])
{
  rows[0] = self->name;
  rows[1] = self->uri;
  rows[2] = self->token;
  rows[3] = self->workspace_key;
  rows[4] = self->workspace_secret;
  rows[5] = self->tenant;
  rows[6] = self->username;
  rows[7] = self->password;
}

static void
weir_account_form_init (WeirAccountForm *self)
{
  AdwEntryRow *rows[N_ENTRIES];

  gtk_widget_init_template (GTK_WIDGET (self));
  weir_drop_down_fit_row (self->auth);
  list_entries (self, rows);
  for (guint i = 0; i < N_ENTRIES; i++)
    prepare_entry (self, rows[i],
                   rows[i] == self->name ? G_CALLBACK (name_changed_cb) : G_CALLBACK (edited_cb));
}

static void
set_text (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/**
 * weir_account_form_set_up:
 * @self: the form
 * @store: knows which names are taken
 * @account: (nullable): the account to edit, %NULL for a new one
 *
 * To be called once. The platform of an account that exists cannot be changed.
 */
void
weir_account_form_set_up (WeirAccountForm *self, WeirAccountStore *store, WeirAccount *account)
{
  const WeirProviderInfo *const *infos = weir_registry_list ();

  g_return_if_fail (WEIR_IS_ACCOUNT_FORM (self));
  g_return_if_fail (WEIR_IS_ACCOUNT_STORE (store));
  g_return_if_fail (account == NULL || WEIR_IS_ACCOUNT (account));

  g_set_object (&self->store, store);
  g_set_object (&self->account, account);
  if (account == NULL)
    {
      for (guint i = 0; infos[i] != NULL; i++)
        add_platform (self, infos[i]);
      weir_radio_row_set_active (self->first_platform, TRUE);
    }
  else
    {
      const WeirProviderInfo *info = weir_registry_find (account->provider);

      g_return_if_fail (info != NULL);

      self->quiet = TRUE;
      set_text (self->name, account->name);
      set_text (self->uri, account->uri);
      set_text (self->workspace_key, account->workspace_key);
      set_text (self->tenant, account->tenant);
      set_text (self->username, account->username);
      weir_authority_row_set_pem (self->authority, account->authorities);
      weir_switch_row_set_active (self->read_only, account->read_only);
      self->quiet = FALSE;
      add_platform (self, info);
      choose_platform (self, info);
    }
}

/**
 * weir_account_form_set_expiry:
 * @self: the form
 * @expiry: when the token ends that is stored, µs; 0 never or not known
 */
void
weir_account_form_set_expiry (WeirAccountForm *self, gint64 expiry)
{
  g_return_if_fail (WEIR_IS_ACCOUNT_FORM (self));

  self->expiry = expiry;
  check_secret (self);
}

static gboolean
is_missing (WeirAccountForm *self, AdwEntryRow *row)
{
  g_autofree char *text = dup_text (row);

  return *text == '\0' && gtk_widget_get_visible (GTK_WIDGET (row)) && row != self->tenant
         && !(row == get_secret_row (self) && keeps_secret (self));
}

/* The first entry that is empty, or cannot be what it is. */
static AdwEntryRow *
find_missing (WeirAccountForm *self)
{
  AdwEntryRow *rows[N_ENTRIES];

  if (!check_name (self))
    return self->name;
  if (!check_uri (self))
    return self->uri;

  list_entries (self, rows);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      if (is_missing (self, rows[i]))
        return rows[i];
    }

  return self->name;
}

/* Selected, the first letter typed would replace all of it. */
static void
focus_end (AdwEntryRow *row)
{
  gtk_text_grab_focus_without_selecting (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (row))));
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
}

/**
 * weir_account_form_focus:
 * @self: the form
 * @field: what is to be filled in, or mended
 */
void
weir_account_form_focus (WeirAccountForm *self, WeirAccountField field)
{
  g_return_if_fail (WEIR_IS_ACCOUNT_FORM (self));

  switch (field)
    {
    case WEIR_ACCOUNT_FIELD_MISSING:
      focus_end (find_missing (self));
      break;

    case WEIR_ACCOUNT_FIELD_ADDRESS:
      focus_end (self->uri);
      break;

    case WEIR_ACCOUNT_FIELD_SECRET:
      gtk_widget_grab_focus (GTK_WIDGET (get_secret_row (self)));
      break;

    case WEIR_ACCOUNT_FIELD_AUTHORITY:
      gtk_widget_grab_focus (GTK_WIDGET (self->authority));
      break;

    case WEIR_ACCOUNT_FIELD_FIRST:
    default:
      gtk_widget_grab_focus (self->first_platform != NULL ? GTK_WIDGET (self->first_platform)
                                                          : GTK_WIDGET (self->name));
    }
}

/**
 * weir_account_form_is_edited:
 * @self: the form
 *
 * Returns: whether somebody has entered something
 */
gboolean
weir_account_form_is_edited (WeirAccountForm *self)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT_FORM (self), FALSE);

  return self->edited;
}

/**
 * weir_account_form_is_valid:
 * @self: the form
 *
 * Returns: whether what was entered can be saved; what cannot is said beside its field
 */
gboolean
weir_account_form_is_valid (WeirAccountForm *self)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT_FORM (self), FALSE);

  return self->valid;
}

/**
 * weir_account_form_dup_missing:
 * @self: the form
 *
 * Returns: (transfer full) (nullable): the titles of the fields that are still to be filled in, as a list
 */
char *
weir_account_form_dup_missing (WeirAccountForm *self)
{
  AdwEntryRow *rows[N_ENTRIES];
  char *missing = NULL;

  g_return_val_if_fail (WEIR_IS_ACCOUNT_FORM (self), NULL);

  list_entries (self, rows);
  for (guint i = 0; self->info != NULL && i < N_ENTRIES; i++)
    {
      g_autofree char *before = NULL;

      if (!is_missing (self, rows[i]))
        continue;
      before = missing;
      missing = weir_format_list_add (
          before, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (rows[i])));
    }

  return missing;
}

static char *
dup_if (gboolean wanted, AdwEntryRow *row)
{
  g_autofree char *text = dup_text (row);

  return wanted && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * weir_account_form_dup_account:
 * @self: the form
 *
 * Returns: (transfer full): what was entered, as an account with the edited one's uuid
 */
WeirAccount *
weir_account_form_dup_account (WeirAccountForm *self)
{
  WeirAuthKind auth;
  g_autofree char *name = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *username = NULL;
  g_autofree char *key = NULL;
  g_autofree char *tenant = NULL;
  WeirAccount *account;

  g_return_val_if_fail (WEIR_IS_ACCOUNT_FORM (self), NULL);

  auth = get_auth (self);
  name = dup_text (self->name);
  uri = dup_text (self->uri);
  username = dup_if (auth == WEIR_AUTH_PASSWORD, self->username);
  key = dup_if (auth == WEIR_AUTH_WORKSPACE_KEY, self->workspace_key);
  tenant = dup_if (auth == WEIR_AUTH_WORKSPACE_KEY, self->tenant);

  account = weir_account_new (self->account != NULL ? self->account->uuid : NULL, name,
                              self->info->id, uri, auth, username, key, tenant,
                              weir_switch_row_get_active (self->read_only));
  weir_account_set_authorities (account, weir_authority_row_get_pem (self->authority));

  return account;
}

/**
 * weir_account_form_dup_secret:
 * @self: the form
 *
 * Returns: (transfer full) (nullable): the secret that was entered, %NULL to keep the stored one; to be freed with
 *   weir_secrets_free()
 */
char *
weir_account_form_dup_secret (WeirAccountForm *self)
{
  const char *text;

  g_return_val_if_fail (WEIR_IS_ACCOUNT_FORM (self), NULL);

  text = get_text (get_secret_row (self));
  if (*text == '\0')
    return NULL;

  /* a password may begin or end with a blank, a token cannot */
  return get_auth (self) == WEIR_AUTH_TOKEN ? dup_text (self->token) : g_strdup (text);
}
