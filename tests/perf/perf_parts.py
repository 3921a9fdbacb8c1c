# The parts of the suite, in the order of the table.
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import perf_peers

MILLION = 1_000_000
PIPELINE_EVENTS = 20_000


def sizes(options):
    """The numbers of events at which growth is looked at."""
    below = [] if options.quick else [n for n in (10_000, 100_000) if n < options.events]
    return below + [options.events] + ([10 * MILLION] if options.large else [])


def stream(machine, table, options):
    """From the server to a durable, deduplicated history; and what it takes on the disk."""
    lnav = None
    if machine.has('lnav'):
        lnav = perf_peers.lnav(machine, machine.events(options.events))
    for count in sizes(options):
        path = machine.events(min(count, options.events))
        server = machine.serve(path, count)
        state = machine.path(f'state-{count}')
        run = machine.fill(server, state)
        server_end(machine, server)
        json_bytes = os.path.getsize(path) / min(count, options.events) * count
        share = machine.size(state) / json_bytes
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
    server = machine.serve(machine.events(options.events))
    took = perf_peers.pipeline(machine, server, count) / count
    server_end(machine, server)
    table.add('times as fast as curl, jq and sqlite3', took / seconds, '', 'at least 20',
              f'{took * MILLION:.0f} s for a million, from {count:,}', least=20)


def server_end(machine, server):
    machine.servers.remove(server)
    server.end()


PARTS = {
    'stream': stream,
}
