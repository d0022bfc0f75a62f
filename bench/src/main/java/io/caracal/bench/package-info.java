/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line of {@code caracal bench}. The load generator is in {@code load}, the physical limit in
 * {@code nothing}, the comparison of servers in {@code compare}, figures and their output in {@code report}, JMH
 * benchmarks in {@code micro}.
 * <p>
 * Begin with {@code BenchCommand}.
 */
package io.caracal.bench;
