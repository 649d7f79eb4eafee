"""The three rules in whole-array operations: numpy as it is, JAX compiled with all steps in one program. Arguments: the instance, `numpy` or `jax`."""
import sys

import numpy as np

from instance import Instance, serve, skip

ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))


def word_of(xp):
    """Makes words: as numpy's, since Python's integers above 2**31 are too large for some."""
    return lambda value: xp.asarray(np.uint32(value))


def threefry(xp, key, agents, step):
    """Threefry-2x32-20 at the counters (agents, step), uint32 throughout."""
    word = word_of(xp)
    keys = (word(key[0]), word(key[1]), word(key[0] ^ key[1] ^ 0x1BD11BDA))
    x = agents + keys[0]
    y = (step + keys[1]) + xp.zeros_like(agents)
    for group in range(5):
        for rotation in ROTATIONS[group % 2]:
            x = x + y
            y = ((y << word(rotation)) | (y >> word(32 - rotation))) ^ x
        x = x + keys[(group + 1) % 3]
        y = y + keys[(group + 2) % 3] + word(group + 1)
    return x, y


def rule(xp, instance, agents, neighbors, table):
    """The rule as a function of (state, step number as uint32)."""
    degree = neighbors.shape[1]
    word = word_of(xp)
    one, threshold = word(1), word(instance.a)

    def majority(state, step):
        ups = xp.sum(state[neighbors], axis=1, dtype=xp.uint8)
        return xp.where(2 * ups == degree, state, (2 * ups > degree).astype(xp.uint8))

    def noisy(state, step):
        ups = xp.sum(state[neighbors], axis=1, dtype=xp.uint8)
        x, y = threefry(xp, instance.key, agents, step)
        most = (2 * ups > degree) ^ ((x >> one) < threshold)
        return xp.where(2 * ups == degree, y >> word(31), most).astype(xp.uint8)

    def contagion(state, step):
        infected = xp.sum(state[neighbors], axis=1, dtype=xp.uint8)
        x, _ = threefry(xp, instance.key, agents, step)
        change = xp.where(state == 1, threshold, table[infected])
        return state ^ ((x >> one) < change).astype(xp.uint8)

    return (majority, noisy, contagion)[instance.code]


def with_numpy(instance):
    np.seterr(over="ignore")
    advance = rule(np, instance, np.arange(instance.count, dtype=np.uint32), instance.square(), instance.table)

    def run(steps, mark):
        state = instance.start.copy()
        mark()
        for step in range(1, steps + 1):
            state = advance(state, np.uint32(step))
        mark()
        return state

    serve(f"numpy {np.__version__}", run)


def with_jax(instance):
    try:
        import jax
        import jax.numpy as jnp
    except ImportError as error:
        skip(error)
    agents, neighbors, table, start = (
        jax.device_put(array)
        for array in (np.arange(instance.count, dtype=np.uint32), instance.square(), instance.table, instance.start)
    )

    # the large arrays are arguments: as constants they would be folded at compile time
    @jax.jit
    def take(state, agents, neighbors, table, steps):
        advance = rule(jnp, instance, agents, neighbors, table)
        return jax.lax.fori_loop(0, steps, lambda k, now: advance(now, (k + 1).astype(jnp.uint32)), state)

    def run(steps, mark):
        mark()
        state = take(start, agents, neighbors, table, steps).block_until_ready()
        mark()
        return np.asarray(state)

    serve(f"jax {jax.__version__}, {jax.devices()[0].device_kind}", run)


if __name__ == "__main__":
    {"numpy": with_numpy, "jax": with_jax}[sys.argv[2]](Instance(sys.argv[1]))
