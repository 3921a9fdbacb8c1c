/* main.c: weir-hub's command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "weir-config.h"
#include "weir-hub-command.h"
#include "weir-hub-retention.h"
#include "weir-hub.h"
#include "weir-paths.h"

typedef struct
{
  char *listen;
  char *state_dir;
  gboolean demo;
  char *seed;
  char *rate;
  char *keep_days;
  gboolean with_parent;
  gboolean version;
  gboolean json;
  char *url;
  char *items;
  char *id;
  char *updated;
  char *interval;
  char *face;
  char *tenant;
  char **words;
} CommandLine;

static const char summary[] =
    "Serves the documented event interfaces of Membrane, Sequin and Oracle B2C Service from one\n"
    "SQLite file. Prints one line of JSON with addresses and tokens when it accepts connections.\n"
    "\n"
    "  weir-hub                    serve until SIGTERM or SIGINT\n"
    "  weir-hub source add NAME --url URL --items POINTER --id POINTER [--updated POINTER]\n"
    "           --interval S [--face FACE] [--tenant KEY]\n"
    "  weir-hub source list\n"
    "  weir-hub source remove NAME (all three also while a hub is running)\n"
    "  weir-hub workspace          print the key and secret for signing Membrane tokens";

static const char description[] =
    "Oracle's notifications are a simulation, since their real form is not documented: when a record\n"
    "of a source for Oracle changes, the filled objectShapeXml is posted as text/xml to the endPoint\n"
    "of each active event subscription of its class. The class is Contact, Organization or Incident,\n"
    "whichever the source's name starts with.\n"
    "\n"
    "What happened is kept for --keep-days days, and of each kind the newest 100,000 events and\n"
    "10,000 pulls at most; what is older is dropped while the hub runs.\n"
    "\n"
    "Environment:\n"
    "  WEIR_HUB_TOKEN   a token of your own, 16 characters or more; needed to listen on an address\n"
    "                   that other machines can reach. It is Sequin's token and Oracle's password;\n"
    "                   Membrane's is the same with “pat-” before it.\n";

static int
misuse (const char *message)
{
  g_printerr ("weir-hub: %s\nTry “weir-hub --help”.\n", message);
  return 2;
}

static void
clear_command_line (CommandLine *line)
{
  g_free (line->listen);
  g_free (line->state_dir);
  g_free (line->seed);
  g_free (line->rate);
  g_free (line->keep_days);
  g_free (line->url);
  g_free (line->items);
  g_free (line->id);
  g_free (line->updated);
  g_free (line->interval);
  g_free (line->face);
  g_free (line->tenant);
  g_strfreev (line->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CommandLine, clear_command_line)

/* Texts are taken as they come (FILENAME): GLib would convert them from the locale's encoding, and the hub has UTF-8
 * everywhere. Only a folder may have another name. */
static gboolean
check_texts (const GOptionEntry *entries, char **words, GError **error)
{
  const char *wrong = NULL;

  for (const GOptionEntry *entry = entries; entry->arg_data != NULL; entry++)
    {
      const char *text = entry->arg == G_OPTION_ARG_FILENAME ? *(char **) entry->arg_data : NULL;

      if (text != NULL && !g_str_equal (entry->long_name, "state-dir")
          && !g_utf8_validate (text, -1, NULL))
        wrong = entry->long_name;
    }
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (!g_utf8_validate (words[i], -1, NULL))
      wrong = "NAME";
  if (wrong != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s is not UTF-8", wrong);
  return wrong == NULL;
}

static gboolean
parse_command_line (CommandLine *line, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_FILENAME, &line->listen,
      "Where to listen; port 0 picks one (default: 127.0.0.1 and the last port)", "ADDRESS:PORT" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &line->state_dir, "Where hub.db is", "DIR" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &line->demo, "Fill it with a small living company", NULL },
    { "seed", 0, 0, G_OPTION_ARG_FILENAME, &line->seed, "Same data at every start", "N" },
    { "rate", 0, 0, G_OPTION_ARG_FILENAME, &line->rate, "Changes a second in the demo",
      "EVENTS_PER_SECOND" },
    { "keep-days", 0, 0, G_OPTION_ARG_FILENAME, &line->keep_days,
      "Days that events and pulls are kept (default: 30)", "N" },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &line->with_parent, "End when standard input does",
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &line->json, "List sources as JSON, an object a line",
      NULL },
    { "url", 0, 0, G_OPTION_ARG_FILENAME, &line->url, "Where a source's records are", "URL" },
    { "items", 0, 0, G_OPTION_ARG_FILENAME, &line->items,
      "JSON pointer to the array of records (“” is the whole answer)", "POINTER" },
    { "id", 0, 0, G_OPTION_ARG_FILENAME, &line->id, "JSON pointer to the id within a record",
      "POINTER" },
    { "updated", 0, 0, G_OPTION_ARG_FILENAME, &line->updated,
      "JSON pointer to the time of change within a record", "POINTER" },
    { "interval", 0, 0, G_OPTION_ARG_FILENAME, &line->interval, "Seconds between pulls", "S" },
    { "face", 0, 0, G_OPTION_ARG_FILENAME, &line->face,
      "Who serves the events: membrane (default), sequin or oracle", "FACE" },
    { "tenant", 0, 0, G_OPTION_ARG_FILENAME, &line->tenant, "Membrane tenant the source belongs to",
      "KEY" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &line->version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &line->words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND]");

  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error)
         && check_texts (entries, line->words, error);
}

/* "127.0.0.1:80", "[::1]:80", "localhost:80" */
static gboolean
parse_listen (const char *text, char **host, guint16 *port)
{
  const char *colon = strrchr (text, ':');
  guint64 number;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = (guint16) number;
  if (text[0] == '[' && colon[-1] == ']')
    *host = g_strndup (text + 1, (gsize) (colon - text) - 2);
  else
    *host = g_strndup (text, (gsize) (colon - text));
  if (strcmp (*host, "localhost") == 0)
    {
      g_free (*host);
      *host = g_strdup ("127.0.0.1");
    }
  return g_hostname_is_ip_address (*host);
}

/* Two hubs on one file would both pull; a second one is refused, `source` is not. */
static gboolean
lock_state (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "hub.lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    g_printerr ("weir-hub: %s: %s\n", path, g_strerror (errno));
  else if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  else
    g_printerr ("weir-hub: Another hub is running on %s\n", folder);
  return FALSE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int fd, GIOCondition condition, gpointer user_data)
{
  char buffer[256];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN)))
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static int
serve (const WeirHubOptions *options, gboolean with_parent)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (WeirHub) hub = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *greeting = NULL;

  hub = weir_hub_new (options, &error);
  if (hub == NULL || !weir_hub_start (hub, &error))
    {
      g_printerr ("weir-hub: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  if (with_parent)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop);

  greeting = weir_hub_dup_greeting (hub);
  printf ("%s\n", greeting);
  fflush (stdout);

  g_main_loop_run (loop);
  weir_hub_stop (hub);
  return 0;
}

static gboolean
has_source_options (const CommandLine *line)
{
  return line->url != NULL || line->items != NULL || line->id != NULL || line->updated != NULL
         || line->interval != NULL || line->face != NULL || line->tenant != NULL;
}

static gboolean
has_server_options (const CommandLine *line)
{
  return line->listen != NULL || line->demo || line->seed != NULL || line->rate != NULL
         || line->keep_days != NULL || line->with_parent;
}

static int
run_server (CommandLine *line, const char *folder, const char *path)
{
  g_autofree char *host = NULL;
  const char *token = g_getenv ("WEIR_HUB_TOKEN");
  WeirHubOptions options = { .path = path, .demo = line->demo };
  char *end = NULL;

  if (has_source_options (line))
    return misuse ("that option belongs to “source add”");
  if (line->listen != NULL && !parse_listen (line->listen, &host, &options.port))
    return misuse ("--listen wants ADDRESS:PORT");
  if (line->seed != NULL)
    {
      guint64 seed;

      if (!g_ascii_string_to_unsigned (line->seed, 10, 0, G_MAXUINT32, &seed, NULL))
        return misuse ("--seed wants a whole number");
      options.seed = (guint32) seed;
      options.seeded = TRUE;
    }
  if (line->rate != NULL)
    {
      options.rate = g_ascii_strtod (line->rate, &end);
      if (end == line->rate || *end != '\0' || !(options.rate > 0 && options.rate <= 100000))
        return misuse ("--rate wants a number above 0");
    }
  if (line->keep_days != NULL)
    {
      guint64 days;

      if (!g_ascii_string_to_unsigned (line->keep_days, 10, 1, WEIR_HUB_MAX_KEEP_DAYS, &days, NULL))
        return misuse ("--keep-days wants a number from 1 to 36500");
      options.keep_days = (guint) days;
    }
  options.keep_port = line->listen == NULL;
  options.host = host != NULL ? host : "127.0.0.1";
  options.token = token != NULL && *token != '\0' ? token : NULL;
  if (!lock_state (folder))
    return 1;
  return serve (&options, line->with_parent);
}

static int
run_source (CommandLine *line, WeirHubStore *store)
{
  WeirHubSourceSpec spec = {
    .name = line->words[2],
    .face = line->face,
    .url = line->url,
    .items = line->items,
    .id = line->id,
    .updated = line->updated,
    .tenant = line->tenant,
  };

  if (g_str_equal (line->words[1], "list"))
    return weir_hub_command_list_sources (store, line->json);
  if (g_str_equal (line->words[1], "remove"))
    return weir_hub_command_remove_source (store, line->words[2]);
  g_ascii_string_to_signed (line->interval, 10, 0, G_MAXINT64, &spec.interval, NULL);
  return weir_hub_command_add_source (store, &spec);
}

static const char *
find_source_misuse (const CommandLine *line)
{
  guint n_words = g_strv_length (line->words);
  const char *verb = n_words > 1 ? line->words[1] : "";

  if ((g_str_equal (verb, "list") && n_words == 2)
      || (g_str_equal (verb, "remove") && n_words == 3))
    return NULL;
  if (!g_str_equal (verb, "add") || n_words != 3)
    return "“source” wants “add NAME”, “list” or “remove NAME”";
  if (line->url == NULL || line->items == NULL || line->id == NULL || line->interval == NULL)
    return "“source add” needs --url, --items, --id and --interval";
  if (!g_ascii_string_to_signed (line->interval, 10, 0, G_MAXINT64, NULL, NULL))
    return "--interval wants a whole number of seconds";
  return NULL;
}

/* Before anything is opened. */
static const char *
find_misuse (const CommandLine *line)
{
  gboolean adds = line->words[1] != NULL && g_str_equal (line->words[1], "add");

  if (has_server_options (line))
    return "that option belongs to serving, without a command";
  if (!adds && has_source_options (line))
    return "that option belongs to “source add”";
  if (g_str_equal (line->words[0], "source"))
    return find_source_misuse (line);
  return NULL;
}

static int
run_with_store (CommandLine *line, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHubStore) store = weir_hub_store_new (path, &error);

  if (store == NULL)
    {
      g_printerr ("weir-hub: %s\n", error->message);
      return 1;
    }
  if (g_str_equal (line->words[0], "source"))
    return run_source (line, store);
  return weir_hub_command_workspace (store);
}

/* UTF-8 whatever the locale: what is printed is read by programs. */
static void
print_cb (const char *text)
{
  fputs (text, stdout);
}

static void
printerr_cb (const char *text)
{
  fputs (text, stderr);
}

int
main (int argc, char **argv)
{
  g_auto (CommandLine) line = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  signal (SIGPIPE, SIG_IGN);
  g_set_print_handler (print_cb);
  g_set_printerr_handler (printerr_cb);
  if (!parse_command_line (&line, argc, argv, &error))
    return misuse (error->message);
  if (line.version)
    {
      g_print ("weir-hub %s\n", WEIR_VERSION);
      return 0;
    }
  if (line.words != NULL && !g_str_equal (line.words[0], "source")
      && !(g_str_equal (line.words[0], "workspace") && line.words[1] == NULL))
    return misuse ("unknown command");

  if (line.words != NULL && find_misuse (&line) != NULL)
    return misuse (find_misuse (&line));

  weir_paths_set_state_dir (line.state_dir);
  folder = weir_paths_dup_data_dir ();
  path = g_build_filename (folder, "hub.db", NULL);
  if (line.words != NULL)
    return run_with_store (&line, path);
  return run_server (&line, folder, path);
}
