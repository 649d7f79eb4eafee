"""Reads an instance (lib/instance.mjs says what is in it) and speaks the contender's side of lib/serve.mjs."""
import json
import sys
import time
import zlib

import numpy as np

MAGIC = 0x47535750
HEADER = 24


class Instance:
    """Arrays of numpy: rows, neighbors (uint32), start (uint8); integers: code, count, key, a, table, check_steps, check_runs."""

    def __init__(self, path):
        words = np.fromfile(path, dtype="<u4", count=HEADER)
        if words[0] != MAGIC:
            raise ValueError(f"{path} is no instance")
        self.code, self.count, links = (int(word) for word in words[1:4])
        self.key = (int(words[4]), int(words[5]))
        self.a = int(words[6])
        self.table = words[7:16].copy()
        self.check_steps, self.check_runs = int(words[16]), int(words[17])
        at = 4 * HEADER
        self.rows = np.fromfile(path, dtype="<u4", count=self.count + 1, offset=at)
        at += 4 * (self.count + 1)
        self.neighbors = np.fromfile(path, dtype="<u4", count=links, offset=at)
        self.start = np.fromfile(path, dtype="u1", count=self.count, offset=at + 4 * links)

    def square(self):
        """Neighbours as a matrix; these programs know regular graphs only."""
        degree = len(self.neighbors) // self.count
        assert np.array_equal(self.rows, np.arange(self.count + 1, dtype=np.uint32) * degree)
        return self.neighbors.reshape(self.count, degree)


def say(**answer):
    print(json.dumps(answer), flush=True)


def skip(why):
    """Says that the contender cannot take part, and why."""
    say(skip=str(why))
    sys.exit(0)


def serve(detail, run, samples=None):
    """`run(steps, mark)` gets ready, calls `mark` just before the first step and just after the last, and returns the state, or None."""
    say(ready=True, detail=detail)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "samples":
            say(samples=samples())
            continue
        marks = []
        state = run(int(rest[0]), lambda: marks.append(time.perf_counter_ns()))
        crc = None if state is None else zlib.crc32(np.ascontiguousarray(state, dtype=np.uint8))
        say(ns=marks[1] - marks[0], crc=crc)
