# The peers that need no window: lnav, and curl with jq and sqlite3.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import time

FORMAT = {
    '$schema': 'https://lnav.org/schemas/format-v1.schema.json',
    'weir_perf': {
        'title': 'Events of a load',
        'file-type': 'json',
        'timestamp-field': 'upstream_updated_at',
        'opid-field': 'event_id',
        'body-field': 'data/note',
        'line-format': [{'field': '__timestamp__'}, ' ', {'field': 'event'}, ' ',
                        {'field': 'collection_id'}, ' ', {'field': 'upstream_id'}, ' ',
                        {'field': 'data/note'}],
        'value': {
            'event': {'kind': 'string', 'identifier': True},
            'collection_id': {'kind': 'string', 'identifier': True},
            'sync_id': {'kind': 'string', 'identifier': True},
            'upstream_id': {'kind': 'string', 'identifier': True},
        },
    },
}

# What a person at a shell writes: page after page, each begun where the last one ended.
PIPELINE = r'''
set -eu
uri=$1 db=$2 count=$3
sqlite3 "$db" 'PRAGMA journal_mode=WAL;
  CREATE TABLE events (id TEXT PRIMARY KEY, time TEXT, kind TEXT, collection TEXT, raw TEXT);
  CREATE INDEX by_time ON events (time); CREATE INDEX by_kind ON events (kind, collection)' >/dev/null
cursor= done=0
while [ "$done" -lt "$count" ]; do
  curl -sf -H 'Authorization: Bearer token' "$uri/v1/events?limit=500&after_cursor=$cursor" >"$db.page"
  jq -r '.events[] | [.event_id, .upstream_updated_at, .event, .collection_id, tojson] | @csv' \
    "$db.page" | sqlite3 "$db" -cmd 'PRAGMA synchronous=NORMAL' -cmd '.mode csv' \
      -cmd 'CREATE TEMP TABLE page (id, time, kind, collection, raw)' -cmd '.import /dev/stdin page' \
      'INSERT OR IGNORE INTO events SELECT * FROM page' >/dev/null
  cursor=$(jq -r .cursor "$db.page")
  done=$((done + 500))
done
'''


def lnav(machine, path, *commands):
    """Seconds until lnav has loaded the file, and done the commands: it then prints its first line."""
    folder = machine.path('lnav')
    os.makedirs(os.path.join(folder, 'formats', 'weir'), exist_ok=True)
    with open(os.path.join(folder, 'formats', 'weir', 'weir.json'), 'w') as file:
        json.dump(FORMAT, file)
    words = ['lnav', '-n', '-I', folder]
    for command in commands:
        words += ['-c', command]
    start = time.monotonic()
    process = subprocess.Popen(words + [path], env=machine.environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    first = process.stdout.read(1)
    seconds = time.monotonic() - start
    process.kill()
    process.stdout.close()
    process.wait()
    return seconds if first else None


def pipeline(machine, server, count):
    """Seconds that curl, jq and sqlite3 take for so many events."""
    db = machine.path('pipeline.db')
    for name in (db, db + '-wal', db + '-shm'):
        if os.path.exists(name):
            os.unlink(name)
    return machine.run(['sh', '-c', PIPELINE, 'pipeline', server.uri, db, str(count)]).seconds
