# The table of results, as text and as Markdown, and the plot of how they grow.
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import perf_plot


class Row:
    def __init__(self, what, value, unit, limit, peer, ratio):
        self.what = what
        self.value = value
        self.unit = unit
        self.limit = limit  # in words
        self.peer = peer    # in words
        self.ratio = ratio  # value ÷ what it must not exceed; None: nothing is asked

    def verdict(self):
        if self.ratio is None:
            return ''
        return f'{self.ratio:.2f}' + ('' if self.ratio <= 1 else ' ✗')


def number(value, unit):
    if value is None:
        return '-'
    if unit == 'MB':
        return f'{value:.0f} MB'
    if abs(value) >= 100:
        return f'{value:,.0f} {unit}'.strip()
    return (f'{value:.0f}' if value == int(value) else f'{value:.3g}') + f' {unit}' * bool(unit)


class Table:
    def __init__(self):
        self.rows = []
        self.growth = {}  # (what, unit) → {events: value}

    def add(self, what, value, unit, limit=None, peer='', most=None, least=None):
        """limit: in words; most or least: what the value must not exceed or stay below."""
        ratio = None
        if value is not None and most:
            ratio = value / most
        elif value and least:
            ratio = least / value
        if limit is None and most:
            limit = 'at most ' + number(most, unit)
        if limit is None and least:
            limit = 'at least ' + number(least, unit)
        row = Row(what, value, unit, limit or '', peer, ratio)
        self.rows.append(row)
        print(f'  {what}: {number(value, unit)} ({row.limit}; {peer}) {row.verdict()}', flush=True)

    def grow(self, what, unit, events, value):
        self.growth.setdefault((what, unit), {})[events] = value

    def header(self):
        return ['what', 'Weir', 'must reach', 'beside it in the same run', 'of the limit']

    def cells(self):
        return [[row.what, number(row.value, row.unit), row.limit, row.peer, row.verdict()]
                for row in self.rows]

    def to_text(self):
        lines = [self.header()] + self.cells()
        widths = [max(len(line[i]) for line in lines) for i in range(5)]
        return '\n'.join('  '.join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
                         for line in lines)

    def to_markdown(self):
        return markdown(self.header(), self.cells())

    def growth_cells(self):
        sizes = sorted({size for values in self.growth.values() for size in values})
        header = ['what'] + [f'{size:,}' for size in sizes]
        cells = [[what] + [number(values.get(size), unit) for size in sizes]
                 for (what, unit), values in self.growth.items()]
        return header, cells

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        readme = os.path.join(os.path.dirname(os.path.abspath(folder)), 'README.md')
        if os.path.exists(readme):
            put_between(readme, 'performance', self.to_markdown())
        template = os.path.join(os.path.dirname(os.path.realpath(__file__)), 'performance.md.in')
        with open(template, encoding='utf-8') as file:
            text = file.read()
        text = text.replace('@table@', self.to_markdown())
        text = text.replace('@growth@', markdown(*self.growth_cells()))
        with open(os.path.join(folder, 'performance.md'), 'w', encoding='utf-8') as file:
            file.write(text)
        with open(os.path.join(folder, 'performance.svg'), 'w', encoding='utf-8') as file:
            file.write(perf_plot.draw(self.growth))


def put_between(path, mark, text):
    """Replaces what a document has between two comments."""
    begin, end = f'<!-- {mark} -->\n', f'\n<!-- end of {mark} -->'
    with open(path, encoding='utf-8') as file:
        before, _, rest = file.read().partition(begin)
    _, found, after = rest.partition(end)
    if found:
        with open(path, 'w', encoding='utf-8') as file:
            file.write(before + begin + text + end + after)


def markdown(header, cells):
    lines = [header, ['---'] * len(header)] + cells
    return '\n'.join('| ' + ' | '.join(line) + ' |' for line in lines)
