/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The doors of the engine: everything it asks of the outside world, and everything the outside world may tell it.
 * <p>
 * The law of a port: a port calls the engine only from inside its own {@code poll} (or {@code replay}, {@code load}),
 * and poll is never entered from inside a call that the engine makes. Calls that the engine makes never block and never
 * call back; what they return (accepted or refused) is an input like any other. A buffer is valid only during the call
 * that hands it over. Only primitives and {@code DirectBuffer}s cross.
 * <p>
 * Every adapter of a port passes the contract test of that port. This package imports nothing of the engine.
 * <p>
 * Begin with {@link io.caracal.engine.port.ClientPort} and {@link io.caracal.engine.port.Journal}.
 */
package io.caracal.engine.port;
