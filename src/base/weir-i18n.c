/* weir-i18n.c: translations for a program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-i18n.h"

#include "weir-config.h"

#include <libintl.h>
#include <locale.h>

/**
 * weir_i18n_init:
 *
 * Takes the user's locale and binds Weir's translations. To be called first in main(), before any
 * thread exists.
 */
void
weir_i18n_init (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WEIR_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * weir_i18n_reword:
 * @error: an error
 * @message: (transfer full): a sentence with what the error said before
 *
 * g_prefix_error() with a whole sentence, in which a language has the reason where it wants it.
 */
void
weir_i18n_reword (GError *error, char *message)
{
  g_return_if_fail (error != NULL);
  g_return_if_fail (message != NULL);

  g_free (error->message);
  error->message = message;
}
