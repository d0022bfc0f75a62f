/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The load generator. It drives any server that speaks the ZooKeeper client protocol, with many connections and many
 * requests in flight from one thread or a few, without garbage in steady state. A
 * {@link io.caracal.bench.load.LoadContext} says what to drive, a {@link io.caracal.bench.load.LoadGenerator} drives
 * it, and a {@link io.caracal.bench.load.LoadReport} holds the results. Nothing here knows which server answers.
 */
package io.caracal.bench.load;
