/* weir-hub-process.h: a real weir-hub that can be killed and started again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *folder; /* its state */
  gboolean demo;
  guint port;           /* the same at each start */
  GSubprocess *process; /* NULL while it does not run */

  char *membrane_uri;
  char *membrane_token;
  char *sequin_uri;
  char *sequin_token;
  char *oracle_uri;
  char *oracle_username;
  char *oracle_password;
} WeirHubProcess;

WeirHubProcess *weir_hub_process_new (gboolean demo); /* and starts it */
void weir_hub_process_free (WeirHubProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHubProcess, weir_hub_process_free)
void weir_hub_process_start (WeirHubProcess *self); /* again, where it was */
void weir_hub_process_kill (WeirHubProcess *self);  /* SIGKILL */
char *weir_hub_process_run (WeirHubProcess *self, const char *const *words); /* weir-hub … */
void weir_hub_process_remove_tree (const char *path);

G_END_DECLS
