/* weir-test-loop.h: running the main loop until something is so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

G_BEGIN_DECLS

#define WEIR_TEST_PATIENCE (20 * G_TIME_SPAN_SECOND)

static inline gboolean
weir_test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

#define WEIR_TEST_WAIT_UNTIL(condition)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_ = g_get_monotonic_time () + WEIR_TEST_PATIENCE;                               \
    guint tick_ = g_timeout_add (10, weir_test_tick_cb, NULL);                                     \
                                                                                                   \
    while (!(condition) && g_get_monotonic_time () < deadline_)                                    \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (tick_);                                                                       \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

static inline void
weir_test_run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * (gint64) G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (5, weir_test_tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static inline void
weir_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* For a callback: keeps the result in the GAsyncResult * that user_data points to. */
static inline void
weir_test_keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Of a folder with files only. */
static inline void
weir_test_remove_folder (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (folder);
}

G_END_DECLS
