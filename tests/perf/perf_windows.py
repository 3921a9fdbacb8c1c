# Windows on a display of their own: when something is seen, how long frames take, hands for the mouse.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import select
import signal
import subprocess
import time

# The part of Weir's window, 1280 by 800, in which rows of the timeline have their collection and record; the window
# stands at 0,0 as there is no window manager.
ROWS = (670, 265, 350, 480)
SCREEN = (0, 0, 1280, 800)
ENTRY = (600, 75)   # the query bar
LIST = (760, 500)   # somewhere in the list
SCROLLBAR = 1270    # x of it
NOWHERE = (1279, 799)
ROWS_WITH_TEXT = 12  # lines of 8 pixels that have some
SETTINGS = "[io/github/weirhq/Weir]\nsidebar-page='timeline'\ninspector-visible=false\n"


def now():
    """µs on the clock that the programs of the suite use."""
    return time.monotonic_ns() // 1000


def hand(*words):
    subprocess.run(['xdotool', *map(str, words)], check=True)


class Watch:
    """Notes when a part of the display changes."""

    def __init__(self, machine, area):
        self.process = subprocess.Popen([machine.helper('weir-perf-watch'), *map(str, area)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.process.stdout.readline()  # it looks

    def wait(self, bands, seconds=60):
        """The time at which so many lines had text in them."""
        give_up = time.monotonic() + seconds
        while select.select([self.process.stdout], [], [], max(0, give_up - time.monotonic()))[0]:
            at, there = map(int, self.process.stdout.readline().split())
            if there >= bands:
                return at
        raise SystemExit('nothing was seen')

    def end(self):
        """The changes since: (µs, lines with text)."""
        text, _ = self.process.communicate()
        return [tuple(map(int, line.split())) for line in text.splitlines()]


class Program:
    """A program with a window; frames: note how long they take."""

    def __init__(self, machine, command, frames=False):
        config = machine.path('config')
        os.makedirs(os.path.join(config, 'glib-2.0', 'settings'), exist_ok=True)
        with open(os.path.join(config, 'glib-2.0', 'settings', 'keyfile'), 'w') as file:
            file.write(SETTINGS)
        self.notes = machine.path('frames')
        environment = dict(machine.environment, XDG_CONFIG_HOME=config,
                           GSETTINGS_BACKEND='keyfile')
        if frames:
            environment['LD_PRELOAD'] = machine.helper('libweir-perf-frames.so')
            environment['WEIR_PERF_FRAMES'] = self.notes
        self.began = now()
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                                        stderr=open(machine.path("stderr"), "w"))

    def cpu(self):
        """Seconds of CPU so far."""
        with open(f'/proc/{self.process.pid}/stat') as file:
            words = file.read().rpartition(')')[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf('SC_CLK_TCK')

    def rest(self, seconds=4, patience=180):
        """Waits until it has done next to nothing for so long: what is made behind is made."""
        give_up = time.monotonic() + patience
        busy = True
        while busy and time.monotonic() < give_up:
            before = self.cpu()
            time.sleep(seconds)
            busy = self.cpu() - before > 0.1 * seconds

    def memory(self):
        """Resident, in MB."""
        with open(f'/proc/{self.process.pid}/status') as file:
            for line in file:
                if line.startswith('VmRSS:'):
                    return int(line.split()[1]) / 1000
        return None

    def end(self):
        """Ends it; returns its frames: (begin µs, end µs, CPU µs, position), and its long turns."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        frames, turns = [], []
        if os.path.exists(self.notes):
            with open(self.notes) as file:
                for line in file:
                    words = line.split()
                    if words[0] == 'frame':
                        frames.append((*map(int, words[1:4]), float(words[4])))
                    else:
                        turns.append((int(words[1]), int(words[2])))
            os.unlink(self.notes)
        return frames, turns


def weir(machine, state, frames=False):
    return Program(machine, [machine.program('weir'), '--state-dir', state], frames)


def open_weir(machine, state, frames=False):
    """Weir with its timeline; returns it and the seconds until there were rows."""
    hand('mousemove', *NOWHERE)  # no tooltips
    watch = Watch(machine, ROWS)
    program = weir(machine, state, frames)
    seen = watch.wait(ROWS_WITH_TEXT)
    watch.end()
    return program, (seen - program.began) / 1e6


def type_query(text):
    hand('mousemove', *ENTRY, 'click', 1)
    hand('type', '--delay', 20, text)
    hand('key', 'Return')
    hand('mousemove', *NOWHERE)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else None


def within(frames, begin, end):
    """ms that the frames in a span of time took, and ms of CPU."""
    chosen = [frame for frame in frames if begin <= frame[0] < end]
    return [(f[1] - f[0]) / 1000 for f in chosen], [f[2] / 1000 for f in chosen]


def add_frames(table, what, frames, span, most):
    took, cpu = within(frames, *span)
    table.add(what, percentile(took, 0.99), 'ms', most=most,
              peer=f'median {percentile(took, 0.5) or 0:.1f} ms, CPU of p99 '
              f'{percentile(cpu, 0.99) or 0:.1f} ms, {len(took)} frames')
