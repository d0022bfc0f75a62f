/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Measuring: the command line of {@code caracal bench}. What drives is in {@code load}, the physical limit in
 * {@code nothing}, servers side by side in {@code compare}, figures and their output in {@code report}, JMH in
 * {@code micro}.
 * <p>
 * Begin with {@code BenchCommand}.
 */
package io.caracal.bench;
