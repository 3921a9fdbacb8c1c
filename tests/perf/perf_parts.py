# The parts of the suite, in the order of the table.
# SPDX-License-Identifier: GPL-3.0-or-later
import perf_parts_windows
import perf_peers

MILLION = 1_000_000
PIPELINE_EVENTS = 20_000


def stream(machine, table, options):
    """From the server to a durable, deduplicated history; and what it takes on the disk."""
    lnav = None
    if machine.has('lnav'):
        lnav = perf_peers.lnav(machine, machine.events(options.events))
    for count in options.sizes:
        server = machine.serve(count)
        state = machine.path(f'state-{count}')
        run = machine.fill(server, state)
        machine.stop(server)
        share = machine.size(state) / machine.json_bytes(count)
        table.grow('stream into the history', 's', count, run.seconds)
        table.grow('history on disk', 'MB', count, machine.size(state) / 1e6)
        if count == options.events:
            words = f'lnav loads the same from a file: {lnav:.1f} s' if lnav else 'no lnav here'
            table.add(f'stream {count:,} events over HTTP into the history', run.seconds, 's',
                      'no slower than lnav', words, most=lnav)
            pipeline(machine, table, options, run.seconds / count)
            table.add('CPU for it', run.cpu, 's', None, 'of weirctl alone')
            table.add('history on disk / JSON', share, '', 'at most 0.3', '', most=0.3)


def pipeline(machine, table, options, seconds):
    """seconds: what Weir takes an event."""
    if not all(machine.has(name) for name in ('curl', 'jq', 'sqlite3')):
        return
    count = min(PIPELINE_EVENTS, options.events)
    server = machine.serve(options.events)
    took = perf_peers.pipeline(machine, server, count) / count
    machine.stop(server)
    table.add('times as fast as curl, jq and sqlite3', took / seconds, '', 'at least 20',
              f'{took * MILLION:.0f} s for a million, from {count:,}', least=20)


# What may be asked without looking into any event, and what it is measured against.
FACETS = [
    '', 'kind:updated', 'kind:created kind:deleted', '-kind:updated', 'collection:stripe:invoice',
    'collection:stripe:customer collection:github:issue kind:deleted', 'account:perf',
    'provider:sequin kind:created', 'status:error', '-status:error kind:created',
    'after:2024-01-10 before:2024-01-20', 'after:2024-01-05 kind:updated collection:hubspot:contact',
    'account:perf kind:updated collection:shopify:order after:2024-01-02 before:2024-01-25',
    'before:2024-01-02 -collection:stripe:invoice',
]
WORDS = [('a frequent word', 'renewal', True), ('one event in 1,000', 'kumquat', True),
         ('a single event', 'xylograph', True),
         ('a path, one event in 1,000', 'data.plan:platinum-legacy', True),
         ('a comparison', 'data.amount>4990', False)]


def facets(machine, table, options):
    """Account, kind, collection, status and time, with the histogram."""
    for count in options.sizes:
        state, server = machine.state(count)
        machine.stop(server)
        times = [times[2] for times in machine.ask(state, FACETS)]
        worst, median = max(times), sorted(times)[len(times) // 2]
        table.grow('facets and time, worst', 'ms', count, worst)
        if count not in (options.events, 10 * MILLION):
            continue
        lnav = None
        if count == options.events and machine.has('lnav'):
            path = machine.events(count)
            lnav = perf_peers.lnav(machine, path, ':filter-in updated')
        table.add(f'facets and time over {count:,}, with histogram', worst, 'ms',
                  peer=f'median {median:.1f} ms of {len(times)} queries'
                  + (f'; lnav loads and filters: {lnav:.1f} s' if lnav else ''),
                  most=30 * max(1, count / MILLION))


def words(machine, table, options):
    """Words and data.path."""
    for count in options.sizes:
        state, server = machine.state(count)
        machine.stop(server)
        for (name, query, limited), times in zip(WORDS, machine.ask(state, [q for _, q, _ in WORDS])):
            first, everything, _, matches = times
            table.grow(f'all of: {name}', 'ms', count, everything)
            if count == options.events:
                table.add(f'first screen: {name}', first, 'ms', None if limited else 'no limit',
                          f'{query}, {matches:,.0f} matches', most=150 if limited else None)
                table.add(f'all matches: {name}', everything / 1000, 's', most=2)


WITH_WINDOWS = perf_parts_windows.PARTS
PARTS = {
    'stream': stream,
    'open': WITH_WINDOWS['open'],  # and while the window is open, what searches for words is made
    'facets': facets,
    'words': words,
    **WITH_WINDOWS,
}
