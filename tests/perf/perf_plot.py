# A picture of how results grow with the number of events: both axes logarithmic, one panel each.
# SPDX-License-Identifier: GPL-3.0-or-later
import math

WIDTH, HEIGHT, MARGIN, COLUMNS = 300, 200, 44, 3


def ticks(low, high):
    return [10.0 ** e for e in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def name(value):
    for size, letter in ((1e6, ' M'), (1e3, ' k')):
        if value >= size:
            return f'{value / size:g}{letter}'
    return f'{value:g}'


def panel(x0, y0, title, unit, values):
    points = sorted((events, value) for events, value in values.items() if value)
    if not points:
        return []
    across = ticks(points[0][0], points[-1][0])
    up = ticks(min(v for _, v in points), max(v for _, v in points))
    if len(across) < 2:
        across.append(across[0] * 10)
    if len(up) < 2:
        up.append(up[0] * 10)

    def place(value, marks, length):
        low, high = math.log10(marks[0]), math.log10(marks[-1])
        return (math.log10(value) - low) / (high - low) * length

    def spot(events, value):
        return (x0 + MARGIN + place(events, across, WIDTH - MARGIN - 16),
                y0 + HEIGHT - 28 - place(value, up, HEIGHT - 60))

    out = [f'<text x="{x0 + 8}" y="{y0 + 16}" class="title">{title}, {unit}</text>']
    for mark in across:
        x, y = spot(mark, up[0])
        out.append(f'<path d="M{x:.1f} {y:.1f}V{y0 + 32:.1f}" class="grid"/>'
                   f'<text x="{x:.1f}" y="{y + 16:.1f}" class="across">{name(mark)}</text>')
    for mark in up:
        x, y = spot(across[0], mark)
        out.append(f'<path d="M{x:.1f} {y:.1f}H{x0 + WIDTH - 16:.1f}" class="grid"/>'
                   f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" class="up">{name(mark)}</text>')
    spots = [spot(*point) for point in points]
    out.append('<polyline points="' + ' '.join(f'{x:.1f},{y:.1f}' for x, y in spots) + '"/>')
    out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in spots]
    return out


def draw(growth):
    """growth: (what, unit) → {events: value}. Returns the picture's SVG."""
    rows = max(1, math.ceil(len(growth) / COLUMNS))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMNS * WIDTH}"'
           f' height="{rows * HEIGHT}" font-family="sans-serif" font-size="10">',
           '<style>.title{font-size:12px;font-weight:bold}.grid{stroke:#ddd}.across{text-anchor:'
           'middle}.up{text-anchor:end}polyline{fill:none;stroke:#1c71d8;stroke-width:2}'
           'circle{fill:#1c71d8}</style>',
           f'<rect width="{COLUMNS * WIDTH}" height="{rows * HEIGHT}" fill="#fff"/>']
    for i, ((what, unit), values) in enumerate(growth.items()):
        out += panel(i % COLUMNS * WIDTH, i // COLUMNS * HEIGHT, what, unit, values)
    return '\n'.join(out + ['</svg>', ''])
