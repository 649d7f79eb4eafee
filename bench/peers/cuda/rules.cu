// Hand-written CUDA: a thread per agent, a byte of state each, compressed rows of 32 bits. Where every row has 8 entries, they are read as two vectors of four words.
// Launches of a turn queue up behind one another, so that the host is not waited for.
#include "../native/instance.h"
#include <cuda_runtime.h>

#define CHECK(call)                                                                     \
  do {                                                                                  \
    cudaError_t status = (call);                                                        \
    if (status != cudaSuccess) {                                                        \
      fprintf(stderr, "CUDA Error: %s (line %d)\n", cudaGetErrorString(status), __LINE__); \
      exit(1);                                                                          \
    }                                                                                   \
  } while (0)

enum { BLOCK = 256 };

struct Rule {
  uint32_t count, key0, key1, a, table[9], width, pairing0, pairing1;
};

static Instance in;
static Rule rule;
static bool regular;
static uint32_t *rows, *neighbors;
static uint8_t *start, *now, *next;
static cudaEvent_t begun, done;

__device__ __forceinline__ uint2 threefry(uint32_t k0, uint32_t k1, uint32_t agent, uint32_t step) {
  const uint32_t keys[3] = {k0, k1, k0 ^ k1 ^ 0x1bd11bdau};
  const int rotations[8] = {13, 15, 26, 6, 17, 29, 16, 24};
  uint32_t x = agent + k0, y = step + k1;
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

template <bool REGULAR>
__device__ __forceinline__ uint2 look(uint32_t me, const uint32_t *rows, const uint32_t *neighbors, const uint8_t *now) {
  if (REGULAR) {
    const uint4 *row = reinterpret_cast<const uint4 *>(neighbors) + 2 * (size_t)me;
    const uint4 p = __ldg(row), q = __ldg(row + 1);
    const uint32_t ups = __ldg(now + p.x) + __ldg(now + p.y) + __ldg(now + p.z) + __ldg(now + p.w) + __ldg(now + q.x) +
                         __ldg(now + q.y) + __ldg(now + q.z) + __ldg(now + q.w);
    return make_uint2(ups, 8);
  }
  const uint32_t first = __ldg(rows + me), end = __ldg(rows + me + 1);
  uint32_t ups = 0;
  for (uint32_t at = first; at < end; at++) ups += __ldg(now + __ldg(neighbors + at));
  return make_uint2(ups, end - first);
}

template <int CODE, bool REGULAR>
__global__ void __launch_bounds__(BLOCK) advance(Rule rule, uint32_t step, const uint32_t *__restrict__ rows, const uint32_t *__restrict__ neighbors,
                                                 const uint8_t *__restrict__ now, uint8_t *__restrict__ next) {
  const uint32_t me = blockIdx.x * BLOCK + threadIdx.x;
  if (me >= rule.count) return;
  // gathers first: the arithmetic of the draw hides their latency
  const uint2 seen = look<REGULAR>(me, rows, neighbors, now);
  const uint32_t before = now[me], twice = 2 * seen.x;
  if (CODE == 0) {
    next[me] = twice == seen.y ? before : twice > seen.y;
    return;
  }
  const uint2 bits = threefry(rule.key0, rule.key1, me, step);
  if (CODE == 1) {
    next[me] = twice == seen.y ? bits.y >> 31 : (uint32_t)(twice > seen.y) ^ (uint32_t)((bits.x >> 1) < rule.a);
  } else {
    uint32_t change = rule.a;
    // an index that the compiler knows keeps the table in registers or constant memory
#pragma unroll
    for (uint32_t k = 0; k < 9; k++) change = before == 0 && seen.x == k ? rule.table[k] : change;
    next[me] = before ^ ((bits.x >> 1) < change);
  }
}

// A thread per cell of one colour, in place: nobody of a colour looks at another of it.
__global__ void __launch_bounds__(BLOCK) heat_bath(Rule rule, uint32_t step, uint32_t colour, uint8_t *cells) {
  const uint32_t half = rule.width / 2, height = rule.count / rule.width;
  const uint32_t j = blockIdx.x * BLOCK + threadIdx.x, y = blockIdx.y;
  if (j >= half) return;
  const uint32_t x = 2 * j + ((y + colour) & 1), row = y * rule.width;
  const uint32_t up = (y ? y - 1 : height - 1) * rule.width, down = (y + 1 < height ? y + 1 : 0) * rule.width;
  const uint32_t ups = cells[row + (x ? x - 1 : rule.width - 1)] + cells[row + (x + 1 < rule.width ? x + 1 : 0)] + cells[up + x] + cells[down + x];
  const uint32_t bits = threefry(rule.key0, rule.key1, row + x, step).x >> 1;
  uint32_t chance = rule.table[0];
#pragma unroll
  for (uint32_t k = 1; k < 5; k++) chance = ups == k ? rule.table[k] : chance;
  cells[row + x] = bits < chance;
}

// The first word of pcg2d.
__device__ __forceinline__ uint32_t mixed(uint32_t x, uint32_t y) {
  y = y * 1664525u + 1013904223u;
  x = x * 1664525u + 1013904223u + y * 1664525u;
  y += x * 1664525u;
  x ^= x >> 16;
  y ^= y >> 16;
  x += y * 1664525u;
  return x ^ (x >> 16);
}

// The image of i under a Feistel network, for populations that are a power of 2 with an even exponent.
__device__ __forceinline__ uint32_t image(uint32_t i, uint32_t count, uint2 key) {
  const uint32_t half = (31 - __clz(count)) / 2, mask = (1u << half) - 1;
  uint32_t low = i & mask, high = i >> half;
#pragma unroll
  for (uint32_t round = 0; round < 10; round += 2) {
    high ^= (mixed(low ^ key.x, key.y + round) >> 7) & mask;
    low ^= (mixed(high ^ key.y, key.x + round) >> 7) & mask;
  }
  return (high << half) | low;
}

// A thread per pair, in place: everybody is in one pair. The first asks, the second answers.
__global__ void __launch_bounds__(BLOCK) talk(Rule rule, uint32_t step, uint8_t *carriers) {
  const uint32_t pair = blockIdx.x * BLOCK + threadIdx.x;
  if (2 * pair >= rule.count) return;
  const uint2 key = threefry(rule.pairing0, rule.pairing1, 0, step);
  const uint32_t one = image(2 * pair, rule.count, key), other = image(2 * pair + 1, rule.count, key);
  const bool asks = carriers[one], answers = carriers[other];
  if (asks) carriers[one] = (threefry(rule.key0, rule.key1, one, step).x >> 1) >= rule.a;
  if (answers || asks) {
    // the second place of the rule's text where it is about infection
    const uint32_t bits = threefry(rule.key0, rule.key1 + !answers, other, step).x >> 1;
    carriers[other] = answers ? bits >= rule.a : bits < rule.table[0];
  }
}

static void launch_lattice(uint32_t step) {
  const dim3 blocks((in.width / 2 + BLOCK - 1) / BLOCK, in.count / in.width);
  for (uint32_t colour = 0; colour < 2; colour++) heat_bath<<<blocks, BLOCK>>>(rule, step, colour, now);
}

template <int CODE> static void launch(uint32_t step) {
  const uint32_t blocks = (in.count + BLOCK - 1) / BLOCK;
  if (regular) advance<CODE, true><<<blocks, BLOCK>>>(rule, step, rows, neighbors, now, next);
  else advance<CODE, false><<<blocks, BLOCK>>>(rule, step, rows, neighbors, now, next);
}

static double run(int steps, uint8_t *out) {
  CHECK(cudaMemcpy(now, start, in.count, cudaMemcpyDeviceToDevice));
  CHECK(cudaDeviceSynchronize());
  CHECK(cudaEventRecord(begun));
  for (int step = 1; step <= steps; step++) {
    if (in.code == 7) {
      talk<<<(in.count / 2 + BLOCK - 1) / BLOCK, BLOCK>>>(rule, step, now);
      continue;
    }
    if (in.code == 6) {
      launch_lattice(step);
      continue;
    }
    if (in.code == 0) launch<0>(step);
    else if (in.code == 1) launch<1>(step);
    else launch<2>(step);
    uint8_t *written = next;
    next = now;
    now = written;
  }
  CHECK(cudaEventRecord(done));
  CHECK(cudaEventSynchronize(done));
  CHECK(cudaGetLastError());
  float ms = 0;
  CHECK(cudaEventElapsedTime(&ms, begun, done));
  CHECK(cudaMemcpy(out, now, in.count, cudaMemcpyDeviceToHost));
  return ms * 1e6;
}

static void *on_device(const void *data, size_t bytes) {
  void *copy;
  CHECK(cudaMalloc(&copy, bytes));
  if (data) CHECK(cudaMemcpy(copy, data, bytes, cudaMemcpyHostToDevice));
  return copy;
}

int main(int count, char **arguments) {
  if (count < 2) return 1;
  in = read_instance(arguments[1]);
  regular = in.links == 8 * (size_t)in.count;
  for (uint32_t i = 0; i <= in.count && regular; i++) regular = in.rows[i] == 8 * i;
  rule = {in.count, in.key[0], in.key[1], in.a, {}, in.width, in.pairing[0], in.pairing[1]};
  memcpy(rule.table, in.table, sizeof in.table);
  rows = (uint32_t *)on_device(in.rows, 4 * ((size_t)in.count + 1));
  neighbors = (uint32_t *)on_device(in.neighbors, 4 * (size_t)in.links);
  start = (uint8_t *)on_device(in.start, in.count);
  now = (uint8_t *)on_device(NULL, in.count);
  next = (uint8_t *)on_device(NULL, in.count);
  CHECK(cudaEventCreate(&begun));
  CHECK(cudaEventCreate(&done));
  cudaDeviceProp device;
  CHECK(cudaGetDeviceProperties(&device, 0));
  serve(device.name, &in, run);
  return 0;
}
