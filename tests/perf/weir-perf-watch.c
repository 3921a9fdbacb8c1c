/* weir-perf-watch.c: tells when what is shown in a part of the display changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   weir-perf-watch X Y WIDTH HEIGHT
 *
 * For each change that can be seen it prints a line: monotonic µs, and in how many of the lines of 8 pixels there is
 * something on the ground: text, that is. It ends with its standard input.
 */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#define BAND 8            /* pixels */
#define CONTRAST (3 * 60) /* of what counts as text, in the sum of the three colours */

typedef struct
{
  Display *display;
  XImage *image;
  int x, y;
  guint64 seen; /* a hash of what was there; of a black part it is 0 */
} Watch;

static guint
get_brightness (const guint8 *pixel)
{
  return (guint) pixel[0] + pixel[1] + pixel[2];
}

/* How many bands have something else in them than the colour they begin with. */
static guint
count_bands (XImage *image)
{
  guint n = 0;

  for (int top = 0; top + BAND <= image->height; top += BAND)
    {
      gboolean found = FALSE;

      for (int y = top; y < top + BAND && !found; y++)
        {
          const guint8 *line = (guint8 *) image->data + (gsize) y * image->bytes_per_line;
          guint ground = get_brightness (line);

          for (int x = 1; x < image->width && !found; x++)
            found = ABS ((int) get_brightness (line + x * 4) - (int) ground) > CONTRAST;
        }
      n += found;
    }
  return n;
}

static guint64
hash (XImage *image)
{
  const guint64 *words = (guint64 *) image->data;
  gsize n = (gsize) image->height * image->bytes_per_line / sizeof (guint64);
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum = (sum ^ words[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return sum;
}

static void
look (Watch *watch)
{
  gint64 now = g_get_monotonic_time ();
  guint64 sum;

  XShmGetImage (watch->display, DefaultRootWindow (watch->display), watch->image, watch->x,
                watch->y, AllPlanes);
  sum = hash (watch->image);
  if (sum == watch->seen)
    return;
  watch->seen = sum;
  printf ("%" G_GINT64_FORMAT " %u\n", now, count_bands (watch->image));
}

static void
make_image (Watch *watch, guint width, guint height, XShmSegmentInfo *segment)
{
  Display *display = watch->display;

  watch->image = XShmCreateImage (display, DefaultVisual (display, DefaultScreen (display)), 24,
                                  ZPixmap, NULL, segment, width, height);
  segment->shmid = shmget (IPC_PRIVATE, (gsize) watch->image->bytes_per_line * height, 0600);
  segment->shmaddr = watch->image->data = shmat (segment->shmid, NULL, 0);
  XShmAttach (display, segment);
  XSync (display, FALSE);
  shmctl (segment->shmid, IPC_RMID, NULL);
}

int
main (int argc, char *argv[])
{
  XShmSegmentInfo segment = { 0 };
  Watch watch = { .seen = G_MAXUINT64 };
  Damage damage;
  int first_event, first_error;
  struct pollfd files[2];

  watch.display = XOpenDisplay (NULL);
  if (argc != 5 || watch.display == NULL
      || !XDamageQueryExtension (watch.display, &first_event, &first_error))
    {
      g_printerr ("weir-perf-watch X Y WIDTH HEIGHT, on a display\n");
      return 2;
    }
  watch.x = atoi (argv[1]);
  watch.y = atoi (argv[2]);
  make_image (&watch, (guint) atoi (argv[3]), (guint) atoi (argv[4]), &segment);
  damage = XDamageCreate (watch.display, DefaultRootWindow (watch.display), XDamageReportNonEmpty);
  setvbuf (stdout, NULL, _IOLBF, 0);
  look (&watch);

  files[0] = (struct pollfd){ ConnectionNumber (watch.display), POLLIN, 0 };
  files[1] = (struct pollfd){ STDIN_FILENO, POLLIN, 0 };
  for (;;)
    {
      gboolean damaged = FALSE;

      XFlush (watch.display);
      if (XPending (watch.display) == 0)
        poll (files, 2, -1);
      if (files[1].revents != 0)
        break;
      while (XPending (watch.display) > 0)
        {
          XEvent event;

          XNextEvent (watch.display, &event);
          damaged |= event.type == first_event + XDamageNotify;
        }
      if (damaged)
        {
          XDamageSubtract (watch.display, damage, None, None);
          look (&watch);
        }
    }
  return 0;
}
