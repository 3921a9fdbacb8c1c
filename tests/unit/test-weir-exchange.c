/* test-weir-exchange.c: what is remembered of an exchange, and what is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "weir-exchange.h"

#define M WEIR_MASK

static void
test_mask_uri (void)
{
  static const struct
  {
    const char *uri;
    const char *masked;
  } cases[] = {
    { "", "" },
    { "https://h/p?a=1&b=2#c", "https://h/p?a=1&b=2#c" },
    { "https://h/p?token=abc", "https://h/p?token=" M },
    { "https://h/p?a=1&Access_Token=abc&b=2", "https://h/p?a=1&Access_Token=" M "&b=2" },
    { "https://h/p?key=a=b&x", "https://h/p?key=" M "&x" },
    { "https://h/p?api_key=a;apikey=b;X-Api-Key=c",
      "https://h/p?api_key=" M ";apikey=" M ";X-Api-Key=" M },
    { "https://h/p?password=a&client_secret=b&sig=c",
      "https://h/p?password=" M "&client_secret=" M "&sig=" M },
    { "https://h/p?%74oken=abc", "https://h/p?%74oken=" M },
    { "https://h/p?%zz=abc", "https://h/p?%zz=" M },
    { "https://h/p?token=", "https://h/p?token=" },
    { "https://h/p#access_token=abc", "https://h/p#access_token=" M },
    { "https://h/p?next=1?token=abc", "https://h/p?next=1?token=" M },
    { "https://h/p?integrationKey=x&connectionKey=y&design=z",
      "https://h/p?integrationKey=x&connectionKey=y&design=z" },
    { "https://user:pass@h/p", "https://" M "@h/p" },
    { "https://tok@h/p?a", "https://" M "@h/p?a" },
    { "https://a@b:c@h", "https://" M "@h" },
    { "https://h/p@q", "https://h/p@q" },
    { "not an address token=abc", "not an address token=abc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = weir_mask_uri (cases[i].uri);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

static void
test_mask_header (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *masked;
  } cases[] = {
    { "Accept", "application/json; q=1", "application/json; q=1" },
    { "Authorization", "Bearer abc", "Bearer " M },
    { "authorization", "basic abc", "Basic " M },
    { "Authorization", "abc def", M },
    { "Cookie", "a=b", M },
    { "Set-Cookie", "a=b", M },
    { "X-Api-Key", "abc", M },
    { "osvc-crest-api-access-token", "abc", M },
    { "X-Secret-Thing", "Bearer abc", "Bearer " M },
    { "Proxy-Authorization", "Negotiate abc", "Negotiate " M },
    { "Location", "https://u:p@h/?token=abc", "https://" M "@h/?token=" M },
    { "WWW-Authenticate", "Bearer realm=\"x\", error=\"invalid_token\"",
      "Bearer realm=\"x\", error=\"invalid_token\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = weir_mask_header (cases[i].name, cases[i].value);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

static void
test_mask_text (void)
{
  g_autofree char *masked = weir_mask_text ("abcd: no abcd", "abcd");
  g_autofree char *same = weir_mask_text ("an apple", "a");

  g_assert_cmpstr (masked, ==, M ": no " M);
  g_assert_cmpstr (same, ==, "an apple");
  g_assert_null (weir_mask_text (NULL, "abcd"));
}

static void
test_find_in_uri (void)
{
  g_autoptr (GPtrArray) found = weir_mask_find_in_uri ("http://u:p%41ss@h/?token=a%2Fb");

  g_assert_true (g_ptr_array_find_with_equal_func (found, "p%41ss", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (found, "pAss", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (found, "a%2Fb", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (found, "a/b", g_str_equal, NULL));
}

static WeirExchange *
make_exchange (const char *method, const char *uri, const char *headers, gsize sent)
{
  WeirExchange *exchange = g_object_new (WEIR_TYPE_EXCHANGE, NULL);

  exchange->method = g_strdup (method);
  exchange->uri = g_strdup (uri);
  exchange->request_headers = g_strdup (headers);
  exchange->sent = sent;
  return exchange;
}

static void
test_curl (void)
{
  g_autoptr (WeirExchange) get =
      make_exchange ("GET", "https://h/p?a='b'&token=" M "&c=$(id)",
                     "Host: h\nAccept: */*\nAuthorization: Bearer " M "\nX-A: `it's`\n", 0);
  g_autoptr (WeirExchange) post = make_exchange ("POST", "https://h/", NULL, 3);
  g_autoptr (WeirExchange) head = make_exchange ("HEAD", "https://h/", "", 0);
  g_autofree char *get_curl = weir_exchange_to_curl (get);
  g_autofree char *post_curl = weir_exchange_to_curl (post);
  g_autofree char *head_curl = weir_exchange_to_curl (head);

  g_assert_cmpstr (get_curl, ==,
                   "curl --globoff --include --compressed --header 'Accept: */*' --header "
                   "'Authorization: Bearer '\"$WEIR_TOKEN\" --header 'X-A: `it'\\''s`' --url "
                   "'https://h/p?a='\\''b'\\''&token='\"$WEIR_TOKEN\"'&c=$(id)'");
  g_assert_cmpstr (post_curl, ==,
                   "curl --globoff --include --compressed --request 'POST' --data-binary "
                   "@body.json --url 'https://h/'");
  g_assert_cmpstr (head_curl, ==,
                   "curl --globoff --include --compressed --head --url 'https://h/'");
}

/* What a shell makes of it is what counts. */
static void
test_curl_in_shell (void)
{
  g_autoptr (WeirExchange) exchange =
      make_exchange ("GET", "https://h/?q=$HOME`id`\"'\\*;token=" M, "X: Bearer " M "\n", 0);
  g_autofree char *curl = weir_exchange_to_curl (exchange);
  g_autofree char *script =
      g_strconcat ("WEIR_TOKEN='t k'; curl() { printf '<%s>' \"$@\"; }; ", curl, NULL);
  const char *argv[] = { "/bin/sh", "-c", script, NULL };
  g_autoptr (GSubprocess) shell = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char *printed = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (shell, NULL, NULL, &printed, NULL, NULL));
  g_assert_cmpstr (printed, ==,
                   "<--globoff><--include><--compressed><--header><X: Bearer t k><--url>"
                   "<https://h/?q=$HOME`id`\"'\\*;token=t k>");
}

static void
items_changed_cb (GListModel *log, guint position, guint removed, guint added, gpointer user_data)
{
  guint *length = user_data;

  *length += added - removed;
  g_assert_cmpuint (*length, ==, g_list_model_get_n_items (log));
  g_assert_cmpuint (position + added, <=, *length);
}

static void
test_log (void)
{
  g_autoptr (WeirExchangeLog) log = weir_exchange_log_new ();
  GListModel *model = G_LIST_MODEL (log);
  guint length = 0;
  g_autoptr (WeirExchange) first = NULL;
  g_autoptr (WeirExchange) last = NULL;

  g_signal_connect (log, "items-changed", G_CALLBACK (items_changed_cb), &length);
  for (guint i = 0; i < WEIR_EXCHANGE_LOG_SIZE + 5; i++)
    {
      g_autofree char *uri = g_strdup_printf ("http://h/%u", i);
      g_autoptr (WeirExchange) exchange = make_exchange ("GET", uri, NULL, 0);

      weir_exchange_log_add (log, exchange);
    }

  g_assert_cmpuint (length, ==, WEIR_EXCHANGE_LOG_SIZE);
  g_assert_true (g_list_model_get_item_type (model) == WEIR_TYPE_EXCHANGE);
  first = g_list_model_get_item (model, 0);
  last = g_list_model_get_item (model, WEIR_EXCHANGE_LOG_SIZE - 1);
  g_assert_cmpstr (first->uri, ==, "http://h/5");
  g_assert_cmpstr (last->uri, ==, "http://h/204");
  g_assert_null (g_list_model_get_item (model, WEIR_EXCHANGE_LOG_SIZE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/mask-uri", test_mask_uri);
  g_test_add_func ("/exchange/mask-header", test_mask_header);
  g_test_add_func ("/exchange/mask-text", test_mask_text);
  g_test_add_func ("/exchange/find-in-uri", test_find_in_uri);
  g_test_add_func ("/exchange/curl", test_curl);
  g_test_add_func ("/exchange/curl-in-shell", test_curl_in_shell);
  g_test_add_func ("/exchange/log", test_log);

  return g_test_run ();
}
