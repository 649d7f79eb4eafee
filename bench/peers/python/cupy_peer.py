"""The three rules in CuPy: an elementwise kernel each, with a state that threads read anywhere. Argument: the instance."""
import sys

import numpy as np

from instance import Instance, serve, skip

try:
    import cupy
except ImportError as error:
    skip(error)

PREAMBLE = r"""
__device__ __forceinline__ uint2 threefry(unsigned k0, unsigned k1, unsigned agent, unsigned step) {
  const unsigned keys[3] = {k0, k1, k0 ^ k1 ^ 0x1bd11bdau};
  const int rotations[8] = {13, 15, 26, 6, 17, 29, 16, 24};
  unsigned x = agent + k0, y = step + k1;
  #pragma unroll
  for (int group = 0; group < 5; group++) {
    #pragma unroll
    for (int k = 0; k < 4; k++) {
      x += y;
      y = __funnelshift_l(y, y, rotations[4 * (group & 1) + k]) ^ x;
    }
    x += keys[(group + 1) % 3];
    y += keys[(group + 2) % 3] + group + 1;
  }
  return make_uint2(x, y);
}
"""

UPS = "unsigned ups = 0; for (int k = 0; k < degree; k++) ups += state[neighbors[(size_t)i * degree + k]];"
BODIES = (
    UPS + "after = 2 * ups == degree ? state[i] : 2 * ups > degree;",
    UPS
    + "uint2 bits = threefry(k0, k1, i, step);"
    + "after = 2 * ups == degree ? bits.y >> 31 : (2 * ups > degree) ^ ((bits.x >> 1) < a);",
    "unsigned before = state[i], change = a; if (before == 0) {" + UPS + "change = table[ups]; }"
    "after = before ^ ((threefry(k0, k1, i, step).x >> 1) < change);",
)


def main(path):
    try:
        cupy.cuda.runtime.getDeviceCount()
    except cupy.cuda.runtime.CUDARuntimeError as error:
        skip(error)
    instance = Instance(path)
    kernel = cupy.ElementwiseKernel(
        "raw uint8 state, raw uint32 neighbors, raw uint32 table, uint32 degree, uint32 k0, uint32 k1, uint32 a, uint32 step",
        "uint8 after",
        BODIES[instance.code],
        "peer_rule",
        preamble=PREAMBLE,
    )
    neighbors = cupy.asarray(instance.square())
    table = cupy.asarray(instance.table)
    start = cupy.asarray(instance.start)
    words = (neighbors.shape[1], *instance.key, instance.a)
    fixed = (neighbors.ravel(), table, *(np.uint32(word) for word in words))

    def run(steps, mark):
        now, after = start.copy(), cupy.empty_like(start)
        cupy.cuda.Device().synchronize()
        mark()
        for step in range(1, steps + 1):
            kernel(now, *fixed, np.uint32(step), after)
            now, after = after, now
        cupy.cuda.Device().synchronize()
        mark()
        return cupy.asnumpy(now)

    name = cupy.cuda.runtime.getDeviceProperties(0)["name"].decode()
    serve(f"cupy {cupy.__version__}, {name}", run)


main(sys.argv[1])
