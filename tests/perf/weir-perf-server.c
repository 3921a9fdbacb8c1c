/* weir-perf-server.c: sends the events of a file as a Sequin server does, as fast as they are taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   weir-perf-server FILE [COUNT [PORT]]
 *
 * COUNT may be more than the file has: then its events come round again with new ids and later times. It listens on a
 * port of loopback, which it prints, and ends with its standard input. Beside /v1/events and /v1/syncs there are
 *   POST /live?rate=R&mark=MS   from now on R events/s more come; how many there are by now is the answer. With a mark
 *                               only one event in MS ms is "updated"
 *   GET /log                    a line for each page that was sent of those: monotonic µs, first event, how many, and
 *                               how many of them are marks
 */

#include "weir-load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PAGE 500
#define DEFAULT_PAGE 100
#define LATER_ID '7' /* the digit of an id where those of the file have a 4 */

typedef struct
{
  gint64 sent; /* monotonic, µs */
  guint64 first;
  guint64 count;
  guint64 n_marks;
} Sent;

/* The file, and what is made of it; the lines never change. */
static GMappedFile *file;
static GArray *lines; /* of gsize: where each begins, and the end */
static guint64 stored;

static GMutex lock;
static gint64 live_since;
static guint64 live_rate;
static guint64 live_before; /* came at other rates */
static guint64 mark_step;   /* events from a mark to the next; 0: there are none */
static GArray *sent;        /* of Sent */

static void
index_lines (void)
{
  const char *text = g_mapped_file_get_contents (file);
  gsize size = g_mapped_file_get_length (file), at = 0;

  lines = g_array_new (FALSE, FALSE, sizeof (gsize));
  while (at < size)
    {
      const char *end = memchr (text + at, '\n', size - at);

      g_array_append_val (lines, at);
      at = end != NULL ? (gsize) (end - text) + 1 : size;
    }
  g_array_append_val (lines, at);
}

/* With the lock. */
static guint64
count_available_now (void)
{
  gint64 passed = g_get_monotonic_time () - live_since;

  return stored + live_before + (guint64) passed * live_rate / G_USEC_PER_SEC;
}

static guint64
count_available (void)
{
  guint64 available;

  g_mutex_lock (&lock);
  available = count_available_now ();
  g_mutex_unlock (&lock);
  return available;
}

static void
append_event (GString *out, guint64 number)
{
  guint64 n_lines = lines->len - 1;
  guint64 line = number % n_lines;
  gsize from = g_array_index (lines, gsize, line), to = g_array_index (lines, gsize, line + 1);
  gsize start = out->len;
  char digits[9];
  gint64 time;

  g_string_append_len (out, g_mapped_file_get_contents (file) + from, (gssize) (to - from - 1));
  if (number < n_lines)
    return;
  g_snprintf (digits, sizeof digits, "%08x", (guint) number);
  memcpy (out->str + start + WEIR_LOAD_ID_AT, digits, 8);
  out->str[start + WEIR_LOAD_ID_AT + 14] = LATER_ID;
  /* what comes live happened now */
  time = number < stored ? WEIR_LOAD_START + (gint64) number * WEIR_LOAD_STEP
                         : g_get_real_time () - 1000;
  weir_load_write_time (out->str + start + WEIR_LOAD_UPDATED_AT, time);
  weir_load_write_time (out->str + start + WEIR_LOAD_INSERTED_AT, time + 300);
  if (mark_step > 0)
    memcpy (out->str + start + WEIR_LOAD_KIND_AT, number % mark_step == 0 ? "updated" : "created",
            WEIR_LOAD_KIND_LENGTH);
}

/* The lines of the file as they are, but for the ends of lines. */
static void
append_lines (GString *out, guint64 first, guint64 count)
{
  gsize from = g_array_index (lines, gsize, first);
  gsize to = g_array_index (lines, gsize, first + count) - 1;
  gsize start = out->len;

  g_string_append_len (out, g_mapped_file_get_contents (file) + from, (gssize) (to - from));
  for (guint64 i = first + 1; i < first + count; i++)
    out->str[start + g_array_index (lines, gsize, i) - 1 - from] = ',';
}

static guint64
read_number (const char *query, const char *name, guint64 otherwise)
{
  const char *at = query != NULL ? strstr (query, name) : NULL;

  return at != NULL ? strtoull (at + strlen (name), NULL, 10) : otherwise;
}

static guint64
append_page (GString *out, const char *query, guint64 *first)
{
  guint64 after = read_number (query, "after_cursor=", 0);
  guint64 limit = read_number (query, "limit=", DEFAULT_PAGE);
  guint64 available = count_available ();
  guint64 count = MIN (available > after ? available - after : 0, CLAMP (limit, 1, MAX_PAGE));

  *first = after;
  g_string_append (out, "{\"events\":[");
  if (count > 0 && after + count < lines->len)
    append_lines (out, after, count);
  else
    for (guint64 i = after; i < after + count; i++)
      {
        if (i > after)
          g_string_append_c (out, ',');
        append_event (out, i);
      }
  g_string_append_printf (out, "],\"cursor\":\"%" G_GUINT64_FORMAT "\"}", after + count);
  return count;
}

static void
append_log (GString *out)
{
  g_mutex_lock (&lock);
  for (guint i = 0; i < sent->len; i++)
    {
      const Sent *page = &g_array_index (sent, Sent, i);

      g_string_append_printf (out, "%" G_GINT64_FORMAT, page->sent);
      g_string_append_printf (out, " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, page->first,
                              page->count);
      g_string_append_printf (out, " %" G_GUINT64_FORMAT "\n", page->n_marks);
    }
  g_mutex_unlock (&lock);
}

static void
set_live (GString *out, const char *query)
{
  g_mutex_lock (&lock);
  live_before = count_available_now () - stored;
  live_rate = read_number (query, "rate=", 0);
  mark_step = live_rate * read_number (query, "mark=", 0) / 1000;
  live_since = g_get_monotonic_time ();
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, stored + live_before);
  g_mutex_unlock (&lock);
}

static gboolean
write_all (int fd, const char *text, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, text, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
answer (int fd, char *target, GString *body, GString *head)
{
  char *query = strchr (target, '?');
  guint64 count = 0, first = 0;
  const char *status = "200 OK";
  gint64 now;

  if (query != NULL)
    *query++ = '\0';
  g_string_truncate (body, 0);
  if (g_str_equal (target, "/v1/events"))
    count = append_page (body, query, &first);
  else if (g_str_equal (target, "/v1/syncs"))
    {
      g_autofree char *syncs = weir_load_dup_syncs ();

      g_string_append (body, syncs);
    }
  else if (g_str_equal (target, "/log"))
    append_log (body);
  else if (g_str_equal (target, "/live"))
    set_live (body, query);
  else
    {
      status = "404 Not Found";
      g_string_append (body, "{\"summary\":\"Not found\"}");
    }
  g_string_printf (head,
                   "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: "
                   "%" G_GSIZE_FORMAT "\r\n\r\n",
                   status, body->len);
  now = g_get_monotonic_time ();
  if (first >= stored && count > 0)
    {
      guint64 before = mark_step > 0 ? (first + mark_step - 1) / mark_step : 0;
      guint64 behind = mark_step > 0 ? (first + count + mark_step - 1) / mark_step : 0;
      const Sent page = { now, first, count, behind - before };

      g_mutex_lock (&lock);
      g_array_append_val (sent, page);
      g_mutex_unlock (&lock);
    }
  return write_all (fd, head->str, head->len) && write_all (fd, body->str, body->len);
}

/* One request after the other, as long as the client keeps the connection. */
static gpointer
serve (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autoptr (GString) body = g_string_sized_new (MAX_PAGE * WEIR_LOAD_AVERAGE * 2);
  g_autoptr (GString) head = g_string_new (NULL);
  char buffer[8192];
  gsize used = 0;

  for (;;)
    {
      char *end;
      gssize n = read (fd, buffer + used, sizeof buffer - 1 - used);
      char *target;

      if (n <= 0)
        break;
      used += (gsize) n;
      buffer[used] = '\0';
      end = strstr (buffer, "\r\n\r\n");
      if (end == NULL)
        continue;
      target = strchr (buffer, ' ');
      if (target == NULL)
        break;
      target[1 + strcspn (target + 1, " ")] = '\0';
      if (!answer (fd, target + 1, body, head))
        break;
      used = 0; /* nobody here sends a request before the last one was answered */
    }
  close (fd);
  return NULL;
}

static gpointer
listen_for_ever (gpointer data)
{
  int listener = GPOINTER_TO_INT (data);

  for (;;)
    {
      int fd = accept (listener, NULL, NULL);
      int on = 1;

      if (fd < 0)
        continue;
      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      g_thread_unref (g_thread_new ("serve", serve, GINT_TO_POINTER (fd)));
    }
  return NULL;
}

int
main (int argc, char *argv[])
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_autoptr (GError) error = NULL;
  char byte;
  int on = 1;

  file = argc > 1 ? g_mapped_file_new (argv[1], FALSE, &error) : NULL;
  if (file == NULL)
    {
      g_printerr ("weir-perf-server FILE [COUNT [PORT]]: %s\n",
                  error != NULL ? error->message : "");
      return 2;
    }
  index_lines ();
  stored = argc > 2 ? strtoull (argv[2], NULL, 10) : lines->len - 1;
  sent = g_array_new (FALSE, FALSE, sizeof (Sent));

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons (argc > 3 ? (guint16) atoi (argv[3]) : 0);
  setsockopt (listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (listener, (struct sockaddr *) &address, sizeof address) != 0
      || listen (listener, 16) != 0
      || getsockname (listener, (struct sockaddr *) &address, &length) != 0)
    {
      g_printerr ("No port: %s\n", g_strerror (errno));
      return 1;
    }
  g_print ("%u\n", ntohs (address.sin_port));
  g_thread_unref (g_thread_new ("listen", listen_for_ever, GINT_TO_POINTER (listener)));
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  return 0;
}
