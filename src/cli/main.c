/* main.c: weirctl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "weir-command-line.h"
#include "weir-i18n.h"

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

/* The number of a standard stream that was closed must not become that of a file of ours. */
static void
open_standard_streams (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    close (fd);
}

int
main (int argc, char **argv)
{
  open_standard_streams ();
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("weirctl");
  g_set_print_handler (print_cb);
  g_set_printerr_handler (printerr_cb);
  weir_i18n_init ();
  return weir_command_line_run (argc, argv);
}
