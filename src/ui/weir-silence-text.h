/* weir-silence-text.h: what is said of a stream that is silent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-silence.h"

G_BEGIN_DECLS

char *weir_silence_text_short (const WeirQuiet *quiet); /* "Quiet for 3 h" */
char *weir_silence_text_long (
    const WeirQuiet *quiet); /* "Quiet for 3 h; usually there is an event every 5 min" */

G_END_DECLS
