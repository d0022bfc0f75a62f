/* SPDX-License-Identifier: Apache-2.0 */
/**
 * JMH benchmarks of single parts: what one call costs in time and garbage when nothing else happens. They explain why a
 * whole server is as fast as it is. How fast it is, only {@link io.caracal.bench.compare} measures.
 * <p>
 * Begin with {@link io.caracal.bench.micro.EngineBenchmark}.
 */
package io.caracal.bench.micro;
