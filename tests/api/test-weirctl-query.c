/* test-weirctl-query.c: weirctl's queries and what it exports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADING                                                                                    \
  "id,account,provider,kind,collection,record,occurred_at,observed_at,subscription,payload,"       \
  "stream,time_source,status,subscription_name,connection,connection_name,tenant,unreadable,"      \
  "flow_runs,error\r\n"
#define MANY 3000

/* Events of an account "s" in the history, by a sync; @data: what each has, JSON. */
static void
fill (WeirCtlFixture *f, guint n, const char *const *data, guint n_data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autofree char *words =
      g_strdup_printf ("account add s --provider sequin --uri %s --token-stdin", uri);
  g_autoptr (GString) page = g_string_new ("{\"events\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        page,
        "%s{\"event_id\":\"e%u\",\"event\":\"%s\",\"sync_id\":\"s1\",\"collection_id\":\"crm:contact\","
        "\"upstream_id\":\"u%u\",\"upstream_updated_at\":\"2024-01-02T%02u:%02u:%02uZ\",\"data\":%s}",
        i > 0 ? "," : "", i, i % 2 == 0 ? "created" : "updated", i, i / 3600, i / 60 % 60, i % 60,
        data[i % n_data]);
  g_string_append (page, "],\"cursor\":\"c\"}");
  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", page->str, -1);
  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"events\":[],\"cursor\":\"c\"}",
                         -1);
  weir_ctl_fixture_run (f, 0, "secret-token\n", words);
  weir_ctl_fixture_setenv (f, "WEIR_TOKEN_S", "secret-token");
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
}

/* The ids of what a query finds. */
static void
check_found (WeirCtlFixture *f, const char *query, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  weir_ctl_fixture_runf (f, 0, "events --json --query %s", query);
  for (guint i = 0; i < weir_ctl_fixture_count (f); i++)
    {
      g_autofree char *id = weir_ctl_fixture_dup (f, i, "/id");

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", id);
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

/* The whole language, from the command line to the file and back; blanks in a query are tabs here. */
static void
test_language (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const DATA[] = {
    "{\"name\":\"Zo\\u00eb Miller\",\"total\":83.63,\"tags\":[\"new\",\"VIP\"]}",
    "{\"name\":\"Maria\",\"total\":9007199254740993,\"items\":[{\"sku\":\"A-1\"}]}",
    "\"plain text\"",
    "null",
  };

  fill (f, 4, DATA, G_N_ELEMENTS (DATA));
  check_found (f, "miller", "e0");
  check_found (f, "ZOË", "e0");
  check_found (f, "aria", "");
  check_found (f, "-maria", "e0 e2 e3");
  check_found (f, "\"plain\ttext\"", "");
  check_found (f, "plain\ttext", "e2");
  check_found (f, "total\t-vip", "e1");
  check_found (f, "data.total:83.630", "e0");
  check_found (f, "data.total:9007199254740993", "e1");
  check_found (f, "data.total:9007199254740992", "");
  check_found (f, "data.total>83.63", "e1");
  check_found (f, "data.tags:vip", "e0");
  check_found (f, "data.items.*.sku:a-1", "e1");
  check_found (f, "-data.items[0].sku:a-1", "e0 e2 e3");
  check_found (f, "kind:created\tkind:updated", "e0 e1 e2 e3");
  check_found (f, "kind:created\t-record:u0", "e2");
  check_found (f, "record:u1\trecord:u3", "e1 e3");
  check_found (f, "id:e3", "e3");
  check_found (f, "id:E3", "");
  check_found (f, "-id:e3\tkind:updated", "e1");
  check_found (f, "after:2024-01-02T00:00:01Z\tbefore:2024-01-02T00:00:03Z", "e1 e2");
  check_found (f, "-after:2024-01-02T00:00:01Z", "e0");
  check_found (f, "before:yesterday", "e0 e1 e2 e3");
  check_found (f, "after:1h", "");
  check_found (f, "stream:events\tprovider:SEQUIN\taccount:s\tsub:s1", "e0 e1 e2 e3");
  check_found (f, "status:error", "");
  check_found (f, "is:unreadable\tis:error", "");
  check_found (f, "-is:late", "e0 e1 e2 e3");
}

/* Under the sentence stand the query and a mark under its wrong word. */
static void
test_wrong (WeirCtlFixture *f, gconstpointer data)
{
  weir_ctl_fixture_run (f, 1, NULL, "events --query kind:a\tknd:x\tb");
  weir_ctl_assert_says (f, "There is no field “knd” (character 8). Did you mean kind:?");
  weir_ctl_assert_says (f, "\n  kind:a knd:x b\n         ^~~\n");
  g_assert_cmpstr (f->out, ==, "");
  /* letters that are two columns wide, and marks that are none */
  weir_ctl_fixture_run (f, 1, NULL, "events --query 東京é\u0301\tafter:x");
  weir_ctl_assert_says (f, "\n  東京é\u0301 after:x\n              ^\n");
  weir_ctl_fixture_run (f, 1, NULL, "events --query \"open");
  weir_ctl_assert_says (f, "\n  \"open\n  ^~~~~\n");
  weir_ctl_fixture_run (f, 1, NULL, "events --follow --query data.a>x");
  weir_ctl_assert_says (f, "“x” at character 8 is no number");
  weir_ctl_assert_says (f, "\n  data.a>x\n         ^\n");
  weir_ctl_fixture_run (f, 1, NULL, "export --format csv --query is:new");
  weir_ctl_assert_says (f, "\n  is:new\n     ^~~\n");
  weir_ctl_fixture_run (f, 0, NULL, "events --help");
  g_assert_nonnull (strstr (f->out, "data.items.*.price>=9.5"));
  g_assert_nonnull (strstr (f->out, "status:error"));
}

/* It is no failure, and in quotes not even noted. */
static void
test_hint (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const DATA[] = { "{\"state\":\"OR\"}", "null" };

  fill (f, 2, DATA, G_N_ELEMENTS (DATA));
  check_found (f, "kind:created\tOR\tkind:updated", "e0");
  weir_ctl_assert_says (f, "“OR” is looked for as a word.");
  weir_ctl_assert_says (f, "kind:created kind:updated.");
  check_found (f, "kind:created\t\"OR\"\tkind:updated", "e0");
  g_assert_cmpstr (f->err, ==, "");
}

static void
test_misuse (WeirCtlFixture *f, gconstpointer data)
{
  weir_ctl_fixture_run (f, 2, NULL, "export");
  weir_ctl_fixture_run (f, 2, NULL, "export --query x");
  weir_ctl_fixture_run (f, 2, NULL, "export --query x --format xml");
  weir_ctl_assert_says (f, "jsonl or csv");
  weir_ctl_fixture_run (f, 2, NULL, "export --format csv --output=");
  weir_ctl_fixture_run (f, 2, NULL, "export --format csv extra");
  weir_ctl_fixture_run (f, 2, NULL, "export --format csv --limit 3");
}

/* The same objects as `events --json` prints, all of them. */
static void
test_jsonl (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const DATA[] = { "{\"n\":9007199254740993,\"x\":83.630}", "\"t\"", "null" };
  g_autofree char *expected = NULL;

  weir_ctl_fixture_run (f, 0, NULL, "export --format jsonl");
  g_assert_cmpstr (f->out, ==, "");
  fill (f, 150, DATA, G_N_ELEMENTS (DATA));
  weir_ctl_fixture_run (f, 0, NULL, "events --json --limit 1000");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 150);
  expected = g_strdup (f->out);
  weir_ctl_fixture_run (f, 0, NULL, "export --format jsonl --json");
  g_assert_cmpstr (f->out, ==, expected);
  weir_ctl_fixture_assert (f, 0, "/id", "e0");
  weir_ctl_fixture_assert (f, 0, "/payload/n", "9007199254740993");
  weir_ctl_fixture_assert (f, 0, "/payload/x", "83.630");
  weir_ctl_fixture_run (f, 0, NULL, "export --format jsonl --output - --json --query kind:updated");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 75);
  weir_ctl_fixture_run (f, 0, NULL, "export --format jsonl --query nothing-like-this");
  g_assert_cmpstr (f->out, ==, "");
}

static void
test_csv (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const DATA[] = {
    "{\"a\": \"x,y\", \"n\": 9007199254740993}",
    "\"=cmd|' /C calc'!A0\"",
    "null",
    "\"line\\nline \\\"q\\\"\"",
  };
  const char *at;

  weir_ctl_fixture_run (f, 0, NULL, "export --format csv");
  g_assert_true (g_str_has_prefix (HEADING, f->lines[0]));
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  fill (f, 4, DATA, G_N_ELEMENTS (DATA));
  weir_ctl_fixture_run (f, 0, NULL, "export --format csv");
  g_assert_true (g_str_has_prefix (f->out, HEADING));
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 5);
  at = f->lines[1];
  g_assert_true (
      g_str_has_prefix (at, "e0,s,sequin,created,crm:contact,u0,2024-01-02T00:00:00.000Z,"));
  g_assert_nonnull (
      strstr (at, ",s1,\"{\"\"a\"\":\"\"x,y\"\",\"\"n\"\":9007199254740993}\",events,"));
  g_assert_true (g_str_has_suffix (at, ",false,[],\r"));
  g_assert_nonnull (strstr (f->lines[2], ",s1,\"\"\"=cmd|' /C calc'!A0\"\"\",events,"));
  g_assert_nonnull (strstr (f->lines[3], ",s1,,events,"));
  /* JSON stays JSON, whatever it is: the line's end is written \n in it */
  g_assert_nonnull (strstr (f->lines[4], ",s1,\"\"\"line\\nline \\\"\"q\\\"\"\"\"\",events,"));
}

static void
assert_only_file (const char *folder, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_output (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const DATA[] = { "{}" };
  g_autofree char *folder = g_build_filename (f->folder, "out", NULL);
  g_autofree char *file = g_build_filename (folder, "events.csv", NULL);
  g_autofree char *link = g_build_filename (f->folder, "link.csv", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *linked = NULL;
  struct stat info;

  fill (f, 3, DATA, 1);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  weir_ctl_fixture_runf (f, 0, "export --format csv --output %s", file);
  g_assert_cmpstr (f->out, ==, "");
  weir_ctl_assert_says (f, "3 events written to");
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, HEADING "e0,"));
  g_assert_true (g_str_has_suffix (contents, "\r\n"));
  assert_only_file (folder, "events.csv");

  /* what is there is replaced, its mode is kept, and a link stays one */
  g_assert_cmpint (g_chmod (file, 0640), ==, 0);
  g_assert_cmpint (symlink (file, link), ==, 0);
  weir_ctl_fixture_runf (f, 0, "export --json --format jsonl --query kind:updated --output %s",
                         link);
  weir_ctl_fixture_assert (f, 0, "/events", "1");
  weir_ctl_fixture_assert (f, 0, "/output", link);
  g_assert_true (g_file_get_contents (file, &linked, NULL, NULL));
  g_assert_true (g_str_has_prefix (linked, "{\"id\":\"e1\""));
  g_assert_cmpint (g_lstat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_only_file (folder, "events.csv");

  weir_ctl_fixture_runf (f, 1, "export --format csv --output %s/none/x.csv", folder);
  weir_ctl_assert_says (f, "/none/x.csv: ");
  weir_ctl_fixture_runf (f, 1, "export --format csv --output %s", folder);
  weir_ctl_fixture_runf (f, 1, "export --format csv --query is:x --output %s/y.csv", folder);
  assert_only_file (folder, "events.csv");
  weir_ctl_fixture_run (f, 1, NULL, "export --format csv --output /dev/full");
  weir_ctl_assert_says (f, "No space left on device");
}

/* A reader who goes away in the middle. */
static void
test_broken_pipe (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const DATA[] = {
    "\"a text that makes each of many events long enough for the pipe to be full before the last\""
  };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char part[100];

  fill (f, MANY, DATA, 1);
  process = weir_ctl_fixture_start (f, "export --format jsonl");
  g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), part, sizeof part,
                                          NULL, NULL, NULL));
  g_assert_true (g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL));
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/weirctl-query/" name, WeirCtlFixture, NULL, weir_ctl_fixture_set_up, function,     \
              weir_ctl_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("language", test_language);
  ADD ("wrong", test_wrong);
  ADD ("hint", test_hint);
  ADD ("misuse", test_misuse);
  ADD ("jsonl", test_jsonl);
  ADD ("csv", test_csv);
  ADD ("output", test_output);
  ADD ("broken-pipe", test_broken_pipe);

  return g_test_run ();
}
