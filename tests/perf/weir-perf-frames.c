/* weir-perf-frames.c: loaded into a GTK program by LD_PRELOAD, it tells how long its frames take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program itself knows nothing of it. Into the file WEIR_PERF_FRAMES it writes a line for each frame
 *   frame BEGIN END CPU POSITION
 * and for each turn of the main loop that took more than 4 ms a line "turn BEGIN END"; all in monotonic µs, but for CPU,
 * µs of this thread alone. POSITION is that of the longest table: what its list is scrolled to.
 */

#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LONG_TURN 4000 /* µs */
#define KEPT 400000

typedef struct
{
  gint64 begin;
  gint64 end;
  gint64 cpu;
  double position; /* negative: a turn of the main loop, no frame */
} Note;

static Note *notes;
static guint n_notes;
static gint64 frame_began;
static gint64 frame_cpu_began;
static gint64 turn_began;
static GtkWidget *table; /* weak */
static GPollFunc poll_before;
static const char *path;

static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
add (gint64 begin, gint64 end, gint64 cpu, double position)
{
  if (n_notes < KEPT)
    notes[n_notes++] = (Note){ begin, end, cpu, position };
}

static void
write_notes (void)
{
  FILE *file = fopen (path, "w");

  for (guint i = 0; file != NULL && i < n_notes; i++)
    if (notes[i].position < 0)
      fprintf (file, "turn %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", notes[i].begin,
               notes[i].end);
    else
      fprintf (file, "frame %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.1f\n",
               notes[i].begin, notes[i].end, notes[i].cpu, notes[i].position);
  if (file != NULL)
    fclose (file);
}

static void
find_table (GtkWidget *widget, guint *most)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_COLUMN_VIEW (widget))
    {
      GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (widget));
      guint n = model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;

      if (n >= *most)
        {
          *most = n;
          g_set_weak_pointer (&table, widget);
        }
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_table (child, most);
}

static double
get_position (void)
{
  GtkAdjustment *adjustment;

  if (table == NULL || !gtk_widget_get_mapped (table))
    {
      GListModel *windows = gtk_window_get_toplevels ();
      guint most = 0;

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

          find_table (window, &most);
        }
    }
  if (table == NULL)
    return 0;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));
  return adjustment != NULL ? MAX (0, gtk_adjustment_get_value (adjustment)) : 0;
}

static gboolean
frame_begins_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  frame_began = g_get_monotonic_time ();
  frame_cpu_began = get_cpu_time ();
  return TRUE;
}

static gboolean
frame_ends_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  add (frame_began, g_get_monotonic_time (), get_cpu_time () - frame_cpu_began, get_position ());
  return TRUE;
}

static gint
poll_cb (GPollFD *files, guint n_files, gint timeout)
{
  gint64 now = g_get_monotonic_time ();
  gint result;

  if (turn_began != 0 && now - turn_began > LONG_TURN)
    add (turn_began, now, 0, -1);
  result = poll_before (files, n_files, timeout);
  turn_began = g_get_monotonic_time ();
  return result;
}

static gboolean
terminate_cb (gpointer data)
{
  write_notes ();
  _exit (0);
}

__attribute__ ((constructor)) static void
begin (void)
{
  GMainContext *context;
  GSource *source;

  path = g_getenv ("WEIR_PERF_FRAMES");
  if (path == NULL)
    return;
  notes = g_new0 (Note, KEPT);
  g_unsetenv ("LD_PRELOAD"); /* not into what the program starts */
  context = g_main_context_default ();
  poll_before = g_main_context_get_poll_func (context);
  g_main_context_set_poll_func (context, poll_cb);
  g_type_class_ref (GDK_TYPE_FRAME_CLOCK);
  g_signal_add_emission_hook (g_signal_lookup ("before-paint", GDK_TYPE_FRAME_CLOCK), 0,
                              frame_begins_cb, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK), 0,
                              frame_ends_cb, NULL, NULL);
  source = g_unix_signal_source_new (SIGTERM);
  g_source_set_callback (source, terminate_cb, NULL, NULL);
  g_source_attach (source, context);
}
