// Reads an instance (lib/instance.mjs says what is in it) and speaks the contender's side of lib/serve.mjs. For C and CUDA alike.
#ifndef INSTANCE_H
#define INSTANCE_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAGIC = 0x47535750, HEADER = 24 };

typedef struct {
  uint32_t code, count, links, key[2], a, table[9], width, pairing[2];
  uint32_t *rows, *neighbors;
  uint8_t *start;
} Instance;

static void *read_array(FILE *file, size_t size, size_t length) {
  // whole cache lines, so that vector loads never straddle two
  void *data = aligned_alloc(64, (size * length + 127) / 64 * 64);
  if (!data || fread(data, size, length, file) != length) {
    fprintf(stderr, "the instance is cut short\n");
    exit(1);
  }
  return data;
}

static Instance read_instance(const char *path) {
  FILE *file = fopen(path, "rb");
  uint32_t header[HEADER];
  if (!file || fread(header, 4, HEADER, file) != HEADER || header[0] != MAGIC) {
    fprintf(stderr, "%s is no instance\n", path);
    exit(1);
  }
  Instance in;
  in.code = header[1];
  in.count = header[2];
  in.links = header[3];
  in.key[0] = header[4];
  in.key[1] = header[5];
  in.a = header[6];
  memcpy(in.table, header + 7, sizeof in.table);
  in.width = header[18];
  memcpy(in.pairing, header + 19, sizeof in.pairing);
  in.rows = (uint32_t *)read_array(file, 4, (size_t)in.count + 1);
  in.neighbors = (uint32_t *)read_array(file, 4, in.links);
  in.start = (uint8_t *)read_array(file, 1, in.count);
  fclose(file);
  return in;
}

static uint32_t crc32_of(const uint8_t *data, size_t length) {
  static uint32_t table[256];
  if (!table[1]) {
    for (uint32_t i = 0; i < 256; i++) {
      uint32_t word = i;
      for (int bit = 0; bit < 8; bit++) word = word & 1 ? 0xedb88320u ^ (word >> 1) : word >> 1;
      table[i] = word;
    }
  }
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < length; i++) crc = table[(crc ^ data[i]) & 255] ^ (crc >> 8);
  return ~crc;
}

// `run` takes steps from the start state, leaves the state in `out`, and returns nanoseconds.
static void serve(const char *detail, const Instance *in, double (*run)(int steps, uint8_t *out)) {
  uint8_t *out = (uint8_t *)malloc(in->count);
  printf("{\"ready\":true,\"detail\":\"%s\"}\n", detail);
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    int steps;
    if (sscanf(line, "run %d", &steps) != 1) continue;
    double ns = run(steps, out);
    printf("{\"ns\":%.0f,\"crc\":%u}\n", ns, crc32_of(out, in->count));
    fflush(stdout);
  }
}
#endif
