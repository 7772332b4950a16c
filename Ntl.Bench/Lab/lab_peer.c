// The peer of ./bench.sh lab: stochastic gradient descent on l = a x^2/2 with gradient noise, as a plain scalar loop in single precision:
// xoshiro256+ (Blackman, Vigna 2018) and Box-Muller by the C library. One thread. Prints one line of JSON, as lab_peer.py does.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state[4] = {0x9E3779B97F4A7C15u, 0xBF58476D1CE4E5B9u, 0x94D049BB133111EBu, 1};

static inline uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static inline uint64_t next(void)
{
    uint64_t result = state[0] + state[3], shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 45);
    return result;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

int main(int count, char **words)
{
    if (count < 3) return 2;
    long replicas = atol(words[1]), steps = atol(words[2]), measured = 0;
    const float curvature = 1.0f, noise = 1.0f, rate = 0.02f;
    float *x = calloc(replicas, sizeof *x);
    double energy = 0, start = now();
    for (long step = 0; step < steps; step++)
    {
        float sum = 0;
        for (long i = 0; i + 1 < replicas; i += 2)
        {
            // Two normals of one draw of 64 bits, one for each of two replicas.
            uint64_t bits = next();
            float radius = sqrtf(-2.0f * logf(((uint32_t)bits >> 8 | 1) * 0x1p-24f));
            float angle = (float)(bits >> 40) * (float)(2 * 3.14159265358979323846 * 0x1p-24);
            sum += x[i] * x[i] + x[i + 1] * x[i + 1];
            x[i] -= rate * (curvature * x[i] + noise * radius * cosf(angle));
            x[i + 1] -= rate * (curvature * x[i + 1] + noise * radius * sinf(angle));
        }
        if (step >= steps / 2)
        {
            energy += 0.5 * curvature * sum / replicas;
            measured++;
        }
    }
    double seconds = now() - start;
    printf("{\"replica_steps_per_second\": %.6g, \"loss\": %.6g}\n", (double)replicas * steps / seconds, energy / measured);
    free(x);
    return 0;
}
