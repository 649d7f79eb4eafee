"""The three rules in PyTorch. Words are int32, whose sums and products wrap; logical shifts are arithmetic ones with a mask.

Arguments: the instance; `cpu`, `cuda` (as it is) or `compile` (CUDA, through torch.compile).
"""
import os
import sys

from instance import Instance, serve, skip

try:
    import torch
except ImportError as error:
    skip(error)

ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))


def signed(word):
    """A 32-bit word as the int32 with the same bits."""
    return word - 2**32 if word >= 2**31 else word


def shift_right(x, by):
    return (x >> by) & ((1 << (32 - by)) - 1)


def threefry(key, agents, step):
    """Threefry-2x32-20 at the counters (agents, step)."""
    keys = (signed(key[0]), signed(key[1]), signed(key[0] ^ key[1] ^ 0x1BD11BDA))
    x = agents + keys[0]
    y = torch.zeros_like(agents) + step + keys[1]
    for group in range(5):
        for rotation in ROTATIONS[group % 2]:
            x = x + y
            y = ((y << rotation) | shift_right(y, 32 - rotation)) ^ x
        x = x + keys[(group + 1) % 3]
        y = y + keys[(group + 2) % 3] + (group + 1)
    return x, y


def rule(instance, agents, neighbors, table):
    """The rule as a function of (state, step). Thresholds of 31 bits may be 2**31: compared as int64."""
    degree = neighbors.shape[1]

    def ups_of(state):
        return state[neighbors].sum(dim=1, dtype=torch.int32)

    def majority(state, step):
        twice = 2 * ups_of(state)
        return torch.where(twice == degree, state, (twice > degree).to(torch.uint8))

    def noisy(state, step):
        twice = 2 * ups_of(state)
        x, y = threefry(instance.key, agents, step)
        most = (twice > degree) ^ (shift_right(x, 1).long() < instance.a)
        return torch.where(twice == degree, shift_right(y, 31).to(torch.uint8), most.to(torch.uint8))

    def contagion(state, step):
        x, _ = threefry(instance.key, agents, step)
        change = torch.where(state == 1, instance.a, table[ups_of(state).long()])
        return state ^ (shift_right(x, 1).long() < change).to(torch.uint8)

    return (majority, noisy, contagion)[instance.code]


def main(path, mode):
    device = "cpu" if mode == "cpu" else "cuda"
    if device == "cuda" and not torch.cuda.is_available():
        skip("torch sees no CUDA device")
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    instance = Instance(path)
    agents = torch.arange(instance.count, dtype=torch.int32, device=device)
    # indices: int64 is what every version takes
    neighbors = torch.from_numpy(instance.square().astype("int64")).to(device)
    table = torch.from_numpy(instance.table.astype("int64")).to(device)
    start = torch.from_numpy(instance.start).to(device)
    advance = rule(instance, agents, neighbors, table)
    if mode == "compile":
        # the step as a tensor: as a Python number every step would be compiled anew
        advance = torch.compile(advance)
    numbers = torch.arange(2**16, dtype=torch.int32, device=device)

    def finish():
        if device == "cuda":
            torch.cuda.synchronize()

    def run(steps, mark):
        state = start.clone()
        finish()
        mark()
        for step in range(1, steps + 1):
            state = advance(state, numbers[step])
        finish()
        mark()
        return state.cpu().numpy()

    name = torch.cuda.get_device_name() if device == "cuda" else f"{torch.get_num_threads()} threads"
    with torch.no_grad():
        serve(f"torch {torch.__version__}, {name}", run)


main(sys.argv[1], sys.argv[2])
