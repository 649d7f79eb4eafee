// Hand-written C: a byte per agent, compressed rows of 32 bits, OpenMP. Draws are made for a block of agents at a time, in a loop that the compiler turns into vector
// instructions; the gathers of the block follow. Degrees may differ between agents, as in Groundswell. The lattice has rows of its own.
#define _POSIX_C_SOURCE 199309L
#include "instance.h"
#include <omp.h>
#include <time.h>

enum { BLOCK = 512 };

static Instance in;
static uint8_t *now, *next;

static inline uint32_t rotate(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

#define ROUND(r) x += y; y = rotate(y, r) ^ x;
#define FOUR_A ROUND(13) ROUND(15) ROUND(26) ROUND(6)
#define FOUR_B ROUND(17) ROUND(29) ROUND(16) ROUND(24)

// Threefry-2x32-20 at the counters (first + stride * i, step).
static inline void draw(uint32_t first, uint32_t stride, uint32_t count, uint32_t step, uint32_t *restrict xs, uint32_t *restrict ys) {
  const uint32_t k0 = in.key[0], k1 = in.key[1], k2 = k0 ^ k1 ^ 0x1bd11bdau;
#pragma omp simd
  for (uint32_t i = 0; i < count; i++) {
    uint32_t x = first + stride * i + k0, y = step + k1;
    FOUR_A x += k1; y += k2 + 1;
    FOUR_B x += k2; y += k0 + 2;
    FOUR_A x += k0; y += k1 + 3;
    FOUR_B x += k1; y += k2 + 4;
    FOUR_A x += k2; y += k0 + 5;
    xs[i] = x;
    ys[i] = y;
  }
}

static inline uint32_t ups_of(uint32_t me) {
  const uint32_t *at = in.neighbors + in.rows[me], *end = in.neighbors + in.rows[me + 1];
  uint32_t ups = 0;
  if (end - at == 8) { // the common case without a loop
    return now[at[0]] + now[at[1]] + now[at[2]] + now[at[3]] + now[at[4]] + now[at[5]] + now[at[6]] + now[at[7]];
  }
  for (; at < end; at++) ups += now[*at];
  return ups;
}

static inline uint32_t end_of(uint32_t first) { return in.count - first < BLOCK ? in.count : first + BLOCK; }
static inline uint32_t degree_of(uint32_t me) { return in.rows[me + 1] - in.rows[me]; }

static void gather(uint32_t first) {
  for (uint32_t me = first, end = end_of(first); me < end; me++) {
    uint32_t twice = 2 * ups_of(me), degree = degree_of(me);
    next[me] = twice == degree ? now[me] : twice > degree;
  }
}

static void noisy_majority(uint32_t first, uint32_t step) {
  uint32_t xs[BLOCK], ys[BLOCK];
  draw(first, 1, BLOCK, step, xs, ys);
  for (uint32_t me = first, end = end_of(first); me < end; me++) {
    uint32_t twice = 2 * ups_of(me), degree = degree_of(me);
    uint32_t most = (uint32_t)(twice > degree) ^ (uint32_t)((xs[me - first] >> 1) < in.a);
    next[me] = twice == degree ? ys[me - first] >> 31 : most;
  }
}

static void contagion(uint32_t first, uint32_t step) {
  uint32_t xs[BLOCK], ys[BLOCK];
  draw(first, 1, BLOCK, step, xs, ys);
  for (uint32_t me = first, end = end_of(first); me < end; me++) {
    uint32_t before = now[me];
    uint32_t change = before ? in.a : in.table[ups_of(me)];
    next[me] = before ^ ((xs[me - first] >> 1) < change);
  }
}

// The lattice: cell (x, y) is agent y * width + x. Cells of one colour, (x + y) % 2, lie side by side, so that a row is whole vectors.
static void heat_bath_row(uint32_t colour, uint32_t y, uint32_t step) {
  const uint32_t half = in.width / 2, height = in.count / in.width, odd = (y + colour) & 1;
  uint8_t *restrict own = (colour ? next : now) + y * half;
  const uint8_t *others = colour ? now : next;
  const uint8_t *row = others + y * half;
  const uint8_t *up = others + (y ? y - 1 : height - 1) * half, *down = others + (y + 1 < height ? y + 1 : 0) * half;
  const uint32_t *t = in.table;
  const uint32_t t0 = t[0], t1 = t[1], t2 = t[2], t3 = t[3], t4 = t[4];
  // the neighbour to the left of an even x, to the right of an odd one
  uint8_t aside[half];
  memcpy(aside + !odd, row + odd, half - 1);
  aside[odd ? half - 1 : 0] = row[odd ? 0 : half - 1];
  uint32_t xs[BLOCK], ys[BLOCK];
  for (uint32_t from = 0; from < half; from += BLOCK) {
    const uint32_t length = half - from < BLOCK ? half - from : BLOCK;
    draw(y * in.width + odd + 2 * from, 2, length, step, xs, ys);
#pragma omp simd
    for (uint32_t k = 0; k < length; k++) {
      const uint32_t j = from + k;
      // chances grow with the neighbours that are up: bits are below that of `ups` where they are below 5 - ups of the five
      const uint32_t bits = xs[k] >> 1;
      const uint8_t level = (bits < t0) + (bits < t1) + (bits < t2) + (bits < t3) + (bits < t4);
      own[j] = (uint8_t)(row[j] + aside[j] + up[j] + down[j] + level) > 4;
    }
  }
}

static void split(const uint8_t *cells) {
  for (uint32_t i = 0; i < in.count; i++) {
    uint32_t y = i / in.width, x = i % in.width;
    ((x + y) & 1 ? next : now)[i / 2] = cells[i];
  }
}

static void join(uint8_t *cells) {
  for (uint32_t i = 0; i < in.count; i++) {
    uint32_t y = i / in.width, x = i % in.width;
    cells[i] = ((x + y) & 1 ? next : now)[i / 2];
  }
}

// `now` holds the cells of colour 0 and `next` those of colour 1.
static double run_lattice(int steps, uint8_t *out) {
  split(in.start);
  struct timespec begun, done;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  for (int step = 1; step <= steps; step++) {
    for (uint32_t colour = 0; colour < 2; colour++) {
#pragma omp parallel for schedule(static)
      for (uint32_t y = 0; y < in.count / in.width; y++) heat_bath_row(colour, y, step);
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &done);
  join(out);
  return (done.tv_sec - begun.tv_sec) * 1e9 + (done.tv_nsec - begun.tv_nsec);
}

// The first word of pcg2d.
static inline uint32_t mixed(uint32_t x, uint32_t y) {
  y = y * 1664525u + 1013904223u;
  x = x * 1664525u + 1013904223u + y * 1664525u;
  y += x * 1664525u;
  x ^= x >> 16;
  y ^= y >> 16;
  x += y * 1664525u;
  return x ^ (x >> 16);
}

// The first word of Threefry's block at one counter and one place in the rule's text.
static inline uint32_t bits_of(uint32_t me, uint32_t step, uint32_t site) {
  const uint32_t k0 = in.key[0], k1 = in.key[1] + site, k2 = k0 ^ k1 ^ 0x1bd11bdau;
  uint32_t x = me + k0, y = step + k1;
  FOUR_A x += k1; y += k2 + 1;
  FOUR_B x += k2; y += k0 + 2;
  FOUR_A x += k0; y += k1 + 3;
  FOUR_B x += k1; y += k2 + 4;
  FOUR_A x += k2;
  return x;
}

// Pairs are the images of 2k and 2k + 1 under a Feistel network, for populations that are a power of 2 with an even exponent: no walk is needed. Everybody is in one
// pair, so that states change in place. Images and draws of a block are vector instructions; a draw is made whether it is needed or not.
static void talk(uint32_t first, uint32_t step, uint32_t p0, uint32_t p1) {
  const int half = (31 - __builtin_clz(in.count)) / 2;
  const uint32_t mask = (1u << half) - 1, end = end_of(first);
  uint32_t agents[BLOCK], bits[BLOCK], sites[BLOCK];
#pragma omp simd
  for (uint32_t i = 0; i < BLOCK; i++) {
    uint32_t low = (first + i) & mask, high = (first + i) >> half;
    for (uint32_t round = 0; round < 10; round += 2) {
      high ^= (mixed(low ^ p0, p1 + round) >> 7) & mask;
      low ^= (mixed(high ^ p1, p0 + round) >> 7) & mask;
    }
    agents[i] = (high << half) | low;
  }
  // who is infected rather than recovering draws at the second place of the rule's text
  for (uint32_t i = 0; i < end - first; i++) sites[i] = !now[agents[i]];
#pragma omp simd
  for (uint32_t i = 0; i < BLOCK; i++) bits[i] = bits_of(agents[i], step, sites[i]) >> 1;
  for (uint32_t i = 0; i < end - first; i += 2) {
    const uint32_t asks = !sites[i], answers = !sites[i + 1];
    now[agents[i]] = asks & (bits[i] >= in.a);
    now[agents[i + 1]] = answers ? bits[i + 1] >= in.a : asks & (bits[i + 1] < in.table[0]);
  }
}

static uint32_t pairing_word(int which, uint32_t step) {
  const uint32_t k0 = in.pairing[0], k1 = in.pairing[1], k2 = k0 ^ k1 ^ 0x1bd11bdau;
  uint32_t x = k0, y = step + k1;
  FOUR_A x += k1; y += k2 + 1;
  FOUR_B x += k2; y += k0 + 2;
  FOUR_A x += k0; y += k1 + 3;
  FOUR_B x += k1; y += k2 + 4;
  FOUR_A x += k2; y += k0 + 5;
  return which ? y : x;
}

static double run_pairing(int steps, uint8_t *out) {
  memcpy(now, in.start, in.count);
  struct timespec begun, done;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  for (int step = 1; step <= steps; step++) {
    const uint32_t p0 = pairing_word(0, step), p1 = pairing_word(1, step);
#pragma omp parallel for schedule(static)
    for (uint32_t first = 0; first < in.count; first += BLOCK) talk(first, step, p0, p1);
  }
  clock_gettime(CLOCK_MONOTONIC, &done);
  memcpy(out, now, in.count);
  return (done.tv_sec - begun.tv_sec) * 1e9 + (done.tv_nsec - begun.tv_nsec);
}

static double run(int steps, uint8_t *out) {
  if (in.code == 6) return run_lattice(steps, out);
  if (in.code == 7) return run_pairing(steps, out);
  memcpy(now, in.start, in.count);
  struct timespec begun, done;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  for (int step = 1; step <= steps; step++) {
#pragma omp parallel for schedule(static)
    for (uint32_t first = 0; first < in.count; first += BLOCK) {
      if (in.code == 0) gather(first);
      else if (in.code == 1) noisy_majority(first, step);
      else contagion(first, step);
    }
    uint8_t *written = next;
    next = now;
    now = written;
  }
  clock_gettime(CLOCK_MONOTONIC, &done);
  memcpy(out, now, in.count);
  return (done.tv_sec - begun.tv_sec) * 1e9 + (done.tv_nsec - begun.tv_nsec);
}

int main(int count, char **arguments) {
  if (count < 2) return 1;
  in = read_instance(arguments[1]);
  now = (uint8_t *)malloc(in.count);
  next = (uint8_t *)malloc(in.count);
  char detail[64];
  snprintf(detail, sizeof detail, "%d thread%s", omp_get_max_threads(), omp_get_max_threads() == 1 ? "" : "s");
  serve(detail, &in, run);
  return 0;
}
