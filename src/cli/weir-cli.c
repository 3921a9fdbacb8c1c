/* weir-cli.c: one run of weirctl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "weir-choices.h"
#include "weir-i18n.h"
#include "weir-registry.h"
#include "weir-secrets.h"

#define LONGEST_LINE (64 * 1024) /* bytes: no token is longer */
#define CHUNK 4096
#define DEFAULT_LIMIT 100

static gboolean
interrupted_cb (gpointer user_data)
{
  WeirCli *self = user_data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
target_free (WeirCliTarget *target)
{
  g_object_unref (target->account);
  g_clear_object (&target->provider);
  g_clear_object (&target->result);
  g_clear_error (&target->error);
  g_free (target);
}

static void
print_message (WeirCli *self, const char *account, const char *text)
{
  g_autofree char *masked = weir_cli_dup_masked (self, text);
  g_autofree char *printable = weir_cli_dup_printable (masked);

  if (account != NULL)
    g_printerr ("weirctl: %s: %s\n", account, printable);
  else
    g_printerr ("weirctl: %s\n", printable);
}

/**
 * weir_cli_new:
 * @options: what was given; must live as long
 *
 * Returns: (transfer full): a run that has not done anything yet
 */
WeirCli *
weir_cli_new (const WeirCliOptions *options)
{
  WeirCli *self = g_new0 (WeirCli, 1);

  self->options = options;
  self->output = weir_cli_output_new (options->json);
  self->cancellable = g_cancellable_new ();
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) target_free);
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);
  return self;
}

/**
 * weir_cli_free:
 * @self: (transfer full): a run
 */
void
weir_cli_free (WeirCli *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_source_remove (self->signals[i]);
  g_ptr_array_unref (self->targets);
  g_clear_object (&self->store);
  g_clear_object (&self->history);
  g_clear_object (&self->preferences);
  g_object_unref (self->cancellable);
  weir_cli_output_free (self->output);
  g_free (self);
}

/**
 * weir_cli_end:
 *
 * Writes what is left to write.
 *
 * Returns: what the program is to end with
 */
int
weir_cli_end (WeirCli *self)
{
  weir_cli_output_flush (self->output);
  if (weir_cli_output_get_error (self->output) != 0)
    weir_cli_fail (self, _ ("Cannot write: %s"),
                   g_strerror (weir_cli_output_get_error (self->output)));
  return self->status;
}

/**
 * weir_cli_note:
 * @format: printf form of a translated sentence
 *
 * Says something that is no failure.
 */
void
weir_cli_note (WeirCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_message (self, NULL, text);
}

/**
 * weir_cli_fail:
 * @format: printf form of a translated sentence
 *
 * Says what failed; the program will end with 1.
 */
void
weir_cli_fail (WeirCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->status = 1;
  print_message (self, NULL, text);
}

/**
 * weir_cli_fail_error:
 * @account: (nullable): where
 * @error: what failed
 *
 * The same for a #GError; an interruption is told once.
 */
void
weir_cli_fail_error (WeirCli *self, WeirAccount *account, const GError *error)
{
  const char *advice = weir_cli_get_advice (error);

  self->status = 1;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      weir_cli_tell_interrupted (self);
      return;
    }
  print_message (self, account != NULL ? account->name : NULL, error->message);
  if (advice != NULL)
    print_message (self, account != NULL ? account->name : NULL, advice);
}

/**
 * weir_cli_get_advice:
 * @error: any error
 *
 * Returns: (nullable): what can be done about it, a whole sentence
 */
const char *
weir_cli_get_advice (const GError *error)
{
  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNTRUSTED))
    return _ ("If the server's certificate comes from an authority of your own, give that "
              "authority's certificate with “weirctl account edit NAME --ca FILE”.");
  if (error->domain != WEIR_SECRETS_ERROR)
    return NULL;

  switch ((WeirSecretsError) error->code)
    {
    case WEIR_SECRETS_ERROR_LOCKED:
      return _ ("Unlock the keyring: log in to the desktop, or run “gnome-keyring-daemon "
                "--unlock” where there is none.");
    case WEIR_SECRETS_ERROR_REFUSED:
      return _ ("Allow it in the system's settings for applications, or give the token in the "
                "environment.");
    case WEIR_SECRETS_ERROR_SILENT:
      return _ ("It may be waiting for its password in a window; answer that and try again.");
    case WEIR_SECRETS_ERROR_UNAVAILABLE:
      return _ ("Where no keyring runs, such as on a server, give the token in the environment; "
                "Weir never writes it into a file.");
    case WEIR_SECRETS_ERROR_MISSING:
    default:
      return NULL;
    }
}

/**
 * weir_cli_tell_interrupted:
 *
 * Says once that the user has ended it; the program will end with 1.
 */
void
weir_cli_tell_interrupted (WeirCli *self)
{
  self->status = 1;
  if (!self->told_interrupted)
    print_message (self, NULL, _ ("Interrupted"));
  self->told_interrupted = TRUE;
}

/**
 * weir_cli_misuse:
 * @format: printf form of a translated sentence
 *
 * Says what is wrong with the command line; the program will end with 2.
 */
void
weir_cli_misuse (WeirCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->status = 2;
  print_message (self, NULL, text);
  g_printerr ("%s\n", _ ("Try “weirctl --help”."));
}

/**
 * weir_cli_dup_masked:
 * @text: what may hold a secret, as a server can repeat what it was sent
 *
 * Returns: (transfer full): the same without the secrets of the accounts that are connected
 */
char *
weir_cli_dup_masked (WeirCli *self, const char *text)
{
  char *masked = g_strdup (text);

  for (guint i = 0; i < self->targets->len; i++)
    {
      WeirCliTarget *target = self->targets->pdata[i];
      g_autofree char *before = masked;

      if (target->provider != NULL)
        masked = weir_auth_mask (
            weir_http_client_get_auth (weir_provider_get_client (target->provider)), before);
      else
        g_steal_pointer (&before);
    }
  return masked;
}

/**
 * weir_cli_answer_cb:
 * @user_data: a GAsyncResult *, %NULL until now
 */
void
weir_cli_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * weir_cli_wait:
 * @slot: what weir_cli_answer_cb() was given
 *
 * Runs the main loop until the answer is there. An interruption cancels what was asked with the run's cancellable, so that
 * there is always an answer.
 *
 * Returns: (transfer none): the answer, owned by the slot
 */
GAsyncResult *
weir_cli_wait (WeirCli *self, GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static void
over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/**
 * weir_cli_sleep:
 * @milliseconds: how long
 * @cancellable: what ends it sooner; cancelled by a source of the main loop
 *
 * Returns: %FALSE if it was cancelled
 */
gboolean
weir_cli_sleep (guint milliseconds, GCancellable *cancellable)
{
  gboolean over = FALSE;
  guint timer = g_timeout_add_once (milliseconds, over_cb, &over);

  while (!over && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (timer);
  return over;
}

/* What is typed is not shown. Returns whether there is something to be restored. */
static gboolean
hide_typing (struct termios *before)
{
  struct termios hidden;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, before) != 0)
    return FALSE;
  g_printerr ("%s ", _ ("Secret:"));
  hidden = *before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  return tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
}

static gboolean
read_chunks (WeirCli *self, GByteArray *read, gboolean one_line, GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  gsize most = one_line ? LONGEST_LINE : WEIR_JSON_MAX_SIZE;

  for (;;)
    {
      g_autoptr (GAsyncResult) result = NULL;
      guint8 chunk[CHUNK];
      gssize length;

      g_input_stream_read_async (stream, chunk, sizeof chunk, G_PRIORITY_DEFAULT, self->cancellable,
                                 weir_cli_answer_cb, &result);
      length = g_input_stream_read_finish (stream, weir_cli_wait (self, &result), error);
      if (length > 0)
        g_byte_array_append (read, chunk, (guint) length);
      explicit_bzero (chunk, sizeof chunk);
      if (length < 0)
        return FALSE;
      if (read->len > most)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                       _ ("Standard input is longer than %u bytes"), (guint) most);
          return FALSE;
        }
      if (length == 0 || (one_line && memchr (read->data, '\n', read->len) != NULL))
        return TRUE;
    }
}

/**
 * weir_cli_read_input:
 * @one_line: whether only a line is wanted, without its end; it is a secret
 *
 * Reads standard input.
 *
 * Returns: (transfer full): what was read, a zero after it; %NULL and a %G_IO_ERROR
 */
GBytes *
weir_cli_read_input (WeirCli *self, gboolean one_line, GError **error)
{
  GByteArray *read = g_byte_array_new ();
  gboolean done, hidden = FALSE;
  struct termios before;
  gsize length;

  if (one_line)
    hidden = hide_typing (&before);
  done = read_chunks (self, read, one_line, error);
  if (hidden)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  length = read->len;
  if (one_line && length > 0)
    {
      const guint8 *end = memchr (read->data, '\n', length);

      length = end != NULL ? (gsize) (end - read->data) : length;
      while (length > 0 && read->data[length - 1] == '\r')
        length--;
    }
  if (read->len > 0)
    explicit_bzero (read->data + length, read->len - length);
  if (!done)
    {
      if (read->len > 0)
        explicit_bzero (read->data, read->len);
      g_byte_array_unref (read);
      return NULL;
    }
  g_byte_array_set_size (read, (guint) length);
  g_byte_array_append (read, (const guint8 *) "", 1);
  g_byte_array_set_size (read, (guint) length);
  return g_byte_array_free_to_bytes (read);
}

/**
 * weir_cli_read_limit:
 * @limit: (out): what --limit says, or what it is without
 *
 * Returns: whether it is a number; if not, that has been told
 */
gboolean
weir_cli_read_limit (WeirCli *self, guint *limit)
{
  guint64 number = DEFAULT_LIMIT;

  if (self->options->limit != NULL
      && !g_ascii_string_to_unsigned (self->options->limit, 10, 0, G_MAXINT, &number, NULL))
    {
      weir_cli_misuse (self, _ ("--limit wants a whole number"));
      return FALSE;
    }
  *limit = (guint) number;
  return TRUE;
}

/**
 * weir_cli_get_store:
 *
 * Returns: (transfer none): the accounts; %NULL if they cannot be read, which has been told
 */
WeirAccountStore *
weir_cli_get_store (WeirCli *self)
{
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    self->store = weir_account_store_new (NULL, &error);
  if (error != NULL)
    weir_cli_fail_error (self, NULL, error);
  return self->store;
}

/**
 * weir_cli_get_history:
 *
 * Returns: (transfer none): the history; %NULL if it cannot be opened, which has been told
 */
WeirHistory *
weir_cli_get_history (WeirCli *self)
{
  g_autoptr (GError) error = NULL;

  if (self->history == NULL)
    {
      self->history = weir_history_new (NULL, &error);
      if (self->history != NULL && weir_history_is_read_only (self->history))
        g_printerr ("weirctl: %s\n",
                    _ ("The history can only be read: its file cannot be written to."));
    }
  if (error != NULL)
    weir_cli_fail_error (self, NULL, error);
  return self->history;
}

/**
 * weir_cli_get_preferences:
 *
 * Returns: (transfer none): what was chosen for all programs; this one uses its time zone and proxy from now on
 */
WeirPreferences *
weir_cli_get_preferences (WeirCli *self)
{
  if (self->preferences == NULL)
    {
      self->preferences = weir_preferences_new (NULL);
      weir_choices_apply (self->preferences);
    }
  return self->preferences;
}

static WeirCliTarget *
find_target (WeirCli *self, WeirAccount *account)
{
  WeirCliTarget *target;

  for (guint i = 0; i < self->targets->len; i++)
    {
      target = self->targets->pdata[i];
      if (g_str_equal (target->account->uuid, account->uuid))
        return target;
    }
  target = g_new0 (WeirCliTarget, 1);
  target->account = g_object_ref (account);
  g_ptr_array_add (self->targets, target);
  weir_secrets_lookup_async (account, self->cancellable, weir_cli_answer_cb, &target->result);
  return target;
}

static void
finish_connecting (WeirCli *self, WeirCliTarget *target)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *secret;

  if (target->provider != NULL || target->error != NULL)
    return;
  weir_cli_wait (self, &target->result);
  result = g_steal_pointer (&target->result);
  secret = weir_secrets_lookup_finish (result, &target->error);
  if (secret != NULL)
    target->provider = weir_registry_create (target->account, secret, &target->error);
  weir_secrets_free (secret);
  if (target->error != NULL && target->error->domain == WEIR_SECRETS_ERROR)
    {
      g_autofree char *variable = weir_account_dup_token_variable (target->account);

      /* Translators: the name of an environment variable, and why there is no token */
      weir_i18n_reword (target->error,
                        g_strdup_printf (_ ("There is no token (%s is not set either). %s"),
                                         variable, target->error->message));
    }
}

/**
 * weir_cli_connect:
 * @name: (nullable): the one account that is wanted
 * @provider: (nullable): what the accounts must be of
 *
 * Finds the secrets of accounts, all at a time. An account that cannot be asked is among what is returned.
 *
 * Returns: (transfer container) (element-type WeirCliTarget): the accounts; %NULL if there is none of that name or the accounts
 *   cannot be read
 */
GPtrArray *
weir_cli_connect (WeirCli *self, const char *name, const char *provider)
{
  WeirAccountStore *store = weir_cli_get_store (self);
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return NULL;
  weir_cli_get_preferences (self);
  if (name != NULL && weir_account_store_find (store, name, &error) == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return NULL;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      if ((name == NULL || g_str_equal (name, account->name))
          && (provider == NULL || g_str_equal (provider, account->provider)))
        g_ptr_array_add (targets, find_target (self, account));
    }
  for (guint i = 0; i < targets->len; i++)
    finish_connecting (self, targets->pdata[i]);
  return g_steal_pointer (&targets);
}

/**
 * weir_cli_tell_lost:
 * @targets: (element-type WeirCliTarget): who was asked
 * @fails: whether the run fails by it
 *
 * Tells once of each account that cannot be asked, or did not answer.
 */
void
weir_cli_tell_lost (WeirCli *self, GPtrArray *targets, gboolean fails)
{
  for (guint i = 0; i < targets->len; i++)
    {
      WeirCliTarget *target = targets->pdata[i];
      int status = self->status;

      if (target->error == NULL)
        continue;
      if (!target->told)
        weir_cli_fail_error (self, target->account, target->error);
      target->told = TRUE;
      self->status = fails ? 1 : status;
    }
}

/**
 * weir_cli_print_record:
 *
 * Adds a record to the output.
 */
void
weir_cli_print_record (WeirCli *self, WeirRecord *record)
{
  g_autofree char *object = weir_record_to_json (record, FALSE);

  weir_cli_output_add (self->output, object);
}
