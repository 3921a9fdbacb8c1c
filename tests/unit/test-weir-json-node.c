/* test-weir-json-node.c: JSON as a tree, and as text that is cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-json-node.h"
#include "weir-text-view.h"

#include <string.h>
#include <time.h>

static WeirJsonNode *
make_root (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  WeirJson root;

  g_assert_true (weir_json_parse (bytes, &root, &error));
  g_assert_no_error (error);

  return weir_json_node_new (bytes, root);
}

static void
check_child (GListModel *children,
             guint position,
             const char *key,
             const char *path,
             const char *summary)
{
  g_autoptr (WeirJsonNode) node = g_list_model_get_item (children, position);
  g_autofree char *real_key = weir_json_node_dup_key (node);
  g_autofree char *real_path = weir_json_node_dup_path (node);
  g_autofree char *real_summary = weir_json_node_dup_summary (node);

  g_assert_cmpstr (real_key, ==, key);
  g_assert_cmpstr (real_path, ==, path);
  g_assert_cmpstr (real_summary, ==, summary);
}

static void
test_tree (void)
{
  g_autoptr (WeirJsonNode) root =
      make_root ("{\"id\": 12345678901234567890, \"a b\": [true, null, {\"x\": \"\\u00e9\"}], "
                 "\"empty\": {}}");
  g_autoptr (GListModel) members = weir_json_node_create_children (root);
  g_autoptr (GListModel) items = NULL;
  g_autoptr (GListModel) inner = NULL;
  g_autoptr (WeirJsonNode) array = NULL;
  g_autoptr (WeirJsonNode) object = NULL;
  g_autoptr (WeirJsonNode) string = NULL;
  g_autoptr (WeirJsonNode) empty = NULL;
  g_autofree char *copied = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (members), ==, 3);
  check_child (members, 0, "id", "$.id", "12345678901234567890");
  check_child (members, 1, "a b", "$[\"a b\"]", "3 items");
  check_child (members, 2, "empty", "$.empty", "0 attributes");
  g_assert_null (g_list_model_get_item (members, 3));

  array = g_list_model_get_item (members, 1);
  items = weir_json_node_create_children (array);
  check_child (items, 0, "0", "$[\"a b\"][0]", "true");
  check_child (items, 1, "1", "$[\"a b\"][1]", "null");
  object = g_list_model_get_item (items, 2);
  inner = weir_json_node_create_children (object);
  check_child (inner, 0, "x", "$[\"a b\"][2].x", "\"\\u00e9\"");
  string = g_list_model_get_item (inner, 0);
  copied = weir_json_node_dup_copy (string);
  g_assert_cmpstr (copied, ==, "é");
  g_assert_null (weir_json_node_create_children (string));

  empty = g_list_model_get_item (members, 2);
  g_assert_false (weir_json_node_is_container (empty));
  g_assert_null (weir_json_node_create_children (empty));
}

/* What is looked at outlives the lists it came from. */
static void
test_lifetime (void)
{
  WeirJsonNode *root = make_root ("{\"a\":{\"b\":[1,2,3]}}");
  GListModel *members = weir_json_node_create_children (root);
  WeirJsonNode *a = g_list_model_get_item (members, 0);
  GListModel *inner = weir_json_node_create_children (a);
  g_autoptr (WeirJsonNode) b = g_list_model_get_item (inner, 0);
  g_autofree char *path = NULL;

  g_object_unref (inner);
  g_object_unref (a);
  g_object_unref (members);
  g_object_unref (root);
  path = weir_json_node_dup_path (b);
  g_assert_cmpstr (path, ==, "$.a.b");
}

static void
wait_for_items (GListModel *list, guint n)
{
  while (g_list_model_get_n_items (list) < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);
}

/* What this thread has worked, in µs: others on the machine do not count, nor do the workers. */
static gint64
get_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Nothing waits for a look at all of it, and no list is long. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("{\"rows\":[");
  g_autoptr (WeirJsonNode) root = NULL;
  g_autoptr (GListModel) members = NULL;
  g_autoptr (WeirJsonNode) rows = NULL;
  g_autoptr (GListModel) groups = NULL;
  g_autoptr (WeirJsonNode) last = NULL;
  g_autoptr (GListModel) items = NULL;
  g_autofree char *copied = NULL;
  gint64 began;

  for (guint i = 0; i < 500001; i++)
    g_string_append_printf (text, "%s{\"n\":%u}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  root = make_root (text->str);

  began = get_thread_time ();
  members = weir_json_node_create_children (root);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, 0);
  g_assert_cmpint (get_thread_time () - began, <, 10 * G_TIME_SPAN_MILLISECOND);
  wait_for_items (members, 1);
  /* they were counted by the worker */
  check_child (members, 0, "rows", "$.rows", "500001 items");

  rows = g_list_model_get_item (members, 0);
  began = get_thread_time ();
  groups = weir_json_node_create_children (rows);
  g_assert_cmpuint (g_list_model_get_n_items (groups), ==, 0);
  g_assert_cmpint (get_thread_time () - began, <, 10 * G_TIME_SPAN_MILLISECOND);
  wait_for_items (groups, 501);
  check_child (groups, 1, "1000 – 1999", "$.rows[1000:2000]", "1000 items");
  check_child (groups, 500, "500000 – 500000", "$.rows[500000:500001]", "1 item");

  last = g_list_model_get_item (groups, 499);
  g_assert_true (weir_json_node_is_group (last));
  items = weir_json_node_create_children (last);
  wait_for_items (items, 1000);
  check_child (items, 999, "499999", "$.rows[499999]", "1 attribute");
  g_clear_object (&last);
  last = g_list_model_get_item (groups, 500);
  copied = weir_json_node_dup_copy (last);
  g_assert_cmpstr (copied, ==, "[{\"n\":500000}]");
}

/* The last list that is no list of groups, and the first that is. */
static void
test_groups (void)
{
  for (guint n = 999; n <= 1001; n++)
    {
      g_autoptr (GString) text = g_string_new ("{");
      g_autoptr (WeirJsonNode) root = NULL;
      g_autoptr (GListModel) members = NULL;
      g_autoptr (WeirJsonNode) first = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s\"k%u\" : 1", i > 0 ? " , " : " ", i);
      g_string_append (text, " }");
      root = make_root (text->str);
      members = weir_json_node_create_children (root);
      wait_for_items (members, n > 1000 ? 2 : n);
      first = g_list_model_get_item (members, n > 1000 ? 1 : 0);
      g_assert_true (weir_json_node_is_group (first) == (n > 1000));
      if (n > 1000)
        {
          g_autoptr (GListModel) inner = weir_json_node_create_children (first);

          g_assert_cmpuint (g_list_model_get_n_items (inner), ==, 1);
          check_child (inner, 0, "k1000", "$.k1000", "1");
        }
    }
}

static void
test_term (void)
{
  g_autoptr (WeirJsonNode) root = make_root ("{\"items\":[{\"a \\\"b\":1}]}");
  g_autoptr (GListModel) members = weir_json_node_create_children (root);
  g_autoptr (WeirJsonNode) array = g_list_model_get_item (members, 0);
  g_autoptr (GListModel) items = weir_json_node_create_children (array);
  g_autoptr (WeirJsonNode) item = g_list_model_get_item (items, 0);
  g_autoptr (GListModel) inner = weir_json_node_create_children (item);
  g_autoptr (WeirJsonNode) value = g_list_model_get_item (inner, 0);
  g_autofree char *term = weir_json_node_dup_term (value);

  g_assert_cmpstr (term, ==, "data.items[0].\"a \\\"b\"");
  g_assert_null (weir_json_node_dup_term (item));
  g_assert_null (weir_json_node_dup_term (root));
}

/* Let go of while a worker indexes it. */
static void
test_dispose_while_pending (void)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = g_strdup_printf ("[\"%s\",1]", filler);
  WeirJsonNode *root = make_root (text);
  GListModel *items = weir_json_node_create_children (root);

  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
  g_object_add_weak_pointer (G_OBJECT (items), (gpointer *) &items);
  g_object_unref (root);
  g_object_unref (items);
  /* the worker may be the last to have it */
  while (items != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
test_cut (void)
{
  g_autofree char *line = g_strnfill (3 * WEIR_TEXT_MAX_LINE, 'x');
  g_autofree char *many = g_strnfill (3 * WEIR_TEXT_MAX_BYTES, '\n');
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_autofree char *cut_line = NULL;
  g_autofree char *cut_lines = NULL;
  g_autofree char *cut_wide = NULL;
  gboolean cut;

  whole = weir_text_cut ("a\nb", 3, &cut);
  g_assert_cmpstr (whole, ==, "a\nb");
  g_assert_false (cut);

  cut_line = weir_text_cut (line, strlen (line), &cut);
  g_assert_true (cut);
  g_assert_cmpuint (strlen (cut_line), ==, WEIR_TEXT_MAX_LINE + strlen ("…"));

  cut_lines = weir_text_cut (many, strlen (many), &cut);
  g_assert_true (cut);
  g_assert_cmpuint (strlen (cut_lines), <=, WEIR_TEXT_MAX_BYTES);

  /* not within a character */
  g_string_append_c (wide, 'x');
  while (wide->len < 2 * WEIR_TEXT_MAX_LINE)
    g_string_append (wide, "ééé€€");
  cut_wide = weir_text_cut (wide->str, wide->len, &cut);
  g_assert_true (cut);
  g_assert_true (g_utf8_validate (cut_wide, -1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-node/tree", test_tree);
  g_test_add_func ("/json-node/lifetime", test_lifetime);
  g_test_add_func ("/json-node/large", test_large);
  g_test_add_func ("/json-node/groups", test_groups);
  g_test_add_func ("/json-node/term", test_term);
  g_test_add_func ("/json-node/dispose-while-pending", test_dispose_while_pending);
  g_test_add_func ("/text/cut", test_cut);

  return g_test_run ();
}
