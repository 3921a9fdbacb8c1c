/* weir-authority-row.c: a certificate authority that an account trusts, to be chosen
 *
 * What is in the file is kept, not where it is: a sandbox sees it only while it is being chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-authority-row.h"

#include "weir-format.h"
#include "weir-http-trust.h"

#include <glib/gi18n-lib.h>

#define MAX_SIZE (1024 * 1024) /* bytes: more than any list of authorities */

struct _WeirAuthorityRow
{
  AdwActionRow parent_instance;

  char *pem;                     /* (nullable) */
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
  GCancellable *cancellable;     /* (nullable) of the file that is read */

  GtkWidget *choose;
  GtkWidget *remove;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirAuthorityRow, weir_authority_row, ADW_TYPE_ACTION_ROW)

static void
say (WeirAuthorityRow *self, const char *text, gboolean is_error)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

/* Whose they are, as the certificates say. */
static char *
describe (GPtrArray *certificates)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < certificates->len; i++)
    {
      g_autofree char *subject = g_tls_certificate_get_subject_name (certificates->pdata[i]);

      if (subject != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", subject);
    }

  return g_string_free (text, FALSE);
}

static gboolean
take (WeirAuthorityRow *self, const char *pem)
{
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (pem == NULL)
    {
      say (self, _ ("Only those of the system are trusted"), FALSE);
    }
  else
    {
      certificates = weir_http_trust_read (pem, &error);
      if (certificates == NULL)
        {
          g_autofree char *sentence =
              weir_format_labelled (_ ("The file cannot be used"), error->message);

          say (self, sentence, TRUE);
          return FALSE;
        }
      text = describe (certificates);
      say (self, text, FALSE);
    }

  g_free (self->pem);
  self->pem = g_strdup (pem);
  gtk_widget_set_visible (self->remove, pem != NULL);

  return TRUE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirAuthorityRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, error->message, TRUE);
      return;
    }

  g_clear_object (&self->cancellable);
  if (length > MAX_SIZE)
    say (self, _ ("The file is too large for a certificate"), TRUE);
  else if (take (self, contents))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
response_cb (WeirAuthorityRow *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;

  g_clear_object (&self->chooser);
  if (file != NULL)
    weir_authority_row_load (self, file);
}

static void
choose_cb (WeirAuthorityRow *self)
{
  g_autoptr (GtkFileFilter) certificates = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  static const char *const suffixes[] = { "pem", "crt", "cer", "ca-bundle" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (certificates, suffixes[i]);
  gtk_file_filter_set_name (certificates, _ ("Certificates (PEM)"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_filter_set_name (all, _ ("All Files"));

  self->chooser = gtk_file_chooser_native_new (_ ("Certificate Authority"),
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), certificates);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
remove_cb (WeirAuthorityRow *self)
{
  take (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
weir_authority_row_dispose (GObject *object)
{
  WeirAuthorityRow *self = WEIR_AUTHORITY_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->pem, g_free);

  G_OBJECT_CLASS (weir_authority_row_parent_class)->dispose (object);
}

static void
weir_authority_row_class_init (WeirAuthorityRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_authority_row_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_authority_row_init (WeirAuthorityRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Certificate Authority"));
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (self), _ ("Of an organisation that signs the certificates of its own servers"));

  self->remove = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  gtk_widget_set_tooltip_text (self->remove, _ ("Remove Certificate Authority"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove Certificate Authority"), -1);
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_valign (self->remove, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove);

  self->choose = gtk_button_new_with_mnemonic (_ ("Choose _File…"));
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->choose, "clicked", G_CALLBACK (choose_cb), self);
  gtk_widget_set_focusable (self->choose, FALSE); /* the row does the same */
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->choose);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->choose);

  take (self, NULL);
}

/**
 * weir_authority_row_set_pem:
 * @self: a row
 * @pem: (nullable): certificates; what cannot be read is told and left as it was
 */
void
weir_authority_row_set_pem (WeirAuthorityRow *self, const char *pem)
{
  g_return_if_fail (WEIR_IS_AUTHORITY_ROW (self));

  take (self, pem);
}

/**
 * weir_authority_row_get_pem:
 * @self: a row
 *
 * Returns: (nullable): the certificates that were chosen
 */
const char *
weir_authority_row_get_pem (WeirAuthorityRow *self)
{
  g_return_val_if_fail (WEIR_IS_AUTHORITY_ROW (self), NULL);

  return self->pem;
}

/**
 * weir_authority_row_load:
 * @self: a row
 * @file: a file of certificates
 *
 * Reads it, and takes it if there is a certificate in it.
 */
void
weir_authority_row_load (WeirAuthorityRow *self, GFile *file)
{
  g_return_if_fail (WEIR_IS_AUTHORITY_ROW (self));
  g_return_if_fail (G_IS_FILE (file));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_file_load_contents_async (file, self->cancellable, loaded_cb, g_object_ref (self));
}
