/* weir-ctl-fixture.h: weirctl as a program, and a hub to talk to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-fault-server.h"
#include "weir-json.h"

G_BEGIN_DECLS

/* Each has a state folder of its own and no session bus. */
typedef struct
{
  char *folder;
  char **environ;

  /* of the last run */
  int status;
  char *out;
  char *err;
  char **lines; /* of out */

  /* weir_ctl_fixture_start_hub() */
  GSubprocess *hub;
  char *uri; /* of Membrane */
  char *token;
} WeirCtlFixture;

void weir_ctl_fixture_set_up (WeirCtlFixture *self, gconstpointer data);
void weir_ctl_fixture_tear_down (WeirCtlFixture *self, gconstpointer data);
void weir_ctl_fixture_setenv (WeirCtlFixture *self, const char *name, const char *value);
/* with the token "secret-token" */
void weir_ctl_fixture_add_account (WeirCtlFixture *self,
                                   const char *name,
                                   const char *provider,
                                   const char *uri);

/* Starts weirctl with the state folder and the blank-separated words; standard output is a pipe. */
GSubprocess *weir_ctl_fixture_start (WeirCtlFixture *self, const char *words);
/* Runs it and looks at the status it ends with; each line is a JSON object if --json is among the words. */
void weir_ctl_fixture_run (WeirCtlFixture *self, int status, const char *input, const char *words);
void weir_ctl_fixture_runf (WeirCtlFixture *self, int status, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
guint weir_ctl_fixture_count (WeirCtlFixture *self);
/* a member of the object in a line: a string, or as it is written */
char *weir_ctl_fixture_dup (WeirCtlFixture *self, guint line, const char *pointer);
void weir_ctl_fixture_assert (WeirCtlFixture *self,
                              guint line,
                              const char *pointer,
                              const char *expected);
/* the line of the object that has this member; there must be one */
guint weir_ctl_fixture_find (WeirCtlFixture *self, const char *pointer, const char *expected);

void weir_ctl_fixture_start_hub (WeirCtlFixture *self);
void weir_ctl_fixture_add_source (WeirCtlFixture *self, const char *name, const char *url);

#define weir_ctl_assert_says(f, part)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((f)->err, (part)) == NULL)                                                         \
      g_error ("“%s” is not in: %s", (part), (f)->err);                                            \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
