/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The load generator: drives any server that speaks the ZooKeeper client protocol with many connections and many
 * requests in flight from one thread or few, without garbage in steady state. A {@link
 * io.caracal.bench.load.LoadContext} says what to drive, {@link io.caracal.bench.load.LoadGenerator} drives it,
 * {@link io.caracal.bench.load.LoadReport} says what came back. Nothing here knows which server answers.
 */
package io.caracal.bench.load;
