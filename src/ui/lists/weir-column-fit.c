/* weir-column-fit.c: how much room a column's texts need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It grows with the longest text that was shown and never shrinks by itself: rows that come and go, and texts that are
 * renewed each second, lay out nothing anew. Only when somebody asks for other rows, and there is too little room for
 * what was seen so far, it is seen anew.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-column-fit.h"

#include "weir-width-bin.h"

/* of a text that others have to make room for */
#define MOST_CHARS 36
/* of a name, where texts are larger than usual */
#define LARGE_CHARS 5
/* px: around a text, as style.css has it, and of an icon before it */
#define PADDING 16
#define LARGE_PADDING 8
#define ICON 22

struct _WeirColumnFit
{
  GObject parent_instance;

  const WeirColumn *column;
  WeirFitLevel level;
  guint longest; /* of the texts seen, in letters */
  guint needed;  /* of a cell, as GtkInscription counts them; 0: not known, or nothing */
  gboolean seen; /* there was a cell, with or without a text */
  gboolean icon; /* some have one before the text */
  gboolean apart;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirColumnFit, weir_column_fit, G_TYPE_OBJECT)

/* A letter's width as GtkInscription reckons with it, in Pango's units. */
static int
get_char_width (GtkWidget *widget)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                   pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (width, 1);
}

/* A text is only measured when it may be the longest. */
static guint
count_letters (const char *text)
{
  guint count = 0;

  for (const char *next = text; *next != '\0'; next = g_utf8_next_char (next))
    count += (guchar) *next >= 0x80 && g_unichar_iswide (g_utf8_get_char (next)) ? 2 : 1;

  return count;
}

static guint
get_chars (WeirColumnFit *self, WeirFitLevel level)
{
  const WeirColumn *column = self->column;
  gboolean main = (column->flags & WEIR_COLUMN_MAIN) != 0;
  gboolean whole = ((main || self->apart) && level >= WEIR_FIT_MAIN)
                   || ((column->flags & WEIR_COLUMN_WHOLE) && level >= WEIR_FIT_SHORT);
  gboolean expand = (column->flags & WEIR_COLUMN_EXPAND) != 0;

  /* the title alone needs some room; what takes all that is left has little where it is to be whole */
  if (self->seen && !expand && self->needed <= column->min_chars)
    return self->needed;
  if (self->seen && expand && self->longest == 0)
    return 0;
  if (level >= WEIR_FIT_ALL && self->needed > column->min_chars)
    return MIN (self->needed, MAX (column->min_chars, MOST_CHARS));
  if (whole && self->needed > column->min_chars)
    return MIN (self->needed, MAX (column->nat_chars, column->min_chars));

  /* A state has to be readable in a narrow window with large texts; a name, for which there is a tooltip, may be cut. */
  return main && weir_text_is_large () ? MIN (column->min_chars, LARGE_CHARS) : column->min_chars;
}

static void
weir_column_fit_class_init (WeirColumnFitClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_column_fit_init (WeirColumnFit *self)
{
}

/**
 * weir_column_fit_new:
 * @column: a column, outlives the fit
 *
 * Returns: (transfer full): its fit, which has seen no text
 */
WeirColumnFit *
weir_column_fit_new (const WeirColumn *column)
{
  WeirColumnFit *self;

  g_return_val_if_fail (column != NULL, NULL);

  self = g_object_new (WEIR_TYPE_COLUMN_FIT, NULL);
  self->column = column;

  return self;
}

/**
 * weir_column_fit_get_column:
 * @self: a fit
 *
 * Returns: (transfer none): the column it is of
 */
const WeirColumn *
weir_column_fit_get_column (WeirColumnFit *self)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_FIT (self), NULL);

  return self->column;
}

/**
 * weir_column_fit_see:
 * @self: a fit
 * @widget: shows @text
 * @text: a text of the column
 *
 * What takes all room that is left needs no more of it.
 */
void
weir_column_fit_see (WeirColumnFit *self, GtkWidget *widget, const char *text)
{
  gboolean news;
  guint letters;
  guint chars;

  g_return_if_fail (WEIR_IS_COLUMN_FIT (self));

  letters = count_letters (text);
  if (self->seen && letters <= self->longest)
    return;

  news = !self->seen || (self->longest == 0) != (letters == 0);
  self->seen = TRUE;
  self->longest = letters;
  if (letters == 0 || (self->column->flags & WEIR_COLUMN_EXPAND))
    {
      if (news)
        g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  /* others that are as long may be somewhat wider */
  chars = weir_text_count_chars (widget, text) + 1;
  if (chars <= self->needed)
    return;
  self->needed = chars;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_column_fit_see_icon:
 * @self: a fit
 *
 * A cell of the column has an icon before its text.
 */
void
weir_column_fit_see_icon (WeirColumnFit *self)
{
  g_return_if_fail (WEIR_IS_COLUMN_FIT (self));

  if (self->icon)
    return;

  self->icon = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_column_fit_forget:
 * @self: a fit
 *
 * Texts have to be seen again: they are others, or letters are not as wide as they were.
 */
void
weir_column_fit_forget (WeirColumnFit *self)
{
  g_return_if_fail (WEIR_IS_COLUMN_FIT (self));

  self->longest = self->needed = 0;
  self->seen = self->icon = FALSE;
}

/**
 * weir_column_fit_set_apart:
 * @self: a fit
 * @apart: whether rows of one name are told apart by this column, which then is as important as the name
 */
void
weir_column_fit_set_apart (WeirColumnFit *self, gboolean apart)
{
  g_return_if_fail (WEIR_IS_COLUMN_FIT (self));

  self->apart = apart;
}

/**
 * weir_column_fit_set_level:
 * @self: a fit
 * @level: what has to be whole
 *
 * Returns: whether a cell has to ask for another size than before
 */
gboolean
weir_column_fit_set_level (WeirColumnFit *self, WeirFitLevel level)
{
  guint before;

  g_return_val_if_fail (WEIR_IS_COLUMN_FIT (self), FALSE);

  before = get_chars (self, self->level);
  self->level = level;

  return before != get_chars (self, level);
}

/**
 * weir_column_fit_get_min_chars:
 * @self: a fit
 *
 * Returns: how many characters a cell asks for at least
 */
guint
weir_column_fit_get_min_chars (WeirColumnFit *self)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_FIT (self), 0);

  return get_chars (self, self->level);
}

/**
 * weir_column_fit_get_nat_chars:
 * @self: a fit
 *
 * Returns: how many characters a cell asks for where there is room
 */
guint
weir_column_fit_get_nat_chars (WeirColumnFit *self)
{
  guint least;

  g_return_val_if_fail (WEIR_IS_COLUMN_FIT (self), 0);

  least = weir_column_fit_get_min_chars (self);
  /* what takes all that is left does so after the others */
  if (self->column->flags & WEIR_COLUMN_EXPAND)
    return least;
  if (!self->seen)
    return MAX (self->column->nat_chars, least);

  return CLAMP (self->needed, least, MAX (least, MOST_CHARS));
}

/**
 * weir_column_fit_measure:
 * @self: a fit
 * @level: what has to be whole
 * @widget: has the font of the texts
 *
 * Returns: how wide a cell is at least, about, in px
 */
int
weir_column_fit_measure (WeirColumnFit *self, WeirFitLevel level, GtkWidget *widget)
{
  g_return_val_if_fail (WEIR_IS_COLUMN_FIT (self), 0);

  return PANGO_PIXELS_CEIL (get_char_width (widget) * (int) get_chars (self, level))
         + (weir_text_is_large () ? LARGE_PADDING : PADDING) + (self->icon ? ICON : 0);
}

/**
 * weir_text_count_chars:
 * @widget: shows @text
 * @text: one line
 *
 * Returns: how many characters a #GtkInscription has to ask for so that @text has room
 */
guint
weir_text_count_chars (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);

  layout = gtk_widget_create_pango_layout (widget, text);
  pango_layout_get_size (layout, &width, NULL);

  return (guint) (width / get_char_width (widget)) + 1;
}
