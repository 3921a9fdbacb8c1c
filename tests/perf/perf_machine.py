# What the parts of the suite share: events, the server, state folders, and programs that are timed.
# SPDX-License-Identifier: GPL-3.0-or-later
import http.client
import os
import resource
import shutil
import subprocess
import time

ACCOUNT = 'perf'
FILE_EVENTS = 1_000_000  # more are the same ones again, as others


class Run:
    """What a program took: seconds on the clock, CPU seconds of it and its children, its output."""

    def __init__(self, seconds, cpu, output):
        self.seconds = seconds
        self.cpu = cpu
        self.output = output


class Server:
    """weir-perf-server on a file of events."""

    def __init__(self, program, path, count, port):
        command = [program, path, str(count), str(port)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.uri = f'http://127.0.0.1:{self.port}'

    def ask(self, method, path):
        connection = http.client.HTTPConnection('127.0.0.1', self.port)
        connection.request(method, path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def go_live(self, rate, mark=0):
        """From now on so many events/s, one "updated" in so many ms; returns how many there are already."""
        return int(self.ask('POST', f'/live?rate={rate}&mark={mark}'))

    def log(self):
        """The pages that were sent since it is live: (µs, first event, how many, marks among them)."""
        return [tuple(map(int, line.split())) for line in self.ask('GET', '/log').splitlines()]

    def end(self):
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


class Machine:
    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
        self.servers = []
        self.environment = dict(os.environ, WEIR_TOKEN_PERF='token', LC_ALL='C.UTF-8', TZ='UTC',
                                HOME=self.path('home'), no_proxy='127.0.0.1,localhost')
        os.makedirs(self.path('home'), exist_ok=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def program(self, name):
        return os.path.join(self.build, 'src', name)

    def helper(self, name):
        return os.path.join(self.build, 'tests', 'perf', name)

    def has(self, name):
        return shutil.which(name) is not None

    def has_display(self):
        return ('WEIR_PERF_DISPLAY' in os.environ and self.has('xdotool')
                and os.path.exists(self.helper('weir-perf-watch')))

    def events(self, count):
        """A file of so many events as lines of JSON."""
        path = self.path(f'events-{count}.jsonl')
        if not os.path.exists(path):
            subprocess.run([self.helper('weir-perf-load'), path + '.part', str(count)], check=True,
                           stdout=subprocess.DEVNULL)
            os.rename(path + '.part', path)
        # read, so that each that is timed finds it in memory
        with open(path, 'rb') as file:
            while file.read(1 << 24):
                pass
        return path

    def serve(self, count, port=0):
        """A server of so many events; those behind the first million are the same again."""
        path = self.events(min(count, FILE_EVENTS))
        server = Server(self.helper('weir-perf-server'), path, count, port)
        self.servers.append(server)
        return server

    def stop(self, server):
        self.servers.remove(server)
        server.end()

    def run(self, command, check=True, **more):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        done = subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
        seconds = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if check and done.returncode != 0:
            raise SystemExit(f'{command}: {done.returncode}\n{done.stderr}')
        cpu = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
        return Run(seconds, cpu, done.stdout)

    def weirctl(self, state, *words):
        return self.run([self.program('weirctl'), '--json', '--state-dir', state, *words])

    def add_account(self, state, uri):
        subprocess.run([self.program('weirctl'), '--state-dir', state, 'account', 'add', ACCOUNT,
                        '--provider', 'sequin', '--uri', uri, '--token-stdin'], input='token',
                       env=self.environment, text=True, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def fill(self, server, state):
        """An empty state folder that takes everything the server has; returns the sync's Run."""
        shutil.rmtree(state, ignore_errors=True)
        self.add_account(state, server.uri)
        with open(os.path.join(state, 'port'), 'w') as file:
            file.write(str(server.port))
        return self.weirctl(state, 'sync')

    def state(self, count):
        """A state folder with so many events, made once, and the server it follows."""
        state = self.path(f'state-{count}')
        if os.path.exists(state):
            with open(os.path.join(state, 'port')) as file:
                return state, self.serve(count, int(file.read()))
        server = self.serve(count)
        self.fill(server, state)
        return state, server

    def copy_state(self, state):
        """The same again, to be changed."""
        copy = state + '-copy'
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(state, copy)
        return copy

    def json_bytes(self, count):
        file_events = min(count, FILE_EVENTS)
        return os.path.getsize(self.events(file_events)) / file_events * count

    def ask(self, state, queries):
        """For each query: ms to the first screen, to all, to all with a histogram; matches."""
        done = subprocess.run([self.helper('weir-perf-query'), os.path.join(state, 'history.db')],
                              input='\n'.join(queries) + '\n', env=self.environment, text=True,
                              check=True, stdout=subprocess.PIPE)
        return [tuple(map(float, line.split())) for line in done.stdout.splitlines()]

    def count(self, state):
        return int(self.ask(state, [''])[0][3])

    def size(self, folder):
        return sum(os.path.getsize(os.path.join(root, name))
                   for root, _, names in os.walk(folder) for name in names)

    def end(self):
        for server in self.servers:
            server.end()
