/* weir-paths.h: where state lives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `--state-dir` puts both under one folder; set once, before anything is opened. */
void weir_paths_set_state_dir (const char *folder);
char *weir_paths_dup_data_dir (void);   /* history, the embedded hub's file */
char *weir_paths_dup_config_dir (void); /* accounts */
char *
weir_paths_dup_program (const char *name); /* a sibling program, in the build tree or installed */

G_END_DECLS
