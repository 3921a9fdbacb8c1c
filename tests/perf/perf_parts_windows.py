# The parts of the suite that need a window.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import shutil
import time

import perf_windows as windows

TRIES = 5
RATE = 2000        # events a second
FOLLOWED = 10      # seconds
STEP = 250         # ms between events whose way to the screen is timed
STEPS = 60
FLOOD = 20_000     # events a second, to see what one takes of memory
FLOODED = 15       # seconds
PATIENCE = 5       # seconds without a new event
QUERY = 'kind:updated'


def open_window(machine, table, options):
    """From the start of the program to rows on the screen, beside gnome-logs' first frame; and its memory."""
    logs, opened, memory = [], [], []
    state, server = machine.state(options.events)
    for _ in range(TRIES):
        if machine.has('gnome-logs'):
            watch = windows.Watch(machine, windows.SCREEN)
            program = windows.Program(machine, ['gnome-logs'])
            logs.append((watch.wait(1) - program.began) / 1e6)
            program.end()
            watch.end()
        program, seconds = windows.open_weir(machine, state)
        opened.append(seconds)
        time.sleep(3)
        memory.append(program.memory())
        if len(opened) == TRIES:
            program.rest()  # what searches for words is made now
        program.end()
    machine.stop(server)
    peer = windows.percentile(logs, 0.5)
    table.add(f'rows on screen with {options.events:,} events', windows.percentile(opened, 0.5), 's',
              "at most 1.2 of gnome-logs' first frame",
              f'gnome-logs, empty journal: {peer:.2f} s' if peer else 'no gnome-logs here',
              most=peer and 1.2 * peer)
    table.add(f'resident memory with {options.events:,} events', max(memory), 'MB', most=160)
    table.grow('window with rows', 's', options.events, windows.percentile(opened, 0.5))
    table.grow('resident memory', 'MB', options.events, max(memory))
    for count in options.sizes:
        if count != options.events:
            state, server = machine.state(count)
            program, seconds = windows.open_weir(machine, state)
            time.sleep(3)
            table.grow('window with rows', 's', count, seconds)
            table.grow('resident memory', 'MB', count, program.memory())
            if count == 10_000_000:
                table.add('resident memory with 10,000,000 events', program.memory(), 'MB', most=320)
            program.rest()
            program.end()
            machine.stop(server)


def bare(machine, rows):
    """Visible updates a second of a bare column view."""
    program = windows.Program(machine, [machine.helper('weir-perf-bare'), str(rows), str(RATE)])
    time.sleep(2)
    watch = windows.Watch(machine, windows.ROWS)
    time.sleep(FOLLOWED / 2)
    changes = watch.end()
    program.end()
    return len(changes) / (FOLLOWED / 2)


def latencies(pages, changes):
    """ms from each page's sending to the last change before the next one's: only these have what is shown."""
    result = []
    for page, after in zip(pages, pages[1:]):
        seen = [at for at, _ in changes if page[0] <= at < after[0]]
        # what was never seen counts as long as it could have been
        result.append(((seen[-1] if seen else after[0] + STEP * 1000) - page[0]) / 1000)
    return result


def settle(machine, state, wanted):
    """How many events are stored once it is as many as wanted, or no more come."""
    before, stored = -1, machine.count(state)
    while before < stored < wanted:
        time.sleep(PATIENCE)
        before, stored = stored, machine.count(state)
    return stored


def follow(machine, table, options):
    """New events into a filtered timeline: updates, time to the pixels, frames, losses, memory."""
    beside = bare(machine, options.events)
    original, server = machine.state(options.events)
    state = machine.copy_state(original)
    program, _ = windows.open_weir(machine, state, frames=True)
    windows.type_query(QUERY)
    time.sleep(3)

    watch = windows.Watch(machine, windows.ROWS)
    server.go_live(RATE)
    time.sleep(1)
    begin = windows.now()
    time.sleep(FOLLOWED)
    end = windows.now()
    changes = [at for at, _ in watch.end() if begin <= at < end]
    asked = sum(1 for page in server.log() if begin <= page[0] < end) / FOLLOWED
    table.add('visible updates a second, 2,000 events/s, filtered', len(changes) / FOLLOWED, '',
              'at least 0.9 of a bare column view', f'bare column view: {beside:.0f}; {asked:.0f} pages a second',
              least=0.9 * beside)

    server.go_live(RATE, STEP)
    time.sleep(1)
    watch = windows.Watch(machine, windows.ROWS)
    marks = windows.now()
    time.sleep(STEP * STEPS / 1000)
    changes = watch.end()
    server.go_live(0)
    late = latencies([page for page in server.log() if page[3] > 0 and page[0] > marks], changes)
    table.add('from the server to the pixels, p99', windows.percentile(late, 0.99), 'ms',
              peer=f'median {windows.percentile(late, 0.5) or 0:.0f} ms, {len(late)} pages', most=100)

    # the first flood fills what is kept for reuse, whatever comes; the second shows what an event takes
    memory = []
    for _ in range(2):
        sent = server.go_live(FLOOD)
        time.sleep(FLOODED)
        total = server.go_live(0)
        stored = settle(machine, state, total)
        program.rest()
        memory.append(program.memory())
    memory = (memory[1] - memory[0]) * 1e6 / max(1, total - sent)
    frames, turns = program.end()
    windows.add_frames(table, 'frame work while following, p99', frames, (begin, end), 16)
    table.add('events dropped', total - stored, '', 'none', f'{total - options.events:,} followed',
              most=0.5)
    table.add('memory an event followed', memory, 'bytes', peer=f'{total - sent:,} events', most=24)
    machine.stop(server)
    shutil.rmtree(state)


def jumps(frames, begin, end):
    """Moves backwards, or of more than two screens, while the wheel is turned forward."""
    places = [place for start, _, _, place in frames if begin <= start < end]
    return sum(1 for a, b in zip(places, places[1:]) if b < a - 1 or b > a + 2000)


def scroll(machine, table, options):
    """Wheel, drag and jumps in a long list."""
    state, server = machine.state(options.events)
    program, _ = windows.open_weir(machine, state, frames=True)
    time.sleep(2)
    spans = {}

    begin = windows.now()
    windows.hand('mousemove', *windows.LIST)
    for delay in (1, 8, 16, 30):
        windows.hand('click', '--repeat', 100, '--delay', delay, 5)
        time.sleep(0.5)
    spans['wheel'] = (begin, windows.now())

    begin = windows.now()
    windows.hand('mousemove', windows.SCROLLBAR, 275)
    windows.hand('mousedown', 1)
    for y in list(range(275, 740, 3)) + list(range(740, 275, -3)):
        windows.hand('mousemove', windows.SCROLLBAR, y)
        time.sleep(0.01)
    windows.hand('mouseup', 1)
    time.sleep(0.5)
    spans['drag'] = (begin, windows.now())

    begin = windows.now()
    windows.hand('mousemove', *windows.LIST, 'click', 1)
    for _ in range(10):
        windows.hand('key', 'End')
        time.sleep(0.15)
        windows.hand('key', 'Home')
        time.sleep(0.15)
    for _ in range(20):
        windows.hand('key', 'Next')
        time.sleep(0.05)
    spans['jump'] = (begin, windows.now())
    frames, _ = program.end()
    machine.stop(server)

    for name, span in spans.items():
        windows.add_frames(table, f'{name} in {options.events:,} rows, p99 frame', frames, span, 33)
    table.add('jumps of the list under the wheel', jumps(frames, *spans['wheel']), '', 'none',
              '400 turns, 1 to 30 ms apart', most=0.5)


def payload(machine, table, options):
    """A payload of 20 MB in the inspector: bench-weir-payload tells of each view in a line."""
    run = machine.run([machine.helper('bench-weir-payload')], check=False)
    screens = [float(ms) for ms in re.findall(r'first screen +([\d.]+) ms', run.output)]
    blocks = [float(ms) for ms in re.findall(r'longest block +([\d.]+) ms', run.output)]
    if screens and blocks:
        table.add('a payload of 20 MB: first screen', max(screens), 'ms', most=300)
        table.add('a payload of 20 MB: longest block of the main loop', max(blocks), 'ms', most=16)


PARTS = {
    'open': open_window,
    'follow': follow,
    'scroll': scroll,
    'payload': payload,
}
