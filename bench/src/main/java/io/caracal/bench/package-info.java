/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line of {@code caracal bench}. The load generator is in {@code load}, very many sessions are in
 * {@code fleet}, the physical limit in {@code nothing}, the processes that are measured in {@code servers}, the
 * comparison of single servers in {@code compare}, that of ensembles in {@code ensemble}, the course of a run in
 * {@code run}, figures and their output in {@code report} and {@code html}, JMH benchmarks in {@code micro}.
 * <p>
 * Begin with {@code BenchCommand}.
 */
package io.caracal.bench;
